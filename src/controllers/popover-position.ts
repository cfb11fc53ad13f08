/** Which side of the anchor, and which of its edges the popover keeps to. Turned over where there is no room. */
export type Placement = 'top' | 'top-start' | 'top-end' | 'bottom' | 'bottom-start' | 'bottom-end';

export interface PositionOptions {
  readonly placement: Placement;
  /** Between anchor and popover, and between popover and the window's edge. Pixels. */
  readonly gapPx: number;
}

const AREAS: Readonly<Record<Placement, string>> = {
  top: 'block-start',
  'top-start': 'block-start span-inline-end',
  'top-end': 'block-start span-inline-start',
  bottom: 'block-end',
  'bottom-start': 'block-end span-inline-end',
  'bottom-end': 'block-end span-inline-start',
};

let names = 0;

const anchorsInCss = () => CSS.supports('anchor-name: --x') && CSS.supports('position-area: block-start');

/** Keeps `popover`, which is in the top layer, beside `anchor` until the returned function is called. */
export function positionPopover(anchor: HTMLElement, popover: HTMLElement, options: PositionOptions): () => void {
  return anchorsInCss() ? positionByCss(anchor, popover, options) : positionByScript(anchor, popover, options);
}

function positionByCss(anchor: HTMLElement, popover: HTMLElement, { placement, gapPx }: PositionOptions): () => void {
  const name = `--ils-anchor-${++names}`;
  anchor.style.setProperty('anchor-name', name);
  const declarations: Readonly<Record<string, string>> = {
    position: 'fixed',
    inset: 'auto',
    margin: `${gapPx}px`,
    'margin-inline': '0',
    'position-anchor': name,
    'position-area': AREAS[placement],
    'position-try-fallbacks': 'flip-block, flip-inline, flip-block flip-inline',
  };
  for (const [property, value] of Object.entries(declarations)) popover.style.setProperty(property, value);
  return () => {
    if (anchor.style.getPropertyValue('anchor-name') === name) anchor.style.removeProperty('anchor-name');
    for (const property of Object.keys(declarations)) popover.style.removeProperty(property);
  };
}

function positionByScript(
  anchor: HTMLElement,
  popover: HTMLElement,
  { placement, gapPx }: PositionOptions,
): () => void {
  let stopped = false;
  let stop: (() => void) | undefined;
  popover.style.setProperty('visibility', 'hidden');
  void import('@floating-ui/dom').then(({ autoUpdate, computePosition, flip, offset, shift }) => {
    if (stopped) return;
    stop = autoUpdate(anchor, popover, () => {
      void computePosition(anchor, popover, {
        placement,
        strategy: 'fixed',
        middleware: [offset(gapPx), flip({ padding: gapPx }), shift({ padding: gapPx })],
      }).then(({ x, y }) => {
        if (stopped) return;
        popover.style.setProperty('position', 'fixed');
        popover.style.setProperty('inset', `${y}px auto auto ${x}px`);
        popover.style.setProperty('margin', '0');
        popover.style.removeProperty('visibility');
      });
    });
  });
  return () => {
    stopped = true;
    stop?.();
    for (const property of ['position', 'inset', 'margin', 'visibility']) popover.style.removeProperty(property);
  };
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

const OPERABLE = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

/** What had the focus, and at which place it stood in each box around it, from the nearest on. */
interface Place {
  readonly element: HTMLElement;
  readonly boxes: readonly { readonly box: ParentNode & Node; readonly index: number }[];
}

/** A button that goes with what it did leaves the focus to what stands in its place, and not to the top of the page. */
export class KeepFocus implements ReactiveController {
  readonly #root: ShadowRoot | null;
  #place: Place | undefined;

  constructor(host: Host) {
    this.#root = host.shadowRoot;
    host.addController(this);
  }

  hostUpdate(): void {
    const element = this.#root?.activeElement;
    this.#place = element instanceof HTMLElement ? { element, boxes: boxesAround(element) } : undefined;
  }

  hostUpdated(): void {
    const place = this.#place;
    if (!place || !this.#isLost(place.element)) return;
    // Rows that change places are taken out for a moment.
    if (isUsable(place.element)) return place.element.focus();
    for (const { box, index } of place.boxes) {
      const operable = box.isConnected ? operableIn(box) : [];
      const next = operable[Math.min(index, operable.length - 1)];
      if (next) return next.focus();
    }
  }

  /** Whether `element` had the focus, has it no more, and nothing else has taken it. */
  #isLost(element: HTMLElement): boolean {
    const active = this.#root?.activeElement ?? null;
    if (active !== null) return active === element && !isUsable(element);
    return document.activeElement === document.body;
  }
}

const isUsable = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true });

const operableIn = (box: ParentNode): HTMLElement[] =>
  [...box.querySelectorAll<HTMLElement>(OPERABLE)].filter(isUsable);

function boxesAround(element: HTMLElement): Place['boxes'] {
  const boxes: { box: ParentNode & Node; index: number }[] = [];
  for (let box = element.parentNode; box !== null; box = box.parentNode)
    boxes.push({ box, index: operableIn(box).indexOf(element) });
  return boxes;
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

/** Half a second. */
const MOST_FRAMES = 30;
const OPERABLE = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

/** What had the focus, and at which place it stood in each box around it, from the nearest on. */
interface Place {
  readonly element: HTMLElement;
  readonly boxes: readonly { readonly box: ParentNode & Node; readonly index: number }[];
}

/** A button that goes with what it did leaves the focus to what stands in its place, and not to the top of the page. */
export class KeepFocus implements ReactiveController {
  readonly #host: Host;
  readonly #root: ShadowRoot | null;
  #place: Place | undefined;

  constructor(host: Host) {
    this.#host = host;
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
    void this.#goOn();
  }

  /** Nothing is left in here: to what stands behind it in the page, else to the first there. A page may yet hide that in answer to the same. */
  async #goOn(): Promise<void> {
    let given: HTMLElement | undefined;
    for (let frame = 0; frame < MOST_FRAMES; frame += 1) {
      if (document.activeElement === document.body && (given === undefined || !isUsable(given))) {
        given = firstOperable(behind(this.#host)) ?? firstOperable(within(document.body));
        given?.focus();
      }
      // oxlint-disable-next-line no-await-in-loop -- frame by frame
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }

  /** Whether `element` had the focus, has it no more, and nothing else has taken it. */
  #isLost(element: HTMLElement): boolean {
    const active = this.#root?.activeElement ?? null;
    if (active !== null) return active === element && !isUsable(element);
    return document.activeElement === document.body;
  }
}

function* within(element: Element): Generator<HTMLElement> {
  if (element instanceof HTMLElement) yield element;
  for (const child of [...(element.shadowRoot?.children ?? []), ...element.children]) yield* within(child);
}

/** Every element after `element` in the page, those in shadow roots before those in slots. */
function* behind(element: Element): Generator<HTMLElement> {
  for (let at: Element | null = element; at !== null;) {
    for (let next = at.nextElementSibling; next !== null; next = next.nextElementSibling) yield* within(next);
    const root: Node = at.getRootNode();
    at = at.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  }
}

const isUsable = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true });

function firstOperable(elements: Iterable<HTMLElement>): HTMLElement | undefined {
  for (const element of elements) if (element.matches(OPERABLE) && isUsable(element)) return element;
  return undefined;
}

const operableIn = (box: ParentNode): HTMLElement[] =>
  [...box.querySelectorAll<HTMLElement>(OPERABLE)].filter(isUsable);

function boxesAround(element: HTMLElement): Place['boxes'] {
  const boxes: { box: ParentNode & Node; index: number }[] = [];
  for (let box = element.parentNode; box !== null; box = box.parentNode)
    boxes.push({ box, index: operableIn(box).indexOf(element) });
  return boxes;
}

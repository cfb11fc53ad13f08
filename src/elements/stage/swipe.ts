const LEAST_PIXELS = 48;

/** Tells a flick of the finger sideways from a tap and from scrolling. */
export class Swipe {
  readonly #handleSwipe: (pages: 1 | -1) => void;
  #start: { readonly id: number; readonly x: number; readonly y: number } | undefined;

  /** `handleSwipe`: 1 for the next page, −1 for the one before. */
  constructor(handleSwipe: (pages: 1 | -1) => void) {
    this.#handleSwipe = handleSwipe;
  }

  readonly handlePointerdown = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' || !event.isPrimary) return;
    this.#start = { id: event.pointerId, x: event.clientX, y: event.clientY };
  };

  readonly handlePointerup = (event: PointerEvent): void => {
    const start = this.#start;
    this.#start = undefined;
    if (start?.id !== event.pointerId) return;
    const x = event.clientX - start.x;
    const y = event.clientY - start.y;
    if (Math.abs(x) < LEAST_PIXELS || Math.abs(x) < 2 * Math.abs(y)) return;
    const rtl = event.currentTarget instanceof Element && getComputedStyle(event.currentTarget).direction === 'rtl';
    this.#handleSwipe(x < 0 !== rtl ? 1 : -1);
  };

  readonly handlePointercancel = (): void => {
    this.#start = undefined;
  };
}

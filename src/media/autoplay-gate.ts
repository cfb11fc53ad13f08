/**
 * Starts media elements, and knows when the browser refuses to until the page is touched.
 * What was refused starts with `resume`, or with the next touch or key anywhere in the page.
 */
export class AutoplayGate {
  readonly #blockedChanged: (blocked: boolean) => void;
  readonly #refused = new Set<HTMLMediaElement>();
  #gestures: AbortController | undefined;
  #closed = false;

  constructor(blockedChanged: (blocked: boolean) => void) {
    this.#blockedChanged = blockedChanged;
  }

  get blocked(): boolean {
    return this.#refused.size > 0;
  }

  /** Whether the element was refused, and still is. */
  refuses(element: HTMLMediaElement): boolean {
    return this.#refused.has(element);
  }

  async play(element: HTMLMediaElement): Promise<void> {
    try {
      await element.play();
      this.#mark(element, false);
    } catch (error) {
      // Anything else means that the element got another source meanwhile, or none.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#mark(element, true);
    }
  }

  /** Starts what was refused; call it from a user's gesture. */
  async resume(): Promise<void> {
    await Promise.all([...this.#refused].map((element) => this.play(element)));
  }

  /** The element is done with. */
  forget(element: HTMLMediaElement): void {
    this.#mark(element, false);
  }

  close(): void {
    this.#closed = true;
    this.#gestures?.abort();
    this.#refused.clear();
  }

  #mark(element: HTMLMediaElement, refused: boolean): void {
    if (this.#closed) return;
    const before = this.blocked;
    if (refused) this.#refused.add(element);
    else this.#refused.delete(element);
    if (this.blocked === before) return;
    this.#gestures?.abort();
    if (this.blocked) this.#listenForGestures();
    this.#blockedChanged(this.blocked);
  }

  #listenForGestures(): void {
    this.#gestures = new AbortController();
    const options = { capture: true, passive: true, signal: this.#gestures.signal };
    for (const type of ['pointerup', 'keydown'] as const)
      document.addEventListener(type, () => void this.resume(), options);
  }
}

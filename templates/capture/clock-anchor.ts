/** What comes in this time after the first frame waited in queues, or is stamped by a clock that is about to change. Milliseconds. */
const UNTRUSTED_MS = 400;
/** How long is measured after that. Milliseconds. */
const MEASURED_MS = 600;

/**
 * The capture stamps picture and sound by clocks of their own. How long frames are on their way tells each one's offset
 * from the page's clock; it is measured in the first second and then kept, or the frames' spacing would tremble.
 */
export class ClockAnchor {
  #firstAtMs: number | null = null;
  readonly #offsetsUs: number[] = [];
  #offsetUs: number | null = null;

  /** A frame stamped so has come now. Microseconds, and milliseconds of `performance.now()`. */
  measure(timestampUs: number, nowMs: number): void {
    if (this.#offsetUs !== null) return;
    this.#firstAtMs ??= nowMs;
    const passedMs = nowMs - this.#firstAtMs;
    if (passedMs < UNTRUSTED_MS) return;
    this.#offsetsUs.push(nowMs * 1_000 - timestampUs);
    if (passedMs < UNTRUSTED_MS + MEASURED_MS) return;
    // One late frame must not move all that follow.
    this.#offsetsUs.sort((one, other) => one - other);
    this.#offsetUs = this.#offsetsUs[this.#offsetsUs.length >> 1] ?? 0;
  }

  get isMeasured(): boolean {
    return this.#offsetUs !== null;
  }

  /** By the page's clock. Microseconds. */
  toPageTime(timestampUs: number): number {
    return timestampUs + (this.#offsetUs ?? 0);
  }
}

/** How long the offset is measured before it is kept for good. Milliseconds. */
export const ANCHOR_MS = 1_000;

/**
 * The capture stamps picture and sound by clocks of their own. What arrives with the least delay tells each one's offset
 * from the page's clock; it is measured over the first second and then kept, or the frames' spacing would tremble.
 */
export class ClockAnchor {
  #offsetUs = Number.POSITIVE_INFINITY;
  #frozen = false;

  /** A frame stamped so has come now. Microseconds, and milliseconds of `performance.now()`. */
  measure(timestampUs: number, nowMs: number): void {
    if (!this.#frozen) this.#offsetUs = Math.min(this.#offsetUs, nowMs * 1_000 - timestampUs);
  }

  get isMeasured(): boolean {
    return Number.isFinite(this.#offsetUs);
  }

  freeze(): void {
    this.#frozen = this.isMeasured;
  }

  /** By the page's clock. Microseconds. */
  toPageTime(timestampUs: number): number {
    return timestampUs + this.#offsetUs;
  }
}

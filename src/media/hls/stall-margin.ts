/** What each stall adds to the distance from live, and what is taken off again. Seconds. */
const STEP = 0.2;
const MOST = 1;
/** So long without a stall, and a step is tried back. Milliseconds. */
const CALM_MS = 8_000;
/** Where that was too much, the next try waits twice as long. Milliseconds. */
const LONGEST_CALM_MS = 240_000;

/**
 * How much further from live than the server asks it plays here. hls.js only ever adds to it: the stalls of a beginning, while
 * the machine is busy, would keep the picture late for good.
 */
export class StallMargin {
  #seconds = 0;
  #changedAt = 0;
  #calmMs = CALM_MS;
  #isTrying = false;

  /** `nowMs`: of any clock that goes on. */
  stalled(nowMs: number): void {
    if (this.#isTrying) this.#calmMs = Math.min(LONGEST_CALM_MS, this.#calmMs * 2);
    this.#isTrying = false;
    this.#seconds = Math.min(MOST, this.#seconds + STEP);
    this.#changedAt = nowMs;
  }

  /** Seconds. */
  at(nowMs: number): number {
    if (this.#seconds > 0 && nowMs - this.#changedAt >= this.#calmMs) {
      this.#seconds = Math.max(0, this.#seconds - STEP);
      this.#changedAt = nowMs;
      this.#isTrying = true;
    }
    return this.#seconds;
  }
}

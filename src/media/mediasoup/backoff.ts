const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 4_000;

/** A pause that doubles with every failure in a row. */
export class Backoff {
  #failures = 0;

  nextDelayMs(): number {
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** this.#failures, LONGEST_DELAY_MS);
    this.#failures += 1;
    return delayMs;
  }

  clear(): void {
    this.#failures = 0;
  }
}

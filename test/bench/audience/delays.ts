/** Delays counted by the tenth of a millisecond: there are millions of them. */
export class Delays {
  readonly #counts = new Uint32Array(100_000);
  #size = 0;
  #most = 0;

  get size(): number {
    return this.#size;
  }

  /** The longest. Milliseconds. */
  get most(): number {
    return this.#most;
  }

  add(ms: number): void {
    this.#size += 1;
    if (ms > this.#most) this.#most = ms;
    const place = Math.max(0, Math.min(this.#counts.length - 1, Math.floor(ms * 10)));
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** `share` from 0 to 1. Milliseconds. */
  percentile(share: number): number {
    let left = this.#size * share;
    for (const [place, count] of this.#counts.entries()) {
      left -= count;
      if (left < 0) return (place + 1) / 10;
    }
    return this.#most;
  }
}

/** Goes on counting where a counter of so many values begins again at nought. */
export class UnwrappedCounter {
  readonly #size: number;
  #last: number | null = null;

  constructor(bits: 16 | 32) {
    this.#size = 2 ** bits;
  }

  /** The value nearest to the newest one before. */
  read(value: number): number {
    const near = this.near(value);
    this.#last = Math.max(this.#last ?? near, near);
    return near;
  }

  /** As `read`, and nothing is remembered. */
  near(value: number): number {
    if (this.#last === null) return value;
    const turns = Math.round((this.#last - value) / this.#size);
    return value + turns * this.#size;
  }
}

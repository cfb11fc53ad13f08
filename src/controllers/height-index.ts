/**
 * Heights of a list's rows by index, measured or estimated, with offsets and look-ups in O(log n): a Fenwick tree of what the
 * measured heights differ from the estimate by. Rows at the end cost nothing until they are measured. Pixels throughout.
 */
export class HeightIndex {
  readonly estimate: number;
  #capacity = 1_024;
  /** One-based; node `i` sums the differences of the `i & -i` rows that end with row `i - 1`. */
  #sums = new Float64Array(this.#capacity + 1);
  #heights = new Float32Array(this.#capacity);

  constructor(estimate: number) {
    this.estimate = estimate;
  }

  /** The height as measured, or 0 where it is not. */
  measured(index: number): number {
    return this.#heights[index] ?? 0;
  }

  /** Returns by how much the row's place in the list has grown. */
  set(index: number, height: number): number {
    this.#reserve(index + 1);
    const known = this.#heights[index] ?? 0;
    const difference = height - (known === 0 ? this.estimate : known);
    this.#heights[index] = height;
    if (difference === 0) return 0;
    for (let node = index + 1; node <= this.#capacity; node += node & -node) {
      this.#sums[node] = (this.#sums[node] ?? 0) + difference;
    }
    return difference;
  }

  /** The height of all rows before `index`. */
  offset(index: number): number {
    let sum = index * this.estimate;
    for (let node = Math.min(index, this.#capacity); node > 0; node -= node & -node) sum += this.#sums[node] ?? 0;
    return sum;
  }

  /** The row at `offset`, of rows 0 to `count − 1`. */
  find(offset: number, count: number): number {
    if (count === 0) return 0;
    let before = 0;
    let rest = offset;
    for (let step = this.#capacity; step > 0; step >>= 1) {
      const node = before + step;
      if (node > this.#capacity) continue;
      const height = step * this.estimate + (this.#sums[node] ?? 0);
      if (height > rest) continue;
      before = node;
      rest -= height;
    }
    // Beyond what was ever measured all rows have the estimated height.
    if (before === this.#capacity) before += Math.floor(rest / this.estimate);
    return Math.min(Math.max(before, 0), count - 1);
  }

  /** Forgets every measure: the width has changed. */
  clear(): void {
    this.#sums.fill(0);
    this.#heights.fill(0);
  }

  #reserve(count: number): void {
    while (count > this.#capacity) {
      const all = this.#sums[this.#capacity] ?? 0;
      const sums = new Float64Array(this.#capacity * 2 + 1);
      sums.set(this.#sums);
      // The new upper half is all estimates; only the node over both halves has something to sum.
      sums[this.#capacity * 2] = all;
      const heights = new Float32Array(this.#capacity * 2);
      heights.set(this.#heights);
      this.#capacity *= 2;
      this.#sums = sums;
      this.#heights = heights;
    }
  }
}

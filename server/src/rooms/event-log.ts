/** The latest events of a room as frames, numbered from 1 without a gap ([N1]). */
export class EventLog {
  readonly #capacity: number;
  /** Event `seq` lies at `seq % capacity`. */
  readonly #frames: Buffer[] = [];
  #last = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Number of the last event; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** Appends the frame that `build` makes for the next number. */
  append(build: (seq: number) => Buffer): Buffer {
    const seq = this.#last + 1;
    const frame = build(seq);
    this.#frames[seq % this.#capacity] = frame;
    this.#last = seq;
    return frame;
  }

  /** What came after event `seq`, in order; `null` where too much did, or `seq` never was ([R3]). */
  since(seq: number): readonly Buffer[] | null {
    const missed = this.#last - seq;
    if (missed < 0 || missed > this.#capacity) return null;
    const frames: Buffer[] = [];
    for (let next = seq + 1; next <= this.#last; next += 1) {
      const frame = this.#frames[next % this.#capacity];
      if (frame) frames.push(frame);
    }
    return frames;
  }
}

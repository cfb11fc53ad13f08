/** Where frames lie that come a little early or late: on a steady grid, each place once, in order. */
export class FrameGrid {
  readonly #frameRate: number;
  #last = -1;

  constructor(frameRate: number) {
    this.#frameRate = frameRate;
  }

  /** The place of a frame of that time (microseconds), or `null` where it comes too close after the one before. */
  place(timeUs: number): number | null {
    const nearest = Math.round((timeUs / 1e6) * this.#frameRate);
    // One early frame may take the place after; two would run ahead of the clock.
    const place = Math.max(nearest, this.#last + 1);
    if (place < 0 || place > nearest + 1) return null;
    this.#last = place;
    return place;
  }

  /** The place to fill with the picture before, where none has come in time. */
  overdue(nowUs: number): number | null {
    const next = this.#last + 1;
    if (this.#last < 0 || nowUs < this.timeOf(next) + LATE_FRAMES * (1e6 / this.#frameRate)) return null;
    this.#last = next;
    return next;
  }

  /** Microseconds. */
  timeOf(place: number): number {
    return Math.round((place * 1e6) / this.#frameRate);
  }
}

/** How long a frame is waited for, in frames. */
const LATE_FRAMES = 1.3;

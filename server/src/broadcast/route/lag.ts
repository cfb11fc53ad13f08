const LOOKED_BACK_MS = 1_000;

/** How late what a source makes comes, by the programme's clock: the picture at its worst of the last moment, the sound as it is. Milliseconds. */
export class Lag {
  readonly #startedAt: number;
  #pictureMs = 0;
  #beforeMs = 0;
  #since = 0;
  #soundUs: number | null = null;

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  picture(timestampUs: number, nowMs: number): void {
    const lateMs = this.#lateAt(timestampUs, nowMs);
    if (nowMs - this.#since >= LOOKED_BACK_MS) {
      this.#beforeMs = this.#pictureMs;
      this.#pictureMs = lateMs;
      this.#since = nowMs;
    } else this.#pictureMs = Math.max(this.#pictureMs, lateMs);
  }

  sound(timestampUs: number): void {
    this.#soundUs = timestampUs;
  }

  /** Whichever is later; infinite while no sound has come. */
  at(nowMs: number, withSound: boolean): number {
    const pictureMs = Math.max(this.#beforeMs, this.#pictureMs);
    if (!withSound) return pictureMs;
    return this.#soundUs === null ? Infinity : Math.max(pictureMs, this.#lateAt(this.#soundUs, nowMs));
  }

  #lateAt(timestampUs: number, nowMs: number): number {
    return Math.max(0, nowMs - this.#startedAt - timestampUs / 1_000);
  }
}

import type { EncodedAudio, EncodedRun, EncodedVideo } from '../encoded-media.ts';

/** How long a source goes before it may take over: with its first frames it is still busy with its start. Microseconds. */
const REHEARSAL_US = 900_000;
/** With no picture for longer it does not go steadily yet. Microseconds. */
const LONGEST_HOLE_US = 500_000;
/** After so long it takes over as it is: a machine may be too busy for steadiness. Microseconds. */
const PATIENCE_US = 10_000_000;
/** Players have no more in hand: what comes later than what is on the air by more leaves them with nothing to play. Milliseconds. */
const MOST_LAG_MS = 350;
/** A source that is late all along is not waited for as long. Microseconds. */
const LAG_PATIENCE_US = 4_500_000;
/** Unless its sound has yet to begin. Milliseconds. */
const ABSENT_MS = 3_000;
/** Sound may come so long before its picture. Microseconds. */
const EARLY_SOUND_US = 1_000_000;

/** What one source has made before it is on the air: it chooses the key frame to begin with, and keeps what follows. */
export class Rehearsal {
  readonly #leastUs: number;
  readonly #readLagMs: () => number;
  #firstUs: number | null = null;
  #lastUs = 0;
  #hasHole = false;
  #startUs: number | null = null;
  readonly #video: EncodedVideo[] = [];
  #audio: EncodedAudio[] = [];
  /** By rendition: from its last key frame, or from what comes with the start. */
  readonly #smaller = new Map<number, EncodedVideo[]>();

  /**
   * @param isAwaited nothing is on the air that could go on meanwhile: the first key frame does
   * @param readLagMs by how much it comes later than what is on the air
   */
  constructor(isAwaited: boolean, readLagMs: () => number) {
    this.#leastUs = isAwaited ? 0 : REHEARSAL_US;
    this.#readLagMs = isAwaited ? () => 0 : readLagMs;
  }

  /** The first frame that is to be seen, once it is there; by the clock of the run. */
  get startUs(): number | null {
    return this.#startUs;
  }

  /** How much there is from there on. Microseconds. */
  get keptUs(): number {
    return this.#startUs === null ? 0 : this.#lastUs - this.#startUs;
  }

  video(frame: EncodedVideo): void {
    const { timestampUs, keyFrame } = frame;
    if (this.#firstUs === null) {
      if (!keyFrame) return;
      this.#firstUs = timestampUs;
    } else if (timestampUs - this.#lastUs > LONGEST_HOLE_US) this.#hasHole = true;
    this.#lastUs = timestampUs;
    if (keyFrame && this.#startUs === null) {
      const passedUs = timestampUs - this.#firstUs;
      const isSteady = passedUs >= this.#leastUs && !this.#hasHole && this.#isInTime(passedUs);
      if (isSteady || passedUs >= PATIENCE_US) this.#startUs = timestampUs;
      this.#hasHole = false;
    }
    if (this.#startUs !== null) this.#video.push(frame);
  }

  #isInTime(passedUs: number): boolean {
    const lagMs = this.#readLagMs();
    return lagMs <= MOST_LAG_MS || (passedUs >= LAG_PATIENCE_US && lagMs < ABSENT_MS);
  }

  smaller(index: number, frame: EncodedVideo): void {
    const frames = this.#smaller.get(index) ?? [];
    if (frame.keyFrame && this.#startUs === null) frames.length = 0;
    frames.push(frame);
    this.#smaller.set(index, frames);
  }

  audio(frame: EncodedAudio): void {
    this.#audio.push(frame);
    if (this.#startUs !== null) return;
    const oldestUs = frame.timestampUs - EARLY_SOUND_US;
    if ((this.#audio[0]?.timestampUs ?? oldestUs) < oldestUs)
      this.#audio = this.#audio.filter(({ timestampUs }) => timestampUs >= oldestUs);
  }

  /** Hands over all that was kept: smaller renditions first, then picture and sound by their time. */
  replay(run: EncodedRun): void {
    for (const [index, frames] of this.#smaller) for (const frame of frames) run.smaller?.(index, frame);
    let sounds = 0;
    for (const frame of this.#video) {
      for (let next = this.#audio[sounds]; next && next.timestampUs <= frame.timestampUs; next = this.#audio[sounds]) {
        run.audio(next);
        sounds += 1;
      }
      run.video(frame);
    }
    for (const frame of this.#audio.slice(sounds)) run.audio(frame);
  }
}

import type { EncodedAudio, EncodedRun, EncodedSink, EncodedVideo, MediaFormat } from '../encoded-media.ts';
import { Lag } from './lag.ts';
import { Rehearsal } from './rehearsal.ts';

const DEFAULT_FRAME_RATE = 30;
/** What is on the air has got to where the next begins, give or take so much. Milliseconds. */
const TOLERANCE_MS = 20;
/** Where it does not get there it is left, after so much of the next. Microseconds. */
const LONGEST_WAIT_US = 5_000_000;
/** How much faster pictures go by of what was shown already. */
const HURRY = 16;
/** What overlaps by more goes by clocks that have nothing to do with each other. Milliseconds. */
const LONGEST_OVERLAP_MS = 15_000;

/** What is on the air, and what would be. */
export interface Air {
  readonly sink: EncodedSink;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  current: AirRun | null;
  readonly rehearsing: Set<AirRun>;
}

interface AirRunOptions {
  readonly air: Air;
  readonly format: MediaFormat;
  readonly startedAt: number;
  /** Nothing else is on the air that could go on until it is ready. */
  readonly isAwaited: boolean;
  readonly handleOnAir: () => void;
}

/** One run of a source: it rehearses, is on the air, and is over when another takes over from it. */
export class AirRun implements EncodedRun {
  readonly #options: AirRunOptions;
  readonly #rehearsal: Rehearsal;
  readonly #lag: Lag;
  #run: EncodedRun | null = null;
  /** Up to where the programme had been shown when it took over, and its own first picture. Microseconds. */
  #overlap: { readonly fromUs: number; readonly untilUs: number } | null = null;
  #endMs: number | null = null;

  constructor(options: AirRunOptions) {
    this.#options = options;
    this.#lag = new Lag(options.startedAt);
    this.#rehearsal = new Rehearsal(options.isAwaited, () => this.#behindCurrentMs);
    options.air.rehearsing.add(this);
    if (options.format.video === null) this.#takeOver(0);
  }

  /** Where its picture on the air ends so far; `null` where it has none. Milliseconds since the epoch. */
  get endMs(): number | null {
    return this.#endMs;
  }

  get #behindCurrentMs(): number {
    const { now, current } = this.#options.air;
    if (current === null) return 0;
    const withSound = this.hasSound && current.hasSound;
    const ownMs = this.#lag.at(now(), withSound);
    const currentMs = current.#lag.at(now(), withSound);
    // Neither has any yet, perhaps.
    return ownMs === currentMs ? 0 : ownMs - currentMs;
  }

  get hasSound(): boolean {
    return this.#options.format.audio !== null;
  }

  video(frame: EncodedVideo): void {
    const { air } = this.#options;
    this.#lag.picture(frame.timestampUs, air.now());
    if (air.rehearsing.has(this)) {
      this.#rehearsal.video(frame);
      this.tryTakeOver();
    } else if (air.current === this) {
      this.#showVideo(frame);
      for (const next of air.rehearsing) next.tryTakeOver();
    }
  }

  smaller(index: number, frame: EncodedVideo): void {
    const { air } = this.#options;
    if (air.rehearsing.has(this)) this.#rehearsal.smaller(index, frame);
    else if (air.current === this) this.#run?.smaller?.(index, this.#place(frame));
  }

  audio(frame: EncodedAudio): void {
    const { air } = this.#options;
    this.#lag.sound(frame.timestampUs);
    if (air.rehearsing.has(this)) this.#rehearsal.audio(frame);
    else if (air.current === this) this.#run?.audio(frame);
  }

  /** What is on the air ends when something else takes over. */
  end(): void {
    this.#options.air.rehearsing.delete(this);
  }

  /** Where it is ready, and what is on the air has got to where it begins. */
  tryTakeOver(): void {
    const { air, startedAt, isAwaited } = this.#options;
    const { startUs, keptUs } = this.#rehearsal;
    if (startUs === null) return;
    const shownUntilMs = isAwaited ? null : (air.current?.endMs ?? null);
    const isThere = shownUntilMs === null || shownUntilMs >= startedAt + startUs / 1_000 - TOLERANCE_MS;
    if (isThere || keptUs > LONGEST_WAIT_US) this.#takeOver(startUs);
  }

  #takeOver(startUs: number): void {
    const { air, format, startedAt, handleOnAir } = this.#options;
    const startMs = startedAt + startUs / 1_000;
    const overlapMs = (air.current?.endMs ?? startMs) - startMs;
    if (overlapMs > 0 && overlapMs <= LONGEST_OVERLAP_MS)
      this.#overlap = { fromUs: startUs, untilUs: startUs + Math.round(overlapMs * 1_000) };
    air.rehearsing.delete(this);
    air.current = this;
    this.#run = air.sink.begin(format, startedAt);
    handleOnAir();
    this.#rehearsal.replay({
      video: (frame) => this.#showVideo(frame),
      smaller: (index, frame) => this.smaller(index, frame),
      audio: (frame) => this.#run?.audio(frame),
      end: () => {},
    });
  }

  #showVideo(frame: EncodedVideo): void {
    const { startedAt, format } = this.#options;
    const placed = this.#place(frame);
    this.#endMs = startedAt + placed.timestampUs / 1_000 + 1_000 / (format.video?.frameRate ?? DEFAULT_FRAME_RATE);
    this.#run?.video(placed);
  }

  /** Decoders want every picture since the key frame; those of what was shown already go by in no time. */
  #place(frame: EncodedVideo): EncodedVideo {
    if (this.#overlap === null) return frame;
    const { fromUs, untilUs } = this.#overlap;
    const timestampUs = untilUs + Math.round((frame.timestampUs - fromUs) / HURRY);
    return timestampUs > frame.timestampUs ? { ...frame, timestampUs } : frame;
  }
}

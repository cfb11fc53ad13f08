import type { Clock } from '../rooms/clock.ts';
import type { EncodedRun, EncodedSink, MediaFormat } from './encoded-media.ts';

/** From the start of a source to its first frame: a browser, a page and a join on a busy machine. Milliseconds. */
export const FIRST_FRAME_LIMIT_MS = 30_000;
/** Between two frames of a run. Milliseconds. */
export const STALL_LIMIT_MS = 3_000;
const LOOK_EVERY_MS = 500;

interface WatchedSinkOptions {
  readonly sink: EncodedSink;
  readonly clock: Clock;
  readonly handleBegin: (startedAt: number) => void;
  /** No frame came for too long; called once. */
  readonly handleStall: (hasBegun: boolean) => void;
}

/** Hands frames on and notices when none come. */
export class WatchedSink implements EncodedSink {
  readonly #sink: EncodedSink;
  readonly #clock: Clock;
  readonly #handleBegin: (startedAt: number) => void;
  readonly #stopLooking: () => void;
  #run: EncodedRun | null = null;
  #lastFrameAt: number;
  #closed = false;

  constructor({ sink, clock, handleBegin, handleStall }: WatchedSinkOptions) {
    this.#sink = sink;
    this.#clock = clock;
    this.#handleBegin = handleBegin;
    this.#lastFrameAt = clock.now();
    this.#stopLooking = clock.every(LOOK_EVERY_MS, () => {
      const limitMs = this.#run ? STALL_LIMIT_MS : FIRST_FRAME_LIMIT_MS;
      if (clock.now() - this.#lastFrameAt < limitMs) return;
      this.#stopLooking();
      handleStall(this.#run !== null);
    });
  }

  /** Ends the run before, if there is one: its source went over to another route. */
  begin(format: MediaFormat, startedAt: number): EncodedRun {
    const isFirst = this.#run === null;
    this.#run?.end();
    const run = this.#sink.begin(format, startedAt);
    this.#run = run;
    // What keeps the programme going is its picture; where it has none, its sound.
    const hasVideo = format.video !== null;
    this.#lastFrameAt = this.#clock.now();
    if (isFirst) this.#handleBegin(startedAt);
    return {
      video: (frame) => {
        if (this.#closed || this.#run !== run) return;
        this.#lastFrameAt = this.#clock.now();
        run.video(frame);
      },
      smaller: (index, frame) => {
        if (!this.#closed && this.#run === run) run.smaller?.(index, frame);
      },
      audio: (frame) => {
        if (this.#closed || this.#run !== run) return;
        if (!hasVideo) this.#lastFrameAt = this.#clock.now();
        run.audio(frame);
      },
      end: () => {
        if (this.#run === run) this.close();
      },
    };
  }

  /** Ends the run; what comes later is dropped. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopLooking();
    this.#run?.end();
  }
}

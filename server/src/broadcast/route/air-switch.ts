import type { EncodedRun, EncodedSink, MediaFormat } from '../encoded-media.ts';

/** Has one source on the air at a time; the next one takes over with its first key frame, when it can be seen. */
export class AirSwitch {
  readonly #sink: EncodedSink;
  #run: EncodedRun | null = null;

  constructor(sink: EncodedSink) {
    this.#sink = sink;
  }

  /** The input of one source. `handleOnAir` is called each time it takes over. */
  open(handleOnAir: () => void): EncodedSink {
    return { begin: (format, startedAt) => this.#begin(format, startedAt, handleOnAir) };
  }

  #begin(format: MediaFormat, startedAt: number, handleOnAir: () => void): EncodedRun {
    let run: EncodedRun | null = null;
    let isOver = false;
    const takeOver = (): void => {
      run = this.#sink.begin(format, startedAt);
      this.#run = run;
      handleOnAir();
    };
    const isOnAir = (): boolean => !isOver && run !== null && run === this.#run;
    if (format.video === null) takeOver();
    return {
      video: (frame) => {
        if (run === null && frame.keyFrame && !isOver) takeOver();
        if (isOnAir()) run?.video(frame);
      },
      audio: (frame) => {
        if (isOnAir()) run?.audio(frame);
      },
      // What is on the air ends when something else takes over.
      end: () => {
        isOver = true;
      },
    };
  }
}

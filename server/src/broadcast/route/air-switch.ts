import type { EncodedRun, EncodedSink, EncodedVideo, MediaFormat } from '../encoded-media.ts';

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
    /** Those of smaller renditions come a moment before the picture that takes over. */
    let early: (readonly [index: number, frame: EncodedVideo])[] = [];
    const takeOver = (): void => {
      const begun = this.#sink.begin(format, startedAt);
      run = begun;
      this.#run = begun;
      handleOnAir();
      for (const [index, frame] of early) begun.smaller?.(index, frame);
      early = [];
    };
    const isOnAir = (): boolean => !isOver && run !== null && run === this.#run;
    if (format.video === null) takeOver();
    return {
      video: (frame) => {
        if (run === null && frame.keyFrame && !isOver) takeOver();
        if (isOnAir()) run?.video(frame);
      },
      smaller: (index, frame) => {
        if (run === null && !isOver) early.push([index, frame]);
        else if (isOnAir()) run?.smaller?.(index, frame);
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

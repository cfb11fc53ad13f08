import type { EncodedAudio, EncodedRun, EncodedSink, EncodedVideo, MediaFormat } from '../encoded-media.ts';

interface Begun {
  readonly format: MediaFormat;
  readonly startedAt: number;
  readonly runs: Map<EncodedSink, EncodedRun>;
}

/** Hands one encoder's frames to several; who comes later begins in the middle of the run. */
export class FanOut implements EncodedSink {
  readonly #sinks = new Set<EncodedSink>();
  #begun: Begun | null = null;

  constructor(sinks: readonly EncodedSink[]) {
    for (const sink of sinks) this.#sinks.add(sink);
  }

  add(sink: EncodedSink): void {
    this.#sinks.add(sink);
    if (this.#begun) beginIn(sink, this.#begun);
  }

  remove(sink: EncodedSink): void {
    this.#sinks.delete(sink);
    this.#begun?.runs.delete(sink);
  }

  begin(format: MediaFormat, startedAt: number): EncodedRun {
    const begun: Begun = { format, startedAt, runs: new Map() };
    this.#begun = begun;
    for (const sink of this.#sinks) beginIn(sink, begun);
    return {
      video: (frame: EncodedVideo) => {
        for (const run of begun.runs.values()) run.video(frame);
      },
      smaller: (index, frame) => {
        for (const run of begun.runs.values()) run.smaller?.(index, frame);
      },
      audio: (frame: EncodedAudio) => {
        for (const run of begun.runs.values()) run.audio(frame);
      },
      end: () => {
        if (this.#begun === begun) this.#begun = null;
        for (const run of begun.runs.values()) run.end();
      },
    };
  }
}

function beginIn(sink: EncodedSink, { format, startedAt, runs }: Begun): void {
  runs.set(sink, sink.begin(format, startedAt));
}

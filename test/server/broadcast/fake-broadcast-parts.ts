import type { BroadcastParts } from '../../../server/src/broadcast/broadcast-run.ts';
import type { SourceFailure, SourceOptions } from '../../../server/src/broadcast/broadcast-source.ts';
import type { RecordingState } from '../../../server/src/broadcast/packager/recording/recorder.ts';
import type { Mark } from '../../../server/src/broadcast/packager/playlists/mark.ts';
import type { EncodedRun, MediaFormat } from '../../../server/src/broadcast/encoded-media.ts';

export const FORMAT: MediaFormat = {
  video: { codec: 'avc1.42E01F', width: 640, height: 360, frameRate: 30 },
  audio: null,
};

/** A source that does what the test says. */
export class FakeSource {
  readonly options: SourceOptions;
  closed = false;
  #run: EncodedRun | null = null;
  #startedAt = 0;
  #playedMs = 0;

  constructor(options: SourceOptions) {
    this.options = options;
  }

  begin(startedAt = 1_000): void {
    this.#run = this.options.sink.begin(FORMAT, startedAt);
    this.#startedAt = startedAt;
    this.#playedMs = 0;
    this.frame();
  }

  /** Ten frames a second, up to now. */
  playUntil(nowMs: number): void {
    if (this.#run === null) return;
    for (let next = this.#playedMs + 100; this.#startedAt + next <= nowMs; next += 100) {
      this.#playedMs = next;
      this.#run.video({ data: new Uint8Array(1), timestampUs: next * 1_000, keyFrame: next % 1_000 === 0 });
    }
  }

  frame(): void {
    this.#run?.video({ data: new Uint8Array(1), timestampUs: 0, keyFrame: true });
  }

  fail(failure: Partial<SourceFailure> = {}): void {
    this.options.handleFailure({ code: 'composerCrashed', message: 'It crashed.', permanent: false, ...failure });
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

/** An output that is there when the test lets it be, and playable with the first frame. */
export class FakeOutput {
  readonly roomId: string;
  readonly broadcastId: string;
  readonly livestreamUrl = '/live.m3u8';
  readonly playbackHlsUrl = '/playback.m3u8';
  readonly marks: Mark[] = [];
  runs = 0;
  endedRuns = 0;
  finished = false;
  #handlePlayable = (): void => {};

  constructor(roomId: string, broadcastId: string) {
    this.roomId = roomId;
    this.broadcastId = broadcastId;
  }

  onPlayable(callback: () => void): void {
    this.#handlePlayable = callback;
  }

  handleRecording: (state: RecordingState) => void = () => {};

  onRecording(callback: (state: RecordingState) => void): void {
    this.handleRecording = callback;
  }

  begin(): EncodedRun {
    this.runs++;
    return {
      video: () => {
        this.#handlePlayable();
        this.#handlePlayable = () => {};
      },
      audio: () => {},
      end: () => {
        this.endedRuns++;
      },
    };
  }

  mark(mark: Mark): boolean {
    this.marks.push(mark);
    return true;
  }

  async finish(): Promise<void> {
    await this.finishing;
    this.finished = true;
  }

  finishing: Promise<void> = Promise.resolve();
}

/** What broadcasts are made of, in memory. */
export class FakeBroadcastParts implements BroadcastParts {
  readonly templateOrigins = ['https://shop.example'];
  readonly sources: FakeSource[] = [];
  readonly opened: FakeOutput[] = [];
  /** The next outputs finish when it has resolved. */
  finishing: Promise<void> = Promise.resolve();
  /** The next output does not open. */
  failNext = false;
  renewals = 0;

  readonly outputs = {
    open: async (roomId: string, broadcastId: string): Promise<FakeOutput> => {
      if (this.failNext) {
        this.failNext = false;
        throw new Error('The disk is full.');
      }
      const output = new FakeOutput(roomId, broadcastId);
      output.finishing = this.finishing;
      this.opened.push(output);
      return output;
    },
    /** Signed anew each time. */
    urls: () => {
      this.renewals += 1;
      return { livestreamUrl: `/${this.renewals}/live.m3u8`, playbackHlsUrl: `/${this.renewals}/playback.m3u8` };
    },
    close: async (): Promise<void> => {},
  };

  readonly openSource = (options: SourceOptions): FakeSource => {
    const source = new FakeSource(options);
    this.sources.push(source);
    return source;
  };

  get source(): FakeSource {
    const source = this.sources.at(-1);
    if (!source) throw new Error('No source was opened.');
    return source;
  }

  get output(): FakeOutput {
    const output = this.opened.at(-1);
    if (!output) throw new Error('No output was opened.');
    return output;
  }

  /** How many sources are open. */
  get running(): number {
    return this.sources.filter(({ closed }) => !closed).length;
  }
}

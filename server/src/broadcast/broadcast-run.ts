import {
  ProtocolError,
  type BroadcastOptions,
  type BroadcastView,
  type RecordingStatus,
  type RoomId,
} from '../../../src/protocol/index.ts';
import type { Clock } from '../rooms/clock.ts';
import type { Logger } from '../rooms/logger.ts';
import type { BroadcastStage } from './broadcast-stage.ts';
import type { BroadcastSource, OpenSource, SourceFailure } from './broadcast-source.ts';
import type { BroadcastOutput, BroadcastOutputs } from './packager/broadcast-output.ts';
import type { Mark } from './packager/playlists/mark.ts';
import { toRecordingStatus } from './recordings/recording-listener.ts';
import { WatchedSink } from './watched-sink.ts';

/** Waits before the first, second, … try after a failure. One more failure in a row is the end. Milliseconds. */
export const RETRY_DELAYS_MS = [0, 1_000, 3_000, 8_000, 15_000] as const;
/** A source that ran so long had not failed in a row. Milliseconds. */
export const STEADY_AFTER_MS = 60_000;

/** What broadcasting is made of. */
export interface BroadcastParts {
  readonly outputs: BroadcastOutputs;
  readonly openSource: OpenSource;
  /** Origins whose pages participants may have drawn; * is any ([W6]). */
  readonly templateOrigins?: readonly string[];
}

interface BroadcastRunOptions extends BroadcastParts {
  readonly roomId: RoomId;
  readonly stage: BroadcastStage;
  readonly broadcastId: string;
  readonly options: BroadcastOptions;
  /** When the programme began, where it is taken up again. */
  readonly startedAt: number | null;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly handleChange: (change: Partial<BroadcastView>) => void;
}

/** Why one source is over: it failed, or was told to stop. */
type SourceEnd = SourceFailure | 'stopped';

/** One broadcast from its start to its end: an output, and one source after another as long as they fail. */
export class BroadcastRun {
  readonly #options: BroadcastRunOptions;
  /** Aborts when it is to end, whyever. */
  readonly #ending = new AbortController();
  #output: BroadcastOutput | null = null;
  #abandoned = false;
  #isPlayable = false;
  #isEncoding = false;
  #startedAt: number | null;
  #recording: RecordingStatus = { state: 'recording', reason: null };

  constructor(options: BroadcastRunOptions) {
    this.#options = options;
    this.#startedAt = options.startedAt;
  }

  /** Resolves when it is over and told so. Never rejects. */
  async run(): Promise<void> {
    const { outputs, roomId, broadcastId, options } = this.#options;
    let output: BroadcastOutput;
    try {
      output = await outputs.open(roomId, broadcastId, { recordOnly: options.recordOnly === true });
    } catch (error) {
      this.#options.logger.error({ err: error, roomId }, 'the broadcast has nowhere to go');
      if (this.#ending.signal.aborted) this.#change({ state: 'HLS_STOPPED', livestreamUrl: null });
      else this.#fail({ code: 'outputFailed', message: 'Playlists and segments cannot be written.', permanent: true });
      return;
    }
    this.#output = output;
    output.onPlayable(() => {
      this.#isPlayable = true;
      if (this.#isEncoding) this.#change({ state: 'HLS_PLAYABLE' });
    });
    output.onRecording((state) => {
      this.#recording = toRecordingStatus(state);
      if (this.#isEncoding) this.#change({ recording: this.#recording });
    });
    this.#change({ livestreamUrl: output.livestreamUrl, playbackHlsUrl: output.playbackHlsUrl });
    const end = await this.#supervise(output);
    this.#output = null;
    if (this.#abandoned) return;
    if (end !== 'stopped') this.#fail(end);
    await output
      .finish()
      .catch((error: unknown) => this.#options.logger.error({ err: error, roomId }, 'the recording has no end'));
    if (end === 'stopped') this.#change({ state: 'HLS_STOPPED', livestreamUrl: null, recording: null });
  }

  /** Ends it in order. Again does nothing. */
  stop(): void {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort();
    this.#change({ state: 'HLS_STOPPING', reason: null, retrying: false });
  }

  /** Throws `conflict` where it is not on, or the mark cannot be taken. */
  mark(mark: Mark): void {
    if (this.#output?.mark(mark) === true) return;
    const reason = this.#output
      ? 'There are too many marks, or one of that id that says otherwise.'
      : 'Nothing is on yet.';
    throw new ProtocolError('conflict', reason);
  }

  /** The server goes down: nothing is told and the recording is left as it is, to be taken up again. */
  abandon(): void {
    if (this.#ending.signal.aborted) return;
    this.#abandoned = true;
    this.#ending.abort();
  }

  async #supervise(output: BroadcastOutput): Promise<SourceEnd> {
    const { clock } = this.#options;
    for (let failures = 0; !this.#ending.signal.aborted;) {
      const openedAt = clock.now();
      const end = await this.#runSource(output);
      if (end === 'stopped') return end;
      failures = clock.now() - openedAt < STEADY_AFTER_MS ? failures + 1 : 1;
      const delayMs = RETRY_DELAYS_MS[failures - 1];
      if (end.permanent || delayMs === undefined) return end;
      const { code, message } = end;
      this.#change({ state: 'HLS_FAILED', reason: { code, message }, retrying: true });
      await this.#wait(delayMs);
    }
    return 'stopped';
  }

  /** Runs one source until it fails or the broadcast ends; nothing of it is left afterwards. */
  async #runSource(output: BroadcastOutput): Promise<SourceEnd> {
    const { openSource, roomId, stage, options, clock, logger } = this.#options;
    let source: BroadcastSource | undefined;
    let sink: WatchedSink | undefined;
    const end = await new Promise<SourceEnd>((resolve) => {
      this.#ending.signal.addEventListener('abort', () => resolve('stopped'), { once: true });
      sink = new WatchedSink({
        sink: output,
        clock,
        handleBegin: (startedAt) => this.#handleBegin(startedAt),
        handleStall: (hasBegun) => resolve(describeStall(hasBegun)),
      });
      try {
        source = openSource({ roomId, stage, options, sink, handleFailure: resolve });
      } catch (error) {
        resolve({ code: 'internal', message: String(error), permanent: true });
      }
    });
    this.#isEncoding = false;
    sink?.close();
    if (end !== 'stopped')
      logger.warn({ roomId, code: end.code, reason: end.message }, 'the broadcast’s source failed');
    await source
      ?.close()
      .catch((error: unknown) => logger.error({ err: error, roomId }, 'the broadcast’s source does not close'));
    return end;
  }

  #handleBegin(startedAt: number): void {
    this.#isEncoding = true;
    this.#startedAt ??= Math.round(startedAt);
    const state = this.#isPlayable ? 'HLS_PLAYABLE' : 'HLS_STARTED';
    this.#change({ state, startedAt: this.#startedAt, recording: this.#recording });
  }

  #fail({ code, message }: SourceFailure): void {
    this.#ending.abort();
    this.#change({
      state: 'HLS_FAILED',
      reason: { code, message },
      retrying: false,
      livestreamUrl: null,
      recording: null,
    });
  }

  #change(change: Partial<BroadcastView>): void {
    if (this.#abandoned) return;
    const isWell = change.state !== undefined && change.state !== 'HLS_FAILED';
    this.#options.handleChange(isWell ? { reason: null, retrying: false, ...change } : change);
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(delayMs, resolve);
      this.#ending.signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }
}

function describeStall(hasBegun: boolean): SourceFailure {
  return hasBegun
    ? { code: 'composerStalled', message: 'No frame has come for 3 seconds.', permanent: false }
    : { code: 'templateFailed', message: 'No first frame came within 30 seconds.', permanent: false };
}

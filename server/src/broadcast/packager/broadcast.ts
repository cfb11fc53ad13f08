import type { Clock } from '../../rooms/clock.ts';
import type { Logger } from '../../rooms/logger.ts';
import type { CaptionSource } from '../captions/caption-source.ts';
import { SegmentTimes } from '../captions/segment-times.ts';
import type { EncodedRun, MediaFormat } from '../encoded-media.ts';
import { StorageError, type SegmentStorage } from '../storage/segment-storage.ts';
import type { BroadcastMetrics } from './broadcast-metrics.ts';
import type { BroadcastOutput } from './broadcast-output.ts';
import { joinOutputs, type LiveChannel } from './live-channel.ts';
import { Packager } from './packager.ts';
import { cuttingLimits, type PackagerOptions } from './packager-options.ts';
import type { Mark } from './playlists/mark.ts';
import { PlaylistPair } from './playlists/playlist-pair.ts';
import { RecentFiles } from './recent-files.ts';
import { describeProblem, type RecordingListener } from '../recordings/recording-listener.ts';
import { completeEnded, endRecording } from './recording/end-recording.ts';
import { writeMark } from './recording/unfinished-mark.ts';
import type { RecordedStream } from './recording/recorded-playlists.ts';
import { Recorder, type RecordingState } from './recording/recorder.ts';
import type { SegmentOutput } from './segment.ts';
import { storageKeys, type StorageKeys } from './storage-keys.ts';

/** The live window and as long again for those who are behind. Milliseconds. */
const IN_MEMORY_MS = 48_000;
/** Nobody waits longer than this for the mark of what is not ended. Milliseconds. */
const MARK_MS = 1_000;
/** Between two tries to end a recording whose storage refuses. Milliseconds. */
const END_AGAIN_MS = 5_000;

/** Marks by which players learn of captions in a language that nobody spoke before: `X-LANGUAGE` names it. */
const CAPTIONS_CLASS = 'ils.captions';
/** They stay in the event playlist, which is asked for with every part. */
const MOST_MARKS = 2_000;

export interface BroadcastOptions {
  readonly roomId: string;
  readonly broadcastId: string;
  readonly livestreamUrl: string | null;
  readonly playbackHlsUrl: string | null;
  /** `null` where it is recorded only. */
  readonly channel: LiveChannel | null;
  readonly storage: SegmentStorage;
  readonly packaging: PackagerOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: BroadcastMetrics;
  readonly recordings: RecordingListener;
  readonly captions: CaptionSource;
  /** All is written, or cannot be; `isStored` says which. What cannot be now may be later: then it is told again. */
  handleFinish(isStored: boolean): void;
}

/** One broadcast of a room: packaged once, shown live, to be rewound while it lasts, and recorded. */
export class Broadcast implements BroadcastOutput {
  readonly broadcastId: string;
  readonly livestreamUrl: string | null;
  readonly playbackHlsUrl: string | null;
  readonly recordOnly: boolean;
  readonly files: RecentFiles;
  readonly times = new SegmentTimes();
  /** From the beginning to now. */
  readonly event: PlaylistPair;
  readonly #options: BroadcastOptions;
  readonly #keys: StorageKeys;
  readonly #packager: Packager;
  readonly #recorder: Recorder;
  /** Ids of the marks so far. */
  readonly #marked = new Set<string>();
  #hasBegun = false;
  #isPlayable = false;
  #handlePlayable: (() => void)[] = [];
  #recording: RecordingState = { status: 'recording' };
  #handleRecording: (state: RecordingState) => void = () => {};
  #frameRate = 30;
  #marking: Promise<void> = Promise.resolve();
  #finishing: Promise<void> | null = null;
  #completion: Promise<void> = Promise.resolve();
  readonly #closing = new AbortController();

  constructor(options: BroadcastOptions) {
    const { roomId, broadcastId, channel, packaging, clock } = options;
    this.#options = options;
    this.broadcastId = broadcastId;
    this.livestreamUrl = options.livestreamUrl;
    this.playbackHlsUrl = options.playbackHlsUrl;
    this.recordOnly = channel === null;
    this.#keys = storageKeys(roomId, broadcastId);
    this.files = new RecentFiles(Math.ceil(IN_MEMORY_MS / packaging.segmentMs));
    this.event = new PlaylistPair({
      kind: { type: 'event' },
      limits: cuttingLimits(packaging),
      firstSequence: 0,
      clock,
    });
    this.#recorder = this.#createRecorder();
    // The packager tells its outputs, and the last of them asks the packager: that one is added when both are there.
    const outputs: SegmentOutput[] = [this.files, this.times, this.#recorder, this.event];
    const output = joinOutputs(outputs);
    this.#packager = new Packager({
      folder: broadcastId,
      options: packaging,
      timeline: channel?.timeline ?? { position: 0 },
      output,
      handleRunEnd: () => channel?.handleRunEnd(this.#packager),
    });
    if (channel !== null)
      outputs.push(channel.connect(this.#packager, () => (channel.playlists.frameRate = this.#frameRate)));
    outputs.push(this.#createProgressReport());
  }

  get recording(): RecordingState {
    return this.#recording;
  }

  /** Calls with each change of what becomes of the recording. */
  onRecording(callback: (state: RecordingState) => void): void {
    this.#handleRecording = callback;
  }

  /** Leaves the mark by which a later server finds a recording that was not ended; a storage that hangs holds nothing up. */
  async open(): Promise<void> {
    const { storage, logger, clock } = this.#options;
    this.#marking = writeMark(storage, this.#keys, { startedAt: clock.now(), recordOnly: this.recordOnly }).catch(
      (error: unknown) => logger.warn({ folder: this.#keys.broadcast, err: error }, 'recording cannot be marked'),
    );
    let cancel = (): void => {};
    const patience = new Promise<void>((resolve) => (cancel = clock.after(MARK_MS, resolve)));
    await Promise.race([this.#marking, patience]);
    cancel();
  }

  begin(format: MediaFormat, startedAt: number): EncodedRun {
    if (this.#finishing !== null) throw new Error('The broadcast is over');
    const { logger, roomId, broadcastId } = this.#options;
    logger.info({ roomId, broadcastId, format }, 'broadcast run began');
    this.#frameRate = format.video?.frameRate ?? 5;
    this.event.frameRate = this.#frameRate;
    this.event.expect(() => this.#packager.nextParts);
    if (!this.#hasBegun)
      this.#options.recordings.began(this.#keys.recording, {
        startedAt: Math.round(startedAt),
        live: !this.recordOnly,
      });
    this.#hasBegun = true;
    return this.#packager.begin(format, startedAt);
  }

  mark(mark: Mark): boolean {
    const { id } = mark;
    if (this.#marked.size >= MOST_MARKS && !this.#marked.has(id)) return false;
    if (!this.event.mark(mark)) return false;
    this.#marked.add(id);
    this.#options.channel?.playlists.mark(mark);
    this.#recorder.mark(mark);
    return true;
  }

  onPlayable(callback: () => void): void {
    if (this.#isPlayable) callback();
    else this.#handlePlayable.push(callback);
  }

  /** Settles when what is made of a finished recording has been made too: the MP4 and the poster. */
  get completion(): Promise<void> {
    return this.finish().then(() => this.#completion);
  }

  finish(): Promise<void> {
    return (this.#finishing ??= this.#finish());
  }

  /** What is not in the storage yet is left to a later server. */
  close(): void {
    this.#closing.abort();
  }

  async #finish(): Promise<void> {
    const { channel, handleFinish } = this.#options;
    this.#packager.end();
    channel?.disconnect(this.#packager);
    this.event.end();
    const isStored = await this.#end();
    if (!isStored) this.#completion = this.#endLater();
    handleFinish(isStored);
  }

  /** Whether the recording plays now, or there is none; the rest of it is under way then. */
  async #end(): Promise<boolean> {
    const { logger, recordings, roomId, broadcastId } = this.#options;
    try {
      if (!(await this.#recorder.flush())) throw this.#refusal;
      await this.#marking;
      const stream = await endRecording(this.#ending);
      if (stream !== null) this.#completion = this.#complete(stream);
      const seconds = stream?.segments.video.reduce((sum, { duration }) => sum + duration, 0) ?? 0;
      logger.info({ roomId, broadcastId, seconds: Math.round(seconds) }, 'broadcast finished');
      return true;
    } catch (error) {
      logger.error({ roomId, broadcastId, err: error }, 'recording not ended');
      recordings.failed(this.#keys.recording, describeProblem(error));
      return false;
    }
  }

  async #endLater(): Promise<void> {
    while (await this.#pause()) {
      if (!(await this.#end())) continue;
      this.#options.handleFinish(true);
      return this.#completion;
    }
  }

  /** Until the mark is gone, a later server does this again. */
  async #complete(stream: RecordedStream): Promise<void> {
    const { logger, roomId, broadcastId } = this.#options;
    do {
      try {
        await completeEnded(this.#ending, stream);
        logger.info({ roomId, broadcastId }, 'recording complete');
        return;
      } catch (error) {
        logger.error({ roomId, broadcastId, err: error }, 'recording not complete');
      }
    } while (await this.#pause());
  }

  get #ending() {
    const { storage, recordings, captions } = this.#options;
    return { storage, captions, keys: this.#keys, listener: recordings, recordOnly: this.recordOnly };
  }

  get #refusal(): StorageError {
    const { problem, message } =
      this.#recording.status === 'blocked'
        ? this.#recording
        : { problem: 'failed' as const, message: 'The storage does not take what is left.' };
    return new StorageError(problem, message);
  }

  /** `false` where it is over before. */
  #pause(): Promise<boolean> {
    const { signal } = this.#closing;
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(false);
      const cancel = this.#options.clock.after(END_AGAIN_MS, () => resolve(!signal.aborted));
      signal.addEventListener('abort', () => {
        cancel();
        resolve(false);
      });
    });
  }

  #createProgressReport(): SegmentOutput {
    return {
      sectionBegan() {},
      segmentBegan() {},
      partAdded: ({ track }, { data }) => this.#options.metrics.partMade(track, data.byteLength),
      segmentCompleted: ({ track, startsAt }) => {
        if (!this.#isPlayable && this.event.isPlayable) this.#becomePlayable();
        if (track === 'video') void this.#markLanguages(startsAt);
      },
    };
  }

  /** Whoever has read the multivariant playlist before does not know of them. */
  async #markLanguages(startedAt: number): Promise<void> {
    const { captions, roomId } = this.#options;
    const languages = await captions.languages(roomId).catch(() => []);
    for (const language of languages) {
      const id = `captions-${language}`;
      if (this.#marked.has(id) || this.#finishing !== null) continue;
      this.mark({ id, class: CAPTIONS_CLASS, startedAt, attributes: { language } });
    }
  }

  #becomePlayable(): void {
    this.#isPlayable = true;
    for (const callback of this.#handlePlayable.splice(0)) callback();
  }

  #createRecorder(): Recorder {
    const { storage, broadcastId, clock, logger, metrics } = this.#options;
    return new Recorder({
      storage,
      folder: this.#keys.broadcast,
      path: broadcastId,
      frameRate: () => this.#frameRate,
      clock,
      logger,
      handleState: (state) => {
        this.#recording = state;
        this.#handleRecording(state);
      },
      handleLost: (segment) => {
        this.event.markGap(segment);
        metrics.segmentLost();
      },
      handleStored: (bytes) => metrics.stored(bytes),
    });
  }
}

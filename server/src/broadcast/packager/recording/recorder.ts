import type { Clock } from '../../../rooms/clock.ts';
import type { Logger } from '../../../rooms/logger.ts';
import { StorageError, type SegmentStorage, type StorageProblem } from '../../storage/segment-storage.ts';
import type { Mark } from '../playlists/mark.ts';
import type { MediaFile, Part, Section, Segment, SegmentOutput } from '../segment.ts';
import { Journal, type JournalRecord } from './journal.ts';

/** What waits for a storage that does not take it; beyond that the oldest is given up. */
const LONGEST_QUEUE_BYTES = 64 * 1_024 * 1_024;
const RETRY_MS = [500, 1_000, 2_000, 5_000] as const;

export type RecordingState =
  | { readonly status: 'recording' }
  /** Nothing is being stored at the moment; the broadcast goes on from memory. */
  | { readonly status: 'blocked'; readonly problem: StorageProblem; readonly message: string };

interface RecorderOptions {
  readonly storage: SegmentStorage;
  /** The broadcast's key. */
  readonly folder: string;
  /** What the broadcast's files begin with, below the room's address. */
  readonly path: string;
  readonly frameRate: () => number;
  readonly clock: Clock;
  readonly logger: Logger;
  handleState(state: RecordingState): void;
  handleLost(segment: Segment): void;
  handleStored(bytes: number): void;
}

interface Job {
  readonly files: readonly MediaFile[];
  readonly record: JournalRecord;
  readonly segment: Segment | null;
}

/** Stores a broadcast in the order in which it is made. Nothing waits for it. */
export class Recorder implements SegmentOutput {
  readonly #options: RecorderOptions;
  readonly #journal: Journal;
  readonly #sections: Section[] = [];
  readonly #queue: Job[] = [];
  #queuedBytes = 0;
  #isWorking = false;
  #isBlocked = false;
  #isGivenUp = false;
  #wake: () => void = () => {};
  #idle: (() => void)[] = [];

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#journal = new Journal(options.storage, options.folder);
  }

  sectionBegan(section: Section): void {
    const { video, audio } = section.tracks;
    if (video.kind !== 'video' || audio.kind !== 'audio') return;
    this.#sections.push(section);
    this.#enqueue({
      files: [section.inits.video, section.inits.audio],
      segment: null,
      record: {
        kind: 'section',
        number: this.#sections.length - 1,
        audioOnly: section.audioOnly,
        video: {
          codec: video.codec,
          width: video.width,
          height: video.height,
          frameRate: this.#options.frameRate(),
          init: this.#below(section.inits.video.path),
        },
        audio: {
          sampleRate: audio.timescale,
          channels: audio.channels,
          init: this.#below(section.inits.audio.path),
        },
      },
    });
  }

  mark(mark: Mark): void {
    this.#enqueue({ files: [], segment: null, record: { kind: 'mark', ...mark } });
  }

  segmentBegan(): void {}

  partAdded(_segment: Segment, _part: Part): void {}

  /** Smaller renditions of the picture are not kept. */
  segmentCompleted(segment: Segment): void {
    if (segment.track !== 'video' && segment.track !== 'audio') return;
    this.#enqueue({ files: [segment], segment, record: this.#describe(segment, false) });
    this.#giveUpOldest();
  }

  /** Settles when all is stored, or when the storage has refused it once more. */
  flush(): Promise<boolean> {
    if (this.#queue.length === 0 && !this.#isWorking) return Promise.resolve(true);
    this.#isGivenUp = true;
    if (!this.#isWorking) void this.#work();
    this.#wake();
    return new Promise((resolve) => this.#idle.push(() => resolve(this.#queue.length === 0)));
  }

  #enqueue(job: Job): void {
    this.#queue.push(job);
    this.#queuedBytes += sizeOf(job);
    if (!this.#isWorking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    let attempts = 0;
    for (let job = this.#queue[0]; job; job = this.#queue[0]) {
      try {
        await this.#store(job);
        if (this.#queue[0] === job) this.#queue.shift();
        this.#queuedBytes -= sizeOf(job);
        attempts = 0;
        this.#unblocked();
      } catch (error) {
        this.#blocked(error);
        // Whoever waits for the end is told that the storage refuses; what waits for it is kept.
        if (this.#isGivenUp && attempts > 0) break;
        await this.#pause(RETRY_MS[Math.min(attempts, RETRY_MS.length - 1)] ?? 0);
        attempts += 1;
      }
    }
    this.#isWorking = false;
    for (const settle of this.#idle.splice(0)) settle();
  }

  async #store({ files, record }: Job): Promise<void> {
    const { storage, folder, handleStored } = this.#options;
    for (const { path, data } of files) {
      await storage.write(`${folder}/${this.#below(path)}`, data);
      handleStored(data.byteLength);
    }
    await this.#journal.append([record]);
  }

  #blocked(error: unknown): void {
    if (this.#isBlocked) return;
    this.#isBlocked = true;
    const problem = error instanceof StorageError ? error.problem : 'failed';
    const message = error instanceof Error ? error.message : String(error);
    this.#options.logger.error({ folder: this.#options.folder, problem, err: error }, 'recording blocked');
    this.#options.handleState({ status: 'blocked', problem, message });
  }

  #unblocked(): void {
    if (!this.#isBlocked) return;
    this.#isBlocked = false;
    this.#options.logger.info({ folder: this.#options.folder }, 'recording goes on');
    this.#options.handleState({ status: 'recording' });
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(delayMs, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }

  /** The one being written stays; of the others the oldest segments are replaced by a note that they are lost. */
  #giveUpOldest(): void {
    for (let index = 1; this.#queuedBytes > LONGEST_QUEUE_BYTES && index < this.#queue.length; index += 1) {
      const job = this.#queue[index];
      if (!job || job.segment === null || job.files.length === 0) continue;
      this.#queuedBytes -= sizeOf(job);
      this.#queue[index] = { files: [], segment: null, record: this.#describe(job.segment, true) };
      this.#options.handleLost(job.segment);
    }
  }

  #describe(
    { track, path, section, startsAt, mediaTime, duration, byteLength }: Segment,
    isLost: boolean,
  ): JournalRecord {
    return {
      kind: 'segment',
      track: track === 'audio' ? 'audio' : 'video',
      section: this.#sections.indexOf(section),
      file: this.#below(path),
      startsAt,
      mediaTime,
      duration,
      bytes: byteLength,
      isLost,
    };
  }

  #below(path: string): string {
    return path.slice(this.#options.path.length + 1);
  }
}

const sizeOf = ({ files }: Job): number => files.reduce((sum, { data }) => sum + data.byteLength, 0);

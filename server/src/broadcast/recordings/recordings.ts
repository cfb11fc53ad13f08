import { ProtocolError, type RoomId } from '../../../../src/protocol/index.ts';
import type { Announcer } from '../../rooms/announcer.ts';
import type { Clock } from '../../rooms/clock.ts';
import { Lane } from '../../rooms/lane.ts';
import type { Logger } from '../../rooms/logger.ts';
import type { RecordingPageQuery, RecordingRecord, RecordingStore } from '../../store/recording-store.ts';
import type { BroadcastAddresses } from '../delivery/broadcast-addresses.ts';
import { readWhole, type SegmentStorage } from '../storage/segment-storage.ts';
import { storageKeys } from '../packager/storage-keys.ts';
import { writeChapters } from './chapters.ts';
import { eraseRecording } from './erase-recording.ts';
import { writeEvents, type EventSource } from './recorded-events.ts';
import type { EndedRecording, RecordingKey, RecordingListener, RecordingProblem } from './recording-listener.ts';
import type { RecordedSpan, RecordingTimeline } from './recording-timeline.ts';
import { toRecordingView, type RecordingView } from './recording-view.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A recording that plays is told of when its MP4 is there too, but no later than this. Milliseconds. */
const READY_WITHIN_MS = 3_000;
const ERASED_AT_ONCE = 20;

export interface RecordingsOptions {
  readonly store: RecordingStore;
  readonly storage: SegmentStorage;
  readonly addresses: () => BroadcastAddresses;
  readonly announcer: Announcer;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What is replayed beside a recording. */
  readonly eventSources: readonly EventSource[];
  /** How long recordings of that room are kept; 0 is for ever. */
  readonly retentionDays: (roomId: string) => Promise<number>;
  /** Nothing of it may be written any more. */
  readonly forget: (recording: RecordingKey) => Promise<void>;
}

/** All recordings of a server: keeps the records, tells the site, and erases what has had its time. */
export class Recordings implements RecordingListener {
  readonly #options: RecordingsOptions;
  readonly #changes = new Lane();
  /** Those that play, and that nobody has been told of. */
  readonly #untold = new Map<string, () => void>();
  readonly #stopPruning: () => void;
  #pruning: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: RecordingsOptions) {
    this.#options = options;
    this.#stopPruning = options.clock.every(HOUR_MS, () => this.#beginPruning());
    this.#beginPruning();
  }

  began(recording: RecordingKey, begun: { readonly startedAt: number; readonly live: boolean }): void {
    void this.#change(recording, () => begun);
  }

  async ended(recording: RecordingKey, given: EndedRecording): Promise<void> {
    await this.#writeBeside(recording, given);
    const { bytes, spans: _spans, chapters: _chapters, ...ended } = given;
    const days = await this.#options.retentionDays(recording.roomId).catch(() => 0);
    const expiresAt = days === 0 ? null : ended.endedAt + days * DAY_MS;
    await this.#change(recording, (before) => {
      if (before.state !== 'ready') this.#tellSoon(recording.id);
      return { ...ended, bytes: Math.max(bytes, before.bytes), state: 'ready', failure: null, expiresAt };
    });
  }

  async completed(recording: RecordingKey, { bytes, hasPoster }: { bytes: number; hasPoster: boolean }): Promise<void> {
    const after = await this.#change(recording, (before) => ({
      hasFile: true,
      hasPoster,
      bytes: before.hasFile ? before.bytes : before.bytes + bytes,
    }));
    const tell = this.#untold.get(recording.id);
    if (tell) return tell();
    if (after) this.#announce('recording.fileReady', after);
  }

  failed(recording: RecordingKey, failure: RecordingProblem): void {
    void this.#change(recording, (before) => {
      // Told once, however often it is tried.
      if (before.state !== 'failed') this.#announce('recording.failed', { ...before, state: 'failed', failure });
      return { state: 'failed', failure };
    });
  }

  dropped({ id }: RecordingKey): void {
    void this.#changes.run(() => this.#options.store.removeRecording(id)).catch(() => {});
  }

  async unfinished(): Promise<readonly RecordingKey[]> {
    const records = await this.#options.store.listUnfinished();
    return records.map(({ roomId, id }) => ({ roomId, id }));
  }

  async list(query: RecordingPageQuery): Promise<readonly RecordingView[]> {
    const records = await this.#options.store.listRecordings(query);
    return records.map((record) => this.#toView(record));
  }

  async find(id: string): Promise<RecordingView | null> {
    const record = await this.#options.store.findRecording(id);
    return record && this.#toView(record);
  }

  /** Where moments of the programme play in it; of one that is being made, as if nothing broke. `null` where there is none. */
  async timeline(id: string): Promise<RecordingTimeline | null> {
    const { store, storage, clock } = this.#options;
    const record = await store.findRecording(id);
    if (record === null) return null;
    const { roomId, startedAt, endedAt } = record;
    const end = endedAt ?? clock.now();
    const kept = await readWhole(storage, `${storageKeys(roomId, id).broadcast}/spans.json`).catch(() => null);
    const spans: readonly RecordedSpan[] =
      kept === null ? [{ startsAt: startedAt, offset: 0, durationMs: end - startedAt }] : JSON.parse(kept.toString());
    return { roomId, startedAt, endedAt: end, spans };
  }

  /** Erases files and record; `false` where there is none. Throws `conflict` while it is made, `unavailable` where the storage fails. */
  async remove(id: string): Promise<boolean> {
    const record = await this.#options.store.findRecording(id);
    if (record === null) return false;
    if (record.state === 'recording') throw new ProtocolError('conflict', 'It is being recorded: stop it first.');
    await this.#erase(record);
    return true;
  }

  /** What has not been told is told now. */
  async close(): Promise<void> {
    this.#stopPruning();
    for (const tell of this.#untold.values()) tell();
    this.#closed = true;
    await this.#pruning;
    await this.#changes.idle;
  }

  #change(
    { roomId, id }: RecordingKey,
    change: (before: RecordingRecord) => Partial<RecordingRecord>,
  ): Promise<RecordingRecord | null> {
    if (this.#closed) return Promise.resolve(null);
    const { store } = this.#options;
    // The store has logged what went wrong; the files are there all the same.
    return this.#changes
      .run(async () => {
        const before = (await store.findRecording(id)) ?? { ...FRESH, id, roomId: roomId as RoomId };
        const after = { ...before, ...change(before) };
        await store.saveRecording(after);
        return after;
      })
      .catch(() => null);
  }

  /** What happened in the room meanwhile, and the chapters. */
  async #writeBeside({ roomId, id }: RecordingKey, ended: EndedRecording): Promise<void> {
    const { storage, eventSources } = this.#options;
    const folder = storageKeys(roomId, id).broadcast;
    const events = await writeEvents(eventSources, roomId as RoomId, ended);
    await storage.write(`${folder}/events.jsonl`, Buffer.from(events));
    await storage.write(`${folder}/spans.json`, Buffer.from(JSON.stringify(ended.spans)));
    await storage.write(`${folder}/chapters.vtt`, Buffer.from(writeChapters(ended)));
  }

  #tellSoon(id: string): void {
    const cancel = this.#options.clock.after(READY_WITHIN_MS, () => this.#untold.get(id)?.());
    this.#untold.set(id, () => {
      cancel();
      this.#untold.delete(id);
      void this.#changes.run(async () => {
        const record = await this.#options.store.findRecording(id);
        if (record) this.#announce('recording.ready', record);
      });
    });
  }

  #announce(type: 'recording.ready' | 'recording.fileReady' | 'recording.failed', record: RecordingRecord): void {
    this.#options.announcer.announce(type, record.roomId, { recording: this.#toView(record) });
  }

  #toView(record: RecordingRecord): RecordingView {
    return toRecordingView(record, this.#options.addresses().recording(record.roomId, record.id));
  }

  #beginPruning(): void {
    this.#pruning = this.#pruning.then(() => this.#prune()).catch(() => {});
  }

  async #prune(): Promise<void> {
    const { store, clock } = this.#options;
    for (let left = true; left && !this.#closed;) {
      const expired = await store.listExpired(clock.now(), ERASED_AT_ONCE);
      for (const record of expired) await this.#erase(record);
      left = expired.length === ERASED_AT_ONCE;
    }
  }

  /** The files first: what fails half-way is done again. */
  async #erase(record: RecordingRecord): Promise<void> {
    const { store, storage, logger, forget } = this.#options;
    const { id, roomId } = record;
    await forget(record);
    try {
      await eraseRecording(storage, record, async () => {
        const others = await store.listRecordings({ roomId, before: undefined, limit: ERASED_AT_ONCE });
        return others.find((other) => other.id !== id && other.state === 'ready' && other.live) ?? null;
      });
    } catch (error) {
      logger.error({ roomId, recording: id, err: error }, 'recording not erased');
      throw new ProtocolError('unavailable', 'The storage does not erase it now.', 5_000);
    }
    await this.#changes.run(() => store.removeRecording(id));
    logger.info({ roomId, recording: id }, 'recording erased');
  }
}

const FRESH = {
  state: 'recording',
  live: true,
  startedAt: 0,
  endedAt: null,
  durationMs: 0,
  bytes: 0,
  hasFile: false,
  hasPoster: false,
  captions: [],
  failure: null,
  expiresAt: null,
} as const satisfies Partial<RecordingRecord>;

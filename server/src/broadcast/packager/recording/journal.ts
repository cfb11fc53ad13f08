import * as v from 'valibot';
import { readWhole, type SegmentStorage } from '../../storage/segment-storage.ts';

const sectionRecord = v.object({
  kind: v.literal('section'),
  number: v.number(),
  audioOnly: v.boolean(),
  video: v.object({
    codec: v.string(),
    width: v.number(),
    height: v.number(),
    frameRate: v.number(),
    init: v.string(),
  }),
  audio: v.object({ sampleRate: v.number(), channels: v.number(), init: v.string() }),
});

const segmentRecord = v.object({
  kind: v.literal('segment'),
  track: v.picklist(['video', 'audio']),
  /** The section it belongs to. */
  section: v.number(),
  /** Below the broadcast's folder. */
  file: v.string(),
  startsAt: v.number(),
  /** The same on the clock of the media, in seconds; earlier versions did not note it. */
  mediaTime: v.optional(v.number()),
  duration: v.number(),
  bytes: v.number(),
  /** It could not be stored. */
  isLost: v.boolean(),
});

const markRecord = v.object({
  kind: v.literal('mark'),
  id: v.string(),
  class: v.optional(v.string()),
  startedAt: v.number(),
  durationMs: v.optional(v.number()),
  attributes: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
});

const journalRecord = v.variant('kind', [sectionRecord, segmentRecord, markRecord]);
const journalChunk = v.array(journalRecord);

export type SectionRecord = v.InferOutput<typeof sectionRecord>;
export type MarkRecord = v.InferOutput<typeof markRecord>;
export type SegmentRecord = v.InferOutput<typeof segmentRecord>;
export type JournalRecord = v.InferOutput<typeof journalRecord>;

const RECORDS_OF_A_CHUNK = 60;

/** What has been stored of a recording, in its order: enough to end it properly even after the server was killed. */
export class Journal {
  readonly #storage: SegmentStorage;
  readonly #folder: string;
  #chunk: JournalRecord[] = [];
  #number = 0;

  /** `folder`: the broadcast's key. */
  constructor(storage: SegmentStorage, folder: string) {
    this.#storage = storage;
    this.#folder = folder;
  }

  /** Chunks are small and each is written anew as it grows, which every storage can do. */
  async append(records: readonly JournalRecord[]): Promise<void> {
    const chunk = [...this.#chunk, ...records];
    const name = String(this.#number).padStart(6, '0');
    await this.#storage.write(`${this.#folder}/journal/${name}.json`, Buffer.from(JSON.stringify(chunk)));
    const isFull = chunk.length >= RECORDS_OF_A_CHUNK;
    this.#chunk = isFull ? [] : chunk;
    if (isFull) this.#number += 1;
  }

  static async read(storage: SegmentStorage, folder: string): Promise<readonly JournalRecord[]> {
    const records: JournalRecord[] = [];
    for (const key of await storage.list(`${folder}/journal/`)) {
      const bytes = await readWhole(storage, key);
      if (bytes !== null) records.push(...v.parse(journalChunk, JSON.parse(bytes.toString())));
    }
    return records;
  }
}

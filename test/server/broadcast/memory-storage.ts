import {
  StorageError,
  type ByteRange,
  type SegmentStorage,
  type StorageProblem,
  type StoredObject,
} from '../../../server/src/broadcast/storage/segment-storage.ts';

/** A storage in memory that can be blocked. */
export class MemoryStorage implements SegmentStorage {
  readonly objects = new Map<string, Uint8Array>();
  /** While set every write is refused with it. */
  problem: StorageProblem | null = null;

  /** While set every write and read waits for it. */
  hanging: Promise<void> | null = null;

  async write(key: string, data: Uint8Array): Promise<void> {
    await this.hanging;
    if (this.problem !== null) throw new StorageError(this.problem, `${key} was refused`);
    this.objects.set(key, Uint8Array.from(data));
  }

  async writeStream(key: string, _size: number, source: AsyncIterable<Uint8Array>): Promise<void> {
    const pieces: Uint8Array[] = [];
    for await (const piece of source) pieces.push(piece);
    await this.write(key, Buffer.concat(pieces));
  }

  async read(key: string, range?: ByteRange): Promise<StoredObject | null> {
    await this.hanging;
    const data = this.objects.get(key);
    if (data === undefined) return null;
    const asked = range === undefined ? data : data.subarray(range.from, range.to + 1);
    return {
      size: data.byteLength,
      body: (async function* () {
        yield asked;
      })(),
    };
  }

  async list(prefix: string): Promise<readonly string[]> {
    return [...this.objects.keys()].filter((key) => key.startsWith(prefix)).toSorted();
  }

  async remove(prefix: string): Promise<void> {
    for (const key of await this.list(prefix)) this.objects.delete(key);
  }

  text(key: string): string {
    return Buffer.from(this.objects.get(key) ?? []).toString();
  }
}

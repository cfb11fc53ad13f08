/** Part of a stored object; `to` is included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

export interface StoredObject {
  /** Of the whole object. */
  readonly size: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Keeps what is recorded. Keys are paths with `/`, their parts of letters, digits and `_ . : -`.
 * A write that fails rejects with a `StorageError` and leaves what was there.
 */
export interface SegmentStorage {
  write(key: string, data: Uint8Array): Promise<void>;
  /** Writes an object of that size as it comes. */
  writeStream(key: string, size: number, source: AsyncIterable<Uint8Array>): Promise<void>;
  /** The object or the range of it, cut off at its end; `null` where there is none. */
  read(key: string, range?: ByteRange): Promise<StoredObject | null>;
  /** Keys that start so, in their order. */
  list(prefix: string): Promise<readonly string[]>;
  /** Removes every object whose key starts so. */
  remove(prefix: string): Promise<void>;
}

export type StorageProblem = 'full' | 'forbidden' | 'unreachable' | 'failed';

export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly problem: StorageProblem;

  constructor(problem: StorageProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}

/** All of a stored object at once. */
export async function readWhole(storage: SegmentStorage, key: string): Promise<Buffer | null> {
  const stored = await storage.read(key);
  if (stored === null) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of stored.body) pieces.push(piece);
  return Buffer.concat(pieces);
}

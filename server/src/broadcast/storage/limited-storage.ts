import type { Clock } from '../../rooms/clock.ts';
import { StorageError, type ByteRange, type SegmentStorage, type StoredObject } from './segment-storage.ts';

/** So long without an answer, or without any progress of a long one. Milliseconds. */
const LIMIT_MS = 10_000;
/** To remove a folder may take long where it is large. Milliseconds. */
const REMOVAL_LIMIT_MS = 120_000;
/** Whatever hangs in the file system holds a thread of the few that there are: others want to read meanwhile. */
const MOST_OVERDUE = { read: 2, write: 1 } as const;

/** Says of a storage that hangs, as the disk of another machine may, that it does not answer; while it hangs it is asked no more. */
export class LimitedStorage implements SegmentStorage {
  readonly #storage: SegmentStorage;
  readonly #clock: Clock;
  readonly #overdue = { read: 0, write: 0 };

  constructor(storage: SegmentStorage, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  write(key: string, data: Uint8Array): Promise<void> {
    return this.#within('write', key, () => this.#storage.write(key, data));
  }

  writeStream(key: string, size: number, source: AsyncIterable<Uint8Array>): Promise<void> {
    return this.#within('write', key, (progress) => this.#storage.writeStream(key, size, eachTold(source, progress)));
  }

  read(key: string, range?: ByteRange): Promise<StoredObject | null> {
    return this.#within(
      'read',
      key,
      () => this.#storage.read(key, range),
      // Nobody reads it any more, and it would stay open.
      (late) => void late?.body[Symbol.asyncIterator]().return?.(),
    );
  }

  list(prefix: string): Promise<readonly string[]> {
    return this.#within('read', prefix, () => this.#storage.list(prefix));
  }

  remove(prefix: string): Promise<void> {
    return this.#within('write', prefix, () => this.#storage.remove(prefix), undefined, REMOVAL_LIMIT_MS);
  }

  #within<T>(
    kind: 'read' | 'write',
    key: string,
    ask: (progress: () => void) => Promise<T>,
    handleLate: (answer: T) => void = () => {},
    limitMs = LIMIT_MS,
  ): Promise<T> {
    if (this.#overdue[kind] >= MOST_OVERDUE[kind]) return Promise.reject(unanswered(key));
    return new Promise((resolve, reject) => {
      let isOverdue = false;
      const handleLimit = (): void => {
        isOverdue = true;
        this.#overdue[kind] += 1;
        reject(unanswered(key));
      };
      let stop = this.#clock.after(limitMs, handleLimit);
      const progress = (): void => {
        if (isOverdue) return;
        stop();
        stop = this.#clock.after(limitMs, handleLimit);
      };
      const settle = (): void => {
        stop();
        if (isOverdue) this.#overdue[kind] -= 1;
      };
      ask(progress).then(
        (answer) => {
          settle();
          if (isOverdue) handleLate(answer);
          else resolve(answer);
        },
        (error: unknown) => {
          settle();
          reject(error);
        },
      );
    });
  }
}

async function* eachTold(source: AsyncIterable<Uint8Array>, tell: () => void): AsyncIterable<Uint8Array> {
  for await (const piece of source) {
    tell();
    yield piece;
  }
}

const unanswered = (key: string): StorageError =>
  new StorageError('unreachable', `${key}: the storage does not answer`);

import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { decodePart, encodePart } from './key-parts.ts';
import {
  StorageError,
  type ByteRange,
  type SegmentStorage,
  type StorageProblem,
  type StoredObject,
} from './segment-storage.ts';

const UNFINISHED = '.part';

const PROBLEMS: Readonly<Record<string, StorageProblem>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EROFS: 'forbidden',
};

export interface DiskStorageOptions {
  /** What is left of the disk for others: nothing is written that would take of it. */
  readonly reserveBytes?: number;
}

/** Objects as files of a folder. Each is written beside its place and then moved there, so that none is ever seen half written. */
export class DiskStorage implements SegmentStorage {
  readonly #folder: string;
  readonly #reserveBytes: number;

  constructor(folder: string, { reserveBytes = 0 }: DiskStorageOptions = {}) {
    this.#folder = folder;
    this.#reserveBytes = reserveBytes;
  }

  write(key: string, data: Uint8Array): Promise<void> {
    return this.#place(key, data.byteLength, (path) => writeFile(path, data));
  }

  writeStream(key: string, size: number, source: AsyncIterable<Uint8Array>): Promise<void> {
    return this.#place(key, size, (path) =>
      pipeline(Readable.from(source, { objectMode: false }), createWriteStream(path)),
    );
  }

  async read(key: string, range?: ByteRange): Promise<StoredObject | null> {
    const file = await open(this.#pathOf(key)).catch((error: unknown) => {
      if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))) return null;
      throw toStorageError(error, key);
    });
    if (file === null) return null;
    const status = await file.stat();
    if (!status.isFile()) {
      await file.close();
      return null;
    }
    const body = file.createReadStream(range === undefined ? {} : { start: range.from, end: range.to });
    return { size: status.size, body };
  }

  async list(prefix: string): Promise<readonly string[]> {
    const entries = await readdir(dirname(this.#pathOf(`${prefix}_`)), { recursive: true, withFileTypes: true }).catch(
      (error: unknown) => {
        if (codeOf(error) === 'ENOENT') return [];
        throw toStorageError(error, prefix);
      },
    );
    return entries
      .filter((entry) => entry.isFile() && !entry.name.endsWith(UNFINISHED))
      .map((entry) => relative(this.#folder, join(entry.parentPath, entry.name)).split(sep).map(decodePart).join('/'))
      .filter((key) => key.startsWith(prefix))
      .sort();
  }

  async remove(prefix: string): Promise<void> {
    if (prefix.endsWith('/')) {
      await rm(this.#pathOf(prefix.slice(0, -1)), { recursive: true, force: true });
      return;
    }
    for (const key of await this.list(prefix)) await rm(this.#pathOf(key), { force: true });
  }

  async #place(key: string, size: number, write: (path: string) => Promise<void>): Promise<void> {
    const path = this.#pathOf(key);
    const beside = `${path}.${randomBytes(4).toString('hex')}${UNFINISHED}`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await this.#assertRoom(dirname(path), size);
      await write(beside);
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true }).catch(() => {});
      throw toStorageError(error, key);
    }
  }

  async #assertRoom(folder: string, size: number): Promise<void> {
    if (this.#reserveBytes === 0) return;
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize - size < this.#reserveBytes) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
  }

  #pathOf(key: string): string {
    return join(this.#folder, ...key.split('/').map(encodePart));
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function toStorageError(error: unknown, key: string): StorageError {
  const code = codeOf(error);
  return new StorageError(PROBLEMS[code] ?? 'failed', `${key} was not written or read: ${code || String(error)}`, {
    cause: error,
  });
}

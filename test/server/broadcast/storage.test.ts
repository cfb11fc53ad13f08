import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DiskStorage } from '../../../server/src/broadcast/storage/disk-storage.ts';
import { S3Storage } from '../../../server/src/broadcast/storage/s3-storage.ts';
import { LimitedStorage } from '../../../server/src/broadcast/storage/limited-storage.ts';
import { readWhole, StorageError } from '../../../server/src/broadcast/storage/segment-storage.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { MemoryStorage } from './memory-storage.ts';
import { CREDENTIALS, startS3Server } from './s3-server.ts';
import { describeStorage } from './storage-contract.ts';

const run = promisify(execFile);
const openFolder = () => mkdtemp(join(tmpdir(), 'ils-storage-'));
const problemOf = (problem: string) => (error: unknown) => error instanceof StorageError && error.problem === problem;

describeStorage('a folder', async () => {
  const folder = await openFolder();
  return { storage: new DiskStorage(folder), close: () => rm(folder, { recursive: true }) };
});

describeStorage('a bucket of S3', async () => {
  const server = await startS3Server('shows');
  const storage = new S3Storage({ ...CREDENTIALS, endpoint: server.endpoint, bucket: 'shows', prefix: 'live/' });
  return { storage, close: server.close };
});

describeStorage('a folder that is not waited for', async () => {
  const folder = await openFolder();
  const storage = new LimitedStorage(new DiskStorage(folder), new ManualClock());
  return { storage, close: () => rm(folder, { recursive: true }) };
});

describe('a storage that hangs', () => {
  it('does not answer after a while, is asked no more meanwhile, and does again once it goes on', async () => {
    const clock = new ManualClock();
    const memory = new MemoryStorage();
    const storage = new LimitedStorage(memory, clock);
    const { promise, resolve } = Promise.withResolvers<void>();
    memory.hanging = promise;
    const write = assert.rejects(storage.write('a', Buffer.from('1')), problemOf('unreachable'));
    const reads = [1, 2].map(() => assert.rejects(storage.read('a'), problemOf('unreachable')));
    clock.advance(10_000);
    await Promise.all([write, ...reads]);
    await assert.rejects(storage.write('a', Buffer.from('2')), problemOf('unreachable'));
    await assert.rejects(storage.read('a'), problemOf('unreachable'));
    memory.hanging = null;
    resolve();
    await new Promise((settled) => setImmediate(settled));
    assert.equal((await readWhole(storage, 'a'))?.toString(), '1');
    await storage.write('a', Buffer.from('3'));
    assert.equal(memory.text('a'), '3');
  });

  it('is waited for as long as a large file comes along', async () => {
    const clock = new ManualClock();
    const storage = new LimitedStorage(new MemoryStorage(), clock);
    async function* slow() {
      for (let piece = 0; piece < 5; piece += 1) {
        clock.advance(9_000);
        yield Buffer.from('x');
      }
    }
    await storage.writeStream('a', 5, slow());
    assert.equal((await readWhole(storage, 'a'))?.toString(), 'xxxxx');
  });
});

describe('a storage that refuses', () => {
  it('says that there is no folder to write to', async () => {
    await assert.rejects(new DiskStorage('/dev/null').write('a/b', Buffer.from('c')), problemOf('failed'));
  });

  it('says that a disk is full, keeps what is on it, and goes on when there is room', async () => {
    const folder = await openFolder();
    const script = fileURLToPath(new URL('fill-disk.ts', import.meta.url));
    const { stdout } = await run('unshare', ['-rm', process.execPath, script, folder]);
    const outcome = JSON.parse(stdout) as { problems: readonly string[]; stored: number; reserved?: string };
    const { problems, stored, reserved } = outcome;
    assert.deepEqual(problems, ['full']);
    assert.equal(reserved, 'full', 'what is for others is left to them');
    assert.ok(stored >= 2 && stored < 6, String(stored));
    await rm(folder, { recursive: true });
  });

  it('tells a full bucket, a wrong key and a service that is gone apart', async () => {
    const server = await startS3Server('shows');
    const options = { ...CREDENTIALS, endpoint: server.endpoint, bucket: 'shows' };
    const storage = new S3Storage(options);
    server.refuse = { status: 507, code: 'XMinioStorageFull' };
    await assert.rejects(storage.write('a', Buffer.from('b')), problemOf('full'));
    server.refuse = null;
    const stranger = new S3Storage({ ...options, secretAccessKey: 'another' });
    await assert.rejects(stranger.write('a', Buffer.from('b')), problemOf('forbidden'));
    await assert.rejects(
      new S3Storage({ ...options, bucket: 'other' }).write('a', Buffer.from('b')),
      problemOf('failed'),
    );
    await server.close();
    await assert.rejects(storage.write('a', Buffer.from('b')), problemOf('unreachable'));
  });
});

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { ProtocolError, type RoomId } from '../../../src/protocol/index.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { chatDraft, describeRoomStore, roomRecord } from './room-store-contract.ts';

async function createFile() {
  const folder = await mkdtemp(join(tmpdir(), 'ils-store-'));
  return { path: join(folder, 'data', 'rooms.db'), dispose: () => rm(folder, { recursive: true }) };
}

describeRoomStore('SqliteRoomStore', async () => {
  const { path, dispose } = await createFile();
  return { open: async () => SqliteRoomStore.open(path), dispose };
});

describe('SqliteRoomStore', () => {
  it('writes ahead, so that readers and the writer do not wait for each other', async () => {
    const { path, dispose } = await createFile();
    const store = SqliteRoomStore.open(path);
    const reader = new DatabaseSync(path, { readOnly: true });
    assert.equal(reader.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal');
    reader.close();
    await store.close();
    await dispose();
  });

  it('refuses a database that a newer build has written', async () => {
    const { path, dispose } = await createFile();
    await SqliteRoomStore.open(path).close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    assert.throws(() => SqliteRoomStore.open(path), /schema 99/);
    await dispose();
  });

  it('says unavailable when it cannot write, and goes on when it can', async () => {
    const { path, dispose } = await createFile();
    const failures: string[] = [];
    const logger = { debug() {}, info() {}, warn() {}, error: (_: object, message: string) => failures.push(message) };
    const store = SqliteRoomStore.open(path, logger);
    const launch = 'launch' as RoomId;
    await store.createRoom(roomRecord(launch));
    const blocker = new DatabaseSync(path);
    blocker.exec('BEGIN IMMEDIATE');
    await assert.rejects(
      store.appendChat(chatDraft()),
      (error) => error instanceof ProtocolError && error.code === 'unavailable' && error.retryAfterMs === 1_000,
    );
    assert.deepEqual(failures, ['the store failed']);
    blocker.exec('ROLLBACK');
    blocker.close();
    assert.equal((await store.appendChat(chatDraft())).message.index, 0);
    await store.close();
    await dispose();
  });
});

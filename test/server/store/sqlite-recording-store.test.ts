import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import type { RecordingRecord } from '../../../server/src/store/recording-store.ts';
import { SqliteFile } from '../../../server/src/store/sqlite/sqlite-file.ts';
import { SqliteRecordingStore } from '../../../server/src/store/sqlite/sqlite-recording-store.ts';
import type { RoomId } from '../../../src/protocol/index.ts';

const record = (id: string, startedAt: number, change: Partial<RecordingRecord> = {}): RecordingRecord => ({
  id,
  roomId: 'launch' as RoomId,
  state: 'ready',
  live: true,
  startedAt,
  endedAt: startedAt + 1_000,
  durationMs: 900,
  bytes: 5_000_000_000,
  hasFile: true,
  hasPoster: false,
  captions: ['de-AT', 'en'],
  failure: null,
  expiresAt: null,
  ...change,
});

describe('the store of recordings', () => {
  const file = new SqliteFile(':memory:', noLogger);
  const store = new SqliteRecordingStore(file);
  const ids = (records: readonly RecordingRecord[]) => records.map(({ id }) => id);

  it('keeps what is known of each, the latest word for good', async () => {
    const first = record('one', 1_000, { state: 'recording', endedAt: null });
    await store.saveRecording(first);
    assert.deepEqual(await store.findRecording('one'), first);
    const failure = { code: 'storageFull', message: 'No room.' } as const;
    const failed = record('one', 1_000, { state: 'failed', failure, expiresAt: 9_000 });
    await store.saveRecording(failed);
    assert.deepEqual(await store.findRecording('one'), failed);
    assert.equal(await store.findRecording('two'), null);
  });

  it('pages through them, those of one moment too', async () => {
    await store.saveRecording(record('two', 2_000));
    await store.saveRecording(record('three', 2_000));
    await store.saveRecording(record('other', 3_000, { roomId: 'other' as RoomId, hasFile: false }));
    const roomId = 'launch' as RoomId;
    const page = await store.listRecordings({ roomId, before: undefined, limit: 1 });
    assert.deepEqual(ids(page), ['two']);
    assert.deepEqual(ids(await store.listRecordings({ roomId, before: page[0], limit: 9 })), ['three', 'one']);
    assert.equal((await store.listRecordings({ roomId: undefined, before: undefined, limit: 9 })).length, 4);
  });

  it('finds what is unfinished and what has had its time', async () => {
    assert.deepEqual(ids(await store.listUnfinished()).toSorted(), ['one', 'other']);
    assert.deepEqual(ids(await store.listExpired(8_999, 9)), []);
    assert.deepEqual(ids(await store.listExpired(9_000, 9)), ['one']);
    assert.deepEqual([await store.removeRecording('one'), await store.removeRecording('one')], [true, false]);
    assert.equal(await store.findRecording('one'), null);
    file.close();
  });
});

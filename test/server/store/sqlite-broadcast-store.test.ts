import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completeBroadcastOptions, type BroadcastView, type RoomId } from '../../../src/protocol/index.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import { SqliteBroadcastStore } from '../../../server/src/store/sqlite/sqlite-broadcast-store.ts';
import { SqliteFile } from '../../../server/src/store/sqlite/sqlite-file.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { roomRecord } from './room-store-contract.ts';

const launch = 'launch' as RoomId;
const view: BroadcastView = {
  state: 'HLS_PLAYABLE',
  livestreamUrl: '/live.m3u8',
  playbackHlsUrl: '/playback.m3u8',
  startedAt: 5_000,
  reason: null,
  retrying: false,
  options: completeBroadcastOptions({ layout: { gridSize: 4 } }),
};

describe('the store of broadcasts', () => {
  it('keeps the latest broadcast and the policy of each room, and forgets them with it', async () => {
    const file = new SqliteFile(':memory:', noLogger);
    const rooms = new SqliteRoomStore(file);
    const store = new SqliteBroadcastStore(file);
    await rooms.createRoom(roomRecord(launch));
    assert.deepEqual([await store.loadBroadcast(launch), await store.loadPolicy(launch)], [null, null]);
    await store.saveBroadcast(launch, { broadcastId: 'first', on: true, view });
    assert.deepEqual(await store.listBroadcasting(), [launch]);
    await store.saveBroadcast(launch, { broadcastId: 'second', on: false, view });
    assert.deepEqual(await store.loadBroadcast(launch), { broadcastId: 'second', on: false, view });
    assert.deepEqual(await store.listBroadcasting(), []);
    for (const policy of [
      { startWithAudience: true, stopAfterMs: null },
      { startWithAudience: false, stopAfterMs: 60_000 },
    ]) {
      await store.savePolicy(launch, policy);
      assert.deepEqual(await store.loadPolicy(launch), policy);
    }
    await rooms.endRoom(launch, 1);
    await rooms.pruneRooms(2);
    assert.equal(await store.loadBroadcast(launch), null);
    await rooms.close();
  });
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { RoomId } from '../../../src/protocol/index.ts';
import { Retention } from '../../../server/src/store/retention.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { chatDraft, roomRecord } from './room-store-contract.ts';

const DAY_MS = 86_400_000;
const [old, recent, living] = ['old', 'recent', 'living'] as RoomId[];

describe('retention', () => {
  const clock = new ManualClock();
  let store: SqliteRoomStore;

  beforeEach(async () => {
    store = SqliteRoomStore.open(':memory:');
    for (const roomId of [old!, recent!, living!]) {
      await store.createRoom(roomRecord(roomId, 0));
      await store.appendChat(chatDraft({ roomId }));
    }
    await store.endRoom(old!, clock.now() - 30 * DAY_MS - 1);
    await store.endRoom(recent!, clock.now() - 29 * DAY_MS);
  });

  afterEach(() => store.close());

  const kept = async () => (await store.listRooms({ limit: 10, includeEnded: true })).map(({ id }) => id);

  it('erases at the start what ended long ago, and nothing that lives', async () => {
    const retention = new Retention({ store, days: 30, clock });
    while ((await kept()).includes(old!)) await new Promise(setImmediate);
    await retention.close();
    assert.deepEqual(await kept(), [living, recent]);
  });

  it('looks again every six hours', async () => {
    const retention = new Retention({ store, days: 30, clock });
    clock.advance(DAY_MS + 6 * 3_600_000);
    while ((await kept()).length > 1) await new Promise(setImmediate);
    await retention.close();
    assert.deepEqual(await kept(), [living]);
    assert.equal(clock.waiting, 0);
  });

  it('keeps for ever where it is told so', async () => {
    const retention = new Retention({ store, days: 0, clock });
    clock.advance(365 * DAY_MS);
    await retention.close();
    assert.deepEqual(await kept(), [living, old, recent]);
    assert.equal(clock.waiting, 0);
  });

  it('goes on after a failure', async () => {
    let asked = 0;
    const failing = { pruneRooms: async () => Promise.reject(new Error(`failure ${(asked += 1)}`)) };
    const retention = new Retention({ store: failing, days: 1, clock });
    while (asked < 1) await new Promise(setImmediate);
    clock.advance(6 * 3_600_000);
    while (asked < 2) await new Promise(setImmediate);
    await retention.close();
    assert.equal(asked, 2);
  });

  it('lets go when closed, however much is left', async () => {
    let asked = 0;
    const endless = {
      pruneRooms: async () => {
        asked += 1;
        await new Promise(setImmediate);
        return true;
      },
    };
    const retention = new Retention({ store: endless, days: 1, clock });
    while (asked < 3) await new Promise(setImmediate);
    await retention.close();
    const then = asked;
    await new Promise(setImmediate);
    assert.equal(asked, then);
  });
});

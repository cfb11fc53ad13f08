import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { GiftCatalogue, ParticipantId, RoomId } from '../../../src/protocol/index.ts';
import { COMBO_MS, DEFAULT_GIFTS } from '../../../src/protocol/index.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const HEART = { giftId: 'heart', price: 1, count: 1, to: null };
const ROSE = { giftId: 'rose', price: 5, count: 1, to: null };
const launch = 'launch' as RoomId;

describe('gifts', () => {
  let server: TestServer;
  let credits = 0;

  beforeEach(async () => {
    server = await TestServer.start();
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await assertLedger(server);
    await server.stop();
  });

  const credit = async (ownerId: string, amount: number, on = server) => {
    credits += 1;
    const draft = { ownerId: ownerId as ParticipantId, amount, key: `credit-${credits}`, note: null, at: 0 };
    await on.store.features.ledger.credit(draft);
  };
  const balanceOf = async (ownerId: string, on = server) =>
    (await on.store.features.ledger.loadWallet(ownerId as ParticipantId)).balance.amount;
  const giftsOf = async (client: JoinedClient) => (await client.ask('getGifts', {})).totals.gifts;

  it('[G2] [G3] are charged, told to everyone and answered', async () => {
    await credit('ada', 100);
    const [ada, bob] = await Promise.all([server.join('ada'), server.join('bob')]);
    const { gift } = await ada.ask('sendGift', { ...ROSE, count: 3 });
    assert.deepEqual(gift, {
      id: gift.id,
      index: 0,
      item: DEFAULT_GIFTS.items[1],
      count: 3,
      amount: 15,
      combo: 3,
      from: { id: 'ada', name: 'ada', role: 'viewer' },
      to: null,
      sentAt: server.clock.now(),
    });
    const told = await bob.event('giftSent');
    assert.deepEqual(told, {
      gift,
      totals: { gifts: 1, amount: 15 },
      gifter: { id: 'ada', name: 'ada', amount: 15, gifts: 1 },
    });
    assert.equal(await balanceOf('ada'), 85);
  });

  it('[G2] go to somebody else who is in the room, whose earnings grow', async () => {
    await credit('ada', 100);
    const ada = await server.join('ada');
    await server.join('hedy', { role: 'host' });
    const { gift } = await ada.ask('sendGift', { ...ROSE, to: 'hedy' });
    assert.deepEqual(gift.to, { id: 'hedy', name: 'hedy' });
    const { balance, earned } = await server.store.features.ledger.loadWallet('hedy' as ParticipantId);
    assert.deepEqual([balance.amount, earned], [0, 5]);
  });

  describe('[G1] [G2] that are forged have a typed error and no effect:', () => {
    const forgeries: Readonly<Record<string, readonly [data: object, code: string]>> = {
      'more than the wallet holds': [{ ...ROSE, count: 3 }, 'insufficientFunds'],
      'an unknown gift': [{ ...HEART, giftId: 'castle' }, 'notFound'],
      'a property of every object': [{ ...HEART, giftId: 'constructor' }, 'notFound'],
      'a property of no name': [{ ...HEART, giftId: '__proto__' }, 'badRequest'],
      'a price of before': [{ ...ROSE, price: 1 }, 'conflict'],
      'a negative price': [{ ...HEART, price: -1 }, 'badRequest'],
      'a price of nothing': [{ ...HEART, price: 0 }, 'badRequest'],
      'a negative count': [{ ...HEART, count: -1 }, 'badRequest'],
      'a count of nothing': [{ ...HEART, count: 0 }, 'badRequest'],
      'half a gift': [{ ...HEART, count: 0.5 }, 'badRequest'],
      'too many': [{ ...HEART, count: 101 }, 'badRequest'],
      'a count beyond what is exact': [{ ...HEART, count: 2 ** 53 }, 'badRequest'],
      'a count in words': [{ ...HEART, count: '1' }, 'badRequest'],
      'a stranger': [{ ...HEART, to: 'nobody' }, 'notFound'],
      oneself: [{ ...HEART, to: 'ada' }, 'badRequest'],
      'no recipient': [{ giftId: 'heart', price: 1, count: 1 }, 'badRequest'],
    };
    for (const [name, [data, code]] of Object.entries(forgeries)) {
      it(name, async () => {
        await credit('ada', 10);
        const ada = await server.join('ada');
        const { error } = await ada.request('sendGift', data);
        assert.equal(error?.code, code);
        await ada.settle();
        assert.deepEqual(ada.eventsNamed('giftSent'), []);
        assert.equal(await balanceOf('ada'), 10);
        assert.equal(await giftsOf(ada), 0);
      });
    }

    it('a sender whom the frame names', async () => {
      await credit('bob', 10);
      const ada = await server.join('ada');
      await server.join('bob');
      const { error } = await ada.request('sendGift', { ...HEART, from: { id: 'bob' }, senderId: 'bob' });
      assert.equal(error?.code, 'insufficientFunds');
      assert.equal(await balanceOf('bob'), 10);
    });
  });

  it('[G3] [Q2] are given once for a key, however often it is sent', async () => {
    await credit('ada', 100);
    const ada = await server.join('ada');
    const ids = Array.from({ length: 10 }, () => ada.sendRequest('sendGift', ROSE, 'the-same-key'));
    const replies = await Promise.all(ids.map((id) => ada.reply(id)));
    for (const { data } of replies) assert.deepEqual(data, replies[0]!.data);
    assert.deepEqual(await ada.ask('sendGift', { ...HEART, count: 7 }, 'the-same-key'), replies[0]!.data);
    await ada.settle();
    assert.equal(ada.eventsNamed('giftSent').length, 1);
    assert.equal(await balanceOf('ada'), 95);
  });

  it('[G1] are paid for out of what is there, when all come at once', async () => {
    await credit('ada', 12);
    const ada = await server.join('ada');
    const codes = await Promise.all(Array.from({ length: 5 }, () => ada.codeOf('sendGift', ROSE)));
    assert.deepEqual(codes, [null, null, 'insufficientFunds', 'insufficientFunds', 'insufficientFunds']);
    assert.equal(await balanceOf('ada'), 2);
    assert.deepEqual(
      ada.eventsNamed('giftSent').map(({ gift }) => gift.index),
      [0, 1],
    );
  });

  it('[G3] [G4] [G6] are there after a restart, keys and all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ils-gifts-'));
    const start = () => TestServer.start({ store: SqliteRoomStore.open(join(folder, 'rooms.db')) });
    const before = await start();
    await credit('ada', 100, before);
    const ada = await before.join('ada');
    const host = await before.join('hedy', { role: 'host' });
    await ada.ask('sendGift', ROSE);
    await host.ask('setGiftGoal', { goal: { title: 'A new microphone', target: 50 } });
    const first = await ada.ask('sendGift', { ...HEART, to: 'hedy' }, 'the-same-key');
    const whole = await ada.ask('getGifts', {});
    await before.stop();

    const after = await start();
    const again = await after.join('ada');
    assert.deepEqual(await again.ask('getGifts', {}), whole);
    assert.deepEqual(await again.ask('sendGift', ROSE, 'the-same-key'), first);
    await again.settle();
    assert.deepEqual(again.eventsNamed('giftSent'), []);
    assert.equal(await balanceOf('ada', after), 94);
    const { gift } = await again.ask('sendGift', HEART);
    assert.equal(gift.index, 2);
    assert.deepEqual((await again.ask('getGifts', {})).goal, { title: 'A new microphone', target: 50, since: 5 });
    await assertLedger(after);
    await after.stop();
    await rm(folder, { recursive: true });
  });

  it('[G5] go on with a combo for 5 s, each kind and recipient with its own', async () => {
    await credit('ada', 100);
    const ada = await server.join('ada');
    await server.join('hedy', { role: 'host' });
    const comboOf = async (data: object) => (await ada.ask('sendGift', { ...HEART, ...data })).gift.combo;
    assert.equal(await comboOf({}), 1);
    assert.equal(await comboOf({ count: 2 }), 3);
    assert.equal(await comboOf({ to: 'hedy' }), 1);
    assert.equal(await comboOf(ROSE), 1);
    assert.equal(await comboOf({}), 4);
    await server.elapse(COMBO_MS, ada);
    assert.equal(await comboOf({}), 5);
    await server.elapse(COMBO_MS + 1, ada);
    assert.equal(await comboOf({}), 1);
  });

  it('[G4] [G6] sum up for every client as they do on the server', async () => {
    const people = Array.from({ length: 13 }, (_, index) => `p${index}`);
    const clients = await Promise.all(people.map((id) => server.join(id)));
    for (const [index, client] of clients.entries()) {
      await credit(people[index]!, 1_000);
      await client.ask('sendGift', { ...HEART, count: 1 + ((index * 5) % 7) });
    }
    await clients[3]!.ask('sendGift', { ...ROSE, count: 4 });
    const { totals, top, latest } = await clients[0]!.ask('getGifts', {});
    const gifts = clients[0]!.eventsNamed('giftSent');
    assert.equal(gifts.length, people.length + 1);
    assert.deepEqual(gifts.at(-1)?.totals, totals);
    assert.equal(
      gifts.reduce((sum, { gift }) => sum + gift.amount, 0),
      totals.amount,
    );
    assert.deepEqual(
      latest,
      gifts.map(({ gift }) => gift),
    );
    assert.equal(top.length, 10);
    assert.equal(top[0]?.id, 'p3');
    const stored = await server.store.features.gifts.loadGifts(launch);
    assert.deepEqual(stored.top, top);
  });

  it('[G7] tell a balance to its owner alone, in whatever room they are', async () => {
    const [ada, elsewhere, bob] = await Promise.all([
      server.join('ada'),
      server.join('ada', { room: 'elsewhere' }),
      server.join('bob'),
    ]);
    await credit('ada', 10);
    await ada.ask('sendGift', HEART);
    for (const client of [ada, elsewhere]) {
      await client.until(() => client.signals('giftBalanceChanged').length === 2, 'both balances');
      const [credited, spent] = client.signals('giftBalanceChanged');
      assert.deepEqual([credited?.balance.amount, spent?.balance.amount], [10, 9]);
      assert.ok(spent!.balance.version > credited!.balance.version);
      assert.deepEqual((await client.ask('getGifts', {})).balance, spent?.balance);
    }
    await bob.settle();
    assert.deepEqual(bob.signals('giftBalanceChanged'), []);
    assert.equal((await bob.ask('getGifts', {})).balance?.amount, 0);
    assert.ok(!JSON.stringify(bob.frames).includes('"amount":9'));
  });

  it('[G6] count towards a goal from when it was set', async () => {
    await credit('ada', 100);
    const ada = await server.join('ada');
    const host = await server.join('hedy', { role: 'host' });
    await ada.ask('sendGift', ROSE);
    await host.ask('setGiftGoal', { goal: { title: 'Encore', target: 20 } });
    const { goal } = await ada.event('giftGoalChanged');
    assert.deepEqual(goal, { title: 'Encore', target: 20, since: 5 });
    await host.ask('setGiftGoal', { goal: null });
    assert.equal((await ada.ask('getGifts', {})).goal, null);
    for (const wrong of [
      { title: '', target: 5 },
      { title: 'x', target: 0 },
      { title: 'x', target: 1.5 },
    ]) {
      assert.equal(await host.codeOf('setGiftGoal', { goal: wrong }), 'badRequest');
    }
  });

  it('[G2] keep to the catalogue of the room as it stands', async () => {
    await credit('ada', 100);
    const ada = await server.join('ada');
    await ada.ask('sendGift', ROSE);
    const catalogue: GiftCatalogue = {
      unit: 'stars',
      items: [{ id: 'rose', name: 'Rose', price: 6, art: '🌹', animation: 'rise' }],
    };
    const room = await server.rooms.open(launch);
    await room.features.gifts.setCatalogue(catalogue);
    assert.deepEqual((await ada.event('giftCatalogueChanged')).catalogue, catalogue);
    assert.equal(await ada.codeOf('sendGift', ROSE), 'conflict');
    assert.equal(await ada.codeOf('sendGift', HEART), 'notFound');
    const { gift } = await ada.ask('sendGift', { ...ROSE, price: 6 });
    assert.equal(gift.amount, 6);
    assert.deepEqual((await ada.ask('getGifts', {})).latest[0]?.item, DEFAULT_GIFTS.items[1]);
  });

  describe('[G1] the ledger', () => {
    it('credits once for a key, and tells another use of it', async () => {
      const { ledger } = server.store.features;
      const draft = { ownerId: 'ada' as ParticipantId, amount: 10, key: 'order-1', note: 'card', at: 1 };
      const first = await ledger.credit(draft);
      const again = await ledger.credit(draft);
      assert.deepEqual([first.repeated, again.repeated, again.number], [false, true, first.number]);
      assert.equal(again.balance.amount, 10);
      for (const change of [{ amount: 11 }, { ownerId: 'bob' as ParticipantId }]) {
        await assert.rejects(ledger.credit({ ...draft, ...change }), { code: 'conflict' });
      }
      assert.equal(await balanceOf('ada'), 10);
      assert.equal(await balanceOf('bob'), 0);
    });

    it('counts no further than what is exact', async () => {
      await credit('ada', Number.MAX_SAFE_INTEGER - 5);
      await credit('ada', 5);
      await assert.rejects(credit('ada', 1), { code: 'conflict' });
      await assert.rejects(credit('bob', 1), { code: 'conflict' });
      assert.equal(await balanceOf('ada'), Number.MAX_SAFE_INTEGER);
      assert.equal(await balanceOf('bob'), 0);
    });
  });
});

/** Every transaction sums to zero, every balance is the sum of its entries, and so all balances sum to zero. */
async function assertLedger({ store }: TestServer): Promise<void> {
  const { ledger } = store.features;
  const transactions = await ledger.listLedger({ account: undefined, before: Number.MAX_SAFE_INTEGER, limit: 10_000 });
  for (const { entries } of transactions) {
    assert.equal(entries.length, 2);
    assert.equal(entries[0]!.amount + entries[1]!.amount, 0);
  }
}

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { Receiver } from '../webhooks/receiver.ts';
import { ApiClient } from './api-client.ts';
import { joinRoom, startTestServer, type TestServer } from './test-server.ts';

const ROSE = { id: 'rose', name: 'Rose', price: 6, art: '🌹', animation: 'rise' };

describe('gifts and wallets by REST', () => {
  const receiver = new Receiver();
  const path = { roomId: 'launch' };
  const ada = { participantId: 'ada' };
  let server: TestServer;
  let api: ApiClient;

  before(async () => {
    const url = await receiver.listen();
    server = await startTestServer({
      webhookUrls: [url],
      webhookSecret: `whsec_${randomBytes(32).toString('base64')}`,
    });
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
  });

  after(async () => {
    await server.close();
    await receiver.close();
  });

  it('[G1] credit a wallet once for a key, and never without one', async () => {
    const credit = (body: object, key?: string) =>
      api.call('creditWallet', { path: ada, body, headers: key === undefined ? {} : { 'idempotency-key': key } });
    assert.equal((await credit({ amount: 10 }, 'order-1')).status, 201);
    assert.equal((await credit({ amount: 10 }, 'order-1')).status, 200);
    assert.equal((await credit({ amount: 11 }, 'order-1')).status, 409);
    assert.equal((await credit({ amount: 10 })).status, 400);
    for (const amount of [0, -1, 0.5, 2 ** 53]) assert.equal((await credit({ amount }, 'order-2')).status, 400);
    assert.deepEqual((await api.call('getWallet', { path: ada })).body, { ...ada, balance: 10, earned: 0 });
  });

  it('[G2] [G6] set the catalogue and the goal of a room, and read them', async () => {
    const catalogue = { unit: 'stars', items: [ROSE] };
    assert.deepEqual((await api.call('setGiftCatalogue', { path, body: catalogue })).body, catalogue);
    assert.deepEqual((await api.call('getGiftCatalogue', { path })).body, catalogue);
    const twice = { unit: 'stars', items: [ROSE, ROSE] };
    assert.equal((await api.call('setGiftCatalogue', { path, body: twice })).status, 400);
    const goal = { title: 'Encore', target: 20 };
    assert.deepEqual((await api.call('setGiftGoal', { path, body: { goal } })).body, { goal: { ...goal, since: 0 } });
  });

  it('[G3] list what was given, its totals and its ledger, and tell the site once', async () => {
    const { body } = await api.call('mintToken', { path, body: { role: 'viewer', participantId: 'ada', name: 'Ada' } });
    const client = await joinRoom(server.origin, 'launch', body.token);
    const data = { giftId: 'rose', price: 6, count: 1, to: null };
    client.socket.send(JSON.stringify({ type: 'request', id: 1, key: 'gift-key-1', name: 'sendGift', data }));
    await client.next('reply');
    client.socket.terminate();
    const listed = (await api.call('listGifts', { path })).body as object as { gifts: { id: string }[] };
    assert.equal(listed.gifts.length, 1);
    const { totals } = (await api.call('getGiftTotals', { path })).body as object as { totals: object };
    assert.deepEqual(totals, { gifts: 1, amount: 6 });
    const ledger = (await api.call('listLedger', { query: { account: 'wallet:ada' } })).body as object as {
      transactions: { kind: string; entries: { amount: number }[] }[];
    };
    assert.deepEqual(
      ledger.transactions.map(({ kind, entries }) => [kind, entries.map(({ amount }) => amount)]),
      [
        ['gift', [-6, 6]],
        ['credit', [-10, 10]],
      ],
    );
    const isTold = () => receiver.received.filter(({ body: told }) => told.includes('"gift.sent"'));
    for (let heard = 1; isTold().length === 0; heard += 1) await receiver.count(heard);
    assert.equal(isTold().length, 1);
    assert.equal(JSON.parse(isTold()[0]!.body).data.gift.id, listed.gifts[0]?.id);
  });

  it('name no answer that was not seen here', async () => {
    const nowhere = { roomId: 'nowhere' };
    const catalogue = { unit: 'stars', items: [] };
    const calls = [
      ['listGifts', {}],
      ['getGiftTotals', {}],
      ['getGiftCatalogue', {}],
      ['setGiftCatalogue', { body: catalogue }],
      ['setGiftGoal', { body: { goal: null } }],
    ] as const;
    await api.call('createRoom', { body: { id: 'over' } });
    await api.call('endRoom', { path: { roomId: 'over' } });
    for (const [operation, call] of calls) {
      assert.equal((await api.call(operation, { ...call, path: nowhere })).status, 404);
      assert.equal((await api.call(operation, { ...call, path: { roomId: 'no room' } })).status, 400);
      assert.equal((await api.call(operation, { ...call, path, key: null })).status, 401);
      await api.call(operation, { ...call, path: { roomId: 'over' } });
    }
    for (const [operation, headers] of [
      ['creditWallet', { 'idempotency-key': 'order-9' }],
      ['setGiftCatalogue', {}],
      ['setGiftGoal', {}],
    ] as const) {
      const at = { ...path, ...ada };
      const tooLarge = await api.call(operation, { path: at, headers, body: { note: 'x'.repeat(2_000_000) } });
      assert.equal(tooLarge.status, 413);
      const text = { ...headers, 'content-type': 'application/xml' };
      assert.equal((await api.call(operation, { path: at, headers: text, body: 'x' })).status, 415);
    }
    for (const operation of ['getWallet', 'creditWallet', 'listLedger']) {
      assert.equal((await api.call(operation, { path: ada, key: null })).status, 401);
    }
    assert.equal((await api.call('getWallet', { path: { participantId: 'no body' } })).status, 400);
    assert.equal((await api.call('listLedger', { query: { limit: '0' } })).status, 400);
    assert.deepEqual(api.unseen(['gifts', 'wallets']), []);
  });
});

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { GiftItem, ParticipantId, RoleName, RoomId } from '../../../src/protocol/index.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import { SqliteChargeStore } from '../../../server/src/store/sqlite/sqlite-charge-store.ts';
import { SqliteFile } from '../../../server/src/store/sqlite/sqlite-file.ts';
import { ExternalWallet } from '../../../server/src/wallet/external-wallet.ts';
import { ApiClient } from '../http/api-client.ts';
import { joinRoom, startTestServer } from '../http/test-server.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { Receiver, type Received } from '../webhooks/receiver.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const ROSE: GiftItem = { id: 'rose', name: 'Rose', price: 6, art: '🌹', animation: 'rise' };
const ORDER: Parameters<ExternalWallet['charge']>[0] = {
  roomId: 'launch' as RoomId,
  id: 'gift-1',
  key: 'gift-key-1',
  item: ROSE,
  count: 2,
  amount: 12,
  from: { id: 'ada' as ParticipantId, name: 'Ada', role: 'viewer' as RoleName },
  to: null,
};

describe('wallets of the site', () => {
  let clock: ManualClock;
  let file: SqliteFile;
  let store: SqliteChargeStore;
  let site: Receiver;
  let url: string;
  let wallet: ExternalWallet;

  const open = (timeoutMs = 8_000) => new ExternalWallet({ url, secret, timeoutMs, store, clock, logger: noLogger });
  const charge = () => wallet.charge(ORDER);
  const typesOf = (received: readonly Received[]) => received.map(({ body }) => JSON.parse(body).type);
  const owed = () => store.dueRefunds(Number.MAX_SAFE_INTEGER, 100);
  /** Until a refund that failed is put off, or nothing is owed. */
  const settled = async (attempts: number) => {
    for (;;) {
      const [charged] = await owed();
      const isPutOff = charged?.attempts === attempts && clock.waiting > 0;
      if (attempts === 0 ? charged === undefined : isPutOff) return;
      await nextTurn();
    }
  };

  beforeEach(async () => {
    clock = new ManualClock(Date.now());
    file = new SqliteFile(':memory:', noLogger);
    store = new SqliteChargeStore(file);
    site = new Receiver();
    url = await site.listen();
    wallet = open();
  });

  afterEach(async () => {
    await wallet.close();
    await site.close();
    file.close();
  });

  it('[G7] are asked by a signed webhook that says who pays how much for what', async () => {
    const id = await charge();
    const [{ headers, body }] = (await site.count(1)) as [Received];
    new Webhook(secret).verify(body, headers as Record<string, string>);
    assert.throws(() => new Webhook(`whsec_${randomBytes(32).toString('base64')}`).verify(body, headers as never));
    const { type, roomId, data } = JSON.parse(body);
    assert.deepEqual(
      { type, roomId, data },
      {
        type: 'wallet.charge',
        roomId: 'launch',
        data: { chargeId: id, participantId: 'ada', amount: 12, giftId: 'gift-1', itemId: 'rose', count: 2, to: null },
      },
    );
    assert.equal(headers['webhook-id'], `pay_${id}`);
    assert.deepEqual(await owed(), []);
  });

  it('[G7] that hold too little say 402, and nothing is given back', async () => {
    site.answer = 402;
    await assert.rejects(charge(), { code: 'insufficientFunds' });
    await wallet.close();
    wallet = open();
    await wallet.close();
    assert.deepEqual(typesOf(site.received), ['wallet.charge']);
  });

  it('[G7] that do not answer in time pay nothing: the charge is given back', async () => {
    await wallet.close();
    wallet = open(100);
    site.answer = null;
    const charging = charge();
    await site.count(1);
    site.answer = 204;
    await assert.rejects(charging, { code: 'unavailable' });
    const received = await site.count(2);
    assert.deepEqual(typesOf(received), ['wallet.charge', 'wallet.refund']);
    const [charged, refunded] = received.map(({ body }) => JSON.parse(body).data);
    assert.equal(refunded.chargeId, charged.chargeId);
    await settled(0);
  });

  it('[G7] that refuse the signature, or answer anything else, pay nothing', async () => {
    for (const status of [401, 302, 500]) {
      const before = site.received.length;
      site.answer = status;
      const charging = charge();
      await site.count(before + 1);
      site.answer = 204;
      await assert.rejects(charging, { code: 'unavailable' });
      assert.equal(typesOf(await site.count(before + 2)).at(-1), 'wallet.refund');
      await settled(0);
    }
  });

  it('[G7] are asked to take a charge back with the same id, ever later, until they do', async () => {
    site.answer = 503;
    await assert.rejects(charge(), { code: 'unavailable' });
    await settled(1);
    for (const [attempts, delayMs] of [
      [2, 1_000],
      [3, 5_000],
    ] as const) {
      clock.advance(delayMs - 1);
      await nextTurn();
      clock.advance(1);
      await settled(attempts);
    }
    site.answer = 200;
    clock.advance(30_000);
    await settled(0);
    const refunds = site.received.filter(({ body }) => JSON.parse(body).type === 'wallet.refund');
    assert.equal(refunds.length, 4);
    assert.equal(new Set(refunds.map(({ headers }) => headers['webhook-id'])).size, 1);
    assert.match(String(refunds[0]?.headers['webhook-id']), /^refund_charge_/);
  });

  it('[G7] get back what was under way when the server went down, once', async () => {
    const id = await charge();
    await store.openCharge({
      id: 'charge_before',
      roomId: 'launch',
      participantId: 'ada',
      amount: 5,
      refunding: false,
      dueAt: clock.now(),
      attempts: 0,
    });
    // A gift came of the first, in the transaction that stores it.
    await store.closeCharge(id);
    await wallet.close();
    wallet = open();
    await site.count(2);
    await settled(0);
    await wallet.close();
    wallet = open();
    await wallet.close();
    const refunds = site.received.map(({ body }) => JSON.parse(body)).filter(({ type }) => type === 'wallet.refund');
    assert.deepEqual(
      refunds.map(({ data }) => data),
      [{ chargeId: 'charge_before', participantId: 'ada', amount: 5 }],
    );
  });
});

describe('a room whose gifts the site pays for', () => {
  it('[G3] charges once, however often a gift is sent, also by one who left and came back', async () => {
    const site = new Receiver();
    const walletUrl = await site.listen();
    const server = await startTestServer({ walletUrl, webhookSecret: secret });
    try {
      const api = await ApiClient.open(server.origin);
      const path = { roomId: 'launch' };
      await api.call('createRoom', { body: { id: 'launch' } });
      await api.call('setGiftCatalogue', { path, body: { unit: 'stars', items: [ROSE] } });
      const give = async () => {
        const { body } = await api.call('mintToken', { path, body: { role: 'viewer', participantId: 'ada' } });
        const client = await joinRoom(server.origin, 'launch', body.token);
        const data = { giftId: 'rose', price: 6, count: 1, to: null };
        client.socket.send(JSON.stringify({ type: 'request', id: 1, key: 'gift-key-1', name: 'sendGift', data }));
        const reply = await client.next('reply');
        client.socket.send(JSON.stringify({ type: 'request', id: 2, key: 'leave-key-1', name: 'leave', data: {} }));
        await client.closed;
        return JSON.stringify(reply['data']);
      };
      const first = await give();
      // They left: the room itself remembers nothing of them, the store does.
      assert.equal(await give(), first);
      assert.deepEqual(
        site.received.map(({ body }) => JSON.parse(body).type),
        ['wallet.charge'],
      );
    } finally {
      await server.close();
      await site.close();
    }
  });
});

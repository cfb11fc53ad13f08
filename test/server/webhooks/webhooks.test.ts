import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { RoomId } from '../../../src/protocol/index.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import { SqliteFile } from '../../../server/src/store/sqlite/sqlite-file.ts';
import { SqliteWebhookStore } from '../../../server/src/store/sqlite/sqlite-webhook-store.ts';
import { Webhooks } from '../../../server/src/webhooks/webhooks.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { Receiver, type Received } from './receiver.ts';

const key = randomBytes(32);
const secret = `whsec_${key.toString('base64')}`;
const room = 'launch' as RoomId;

/** As Standard Webhooks 1.0 describes it, by hand. */
function assertSigned({ headers, body }: Received): void {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  const expected = createHmac('sha256', key)
    .update(`${String(id)}.${String(timestamp)}.${body}`)
    .digest('base64');
  assert.equal(signature, `v1,${expected}`);
}

describe('webhooks', () => {
  let clock: ManualClock;
  let file: SqliteFile;
  let store: SqliteWebhookStore;
  let receiver: Receiver;
  let url: string;
  let webhooks: Webhooks;
  let attempts: string[];
  let onAttempt = () => {};

  const start = (urls: readonly string[]) =>
    new Webhooks({
      urls,
      secret,
      store,
      clock,
      logger: noLogger,
      onAttempt: (outcome) => {
        attempts.push(outcome);
        onAttempt();
      },
    });
  const attempted = async (count: number) => {
    while (attempts.length < count) await new Promise<void>((resolve) => (onAttempt = resolve));
  };
  /** Until all is stored and nothing waits that is due. */
  const settled = async (state: 'delivered' | 'failed' | 'waiting', count: number) => {
    for (;;) {
      const all = await store.listDeliveries({ state, roomId: undefined, before: 1e9, limit: 1_000 });
      if (all.length === count && (state !== 'waiting' || all.every(({ at }) => at > clock.now()))) return all;
      await nextTurn();
    }
  };

  beforeEach(async () => {
    clock = new ManualClock();
    file = new SqliteFile(':memory:', noLogger);
    store = new SqliteWebhookStore(file);
    receiver = new Receiver();
    url = await receiver.listen();
    attempts = [];
    webhooks = start([url]);
  });

  afterEach(async () => {
    await webhooks.close();
    await receiver.close();
    file.close();
  });

  it('are signed, and say what happened, where and when', async () => {
    webhooks.announce('room.ended', room, { endedBy: 'ada' });
    const [first] = await receiver.count(1);
    assert.ok(first);
    assertSigned(first);
    const body = JSON.parse(first.body);
    assert.deepEqual(body, {
      id: body.id,
      type: 'room.ended',
      roomId: room,
      at: clock.now(),
      data: { endedBy: 'ada' },
    });
    assert.equal(first.headers['webhook-id'], body.id);
    assert.equal(first.headers['webhook-timestamp'], String(clock.now() / 1_000));
    assert.equal(first.headers['content-type'], 'application/json');
    await settled('delivered', 1);
  });

  it('come in the order of their room', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `host ${index}`);
    for (const endedBy of names) webhooks.announce('room.ended', room, { endedBy });
    const received = await receiver.count(50);
    assert.deepEqual(
      received.map(({ body }) => JSON.parse(body).data.endedBy),
      names,
    );
  });

  it('are repeated with the same id, ever later, until they are taken', async () => {
    receiver.answer = 500;
    webhooks.announce('room.reopened', room, {});
    await settled('waiting', 1);
    receiver.answer = 302;
    clock.advance(5_000);
    await attempted(2);
    await settled('waiting', 1);
    clock.advance(5_000);
    assert.equal(receiver.received.length, 2);
    receiver.answer = 200;
    clock.advance(25_000);
    const [delivered] = await settled('delivered', 1);
    assert.equal(delivered?.attempts, 3);
    assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 1);
    for (const each of receiver.received) assertSigned(each);
    assert.deepEqual(attempts, ['retried', 'retried', 'delivered']);
  });

  it('fail for good after about a day, say why, and can be sent again', async () => {
    receiver.answer = 503;
    webhooks.announce('room.reopened', room, {});
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await settled('waiting', 1);
      clock.advance(12 * 3_600_000);
      await attempted(attempt + 1);
    }
    const [failed] = await settled('failed', 1);
    assert.equal(failed?.failure, 'answered 503');
    assert.equal(failed?.attempts, 9);
    receiver.answer = 204;
    assert.equal(await store.replayDelivery(failed.number, clock.now()), true);
    webhooks.wake();
    await settled('delivered', 1);
    assert.equal(await store.replayDelivery(999, clock.now()), false);
  });

  it('are sent again where that was asked for during an attempt', async () => {
    const now = clock.now();
    const draft = {
      id: 'one',
      url: 'http://127.0.0.1:9/hooks',
      type: 'room.reopened',
      roomId: room,
      body: '{}',
      createdAt: now,
    };
    await store.addDeliveries([draft]);
    const [attempt] = await store.dueDeliveries(draft.url, now, 1);
    assert.ok(attempt);
    await store.replayDelivery(attempt.number, now + 1);
    await store.saveOutcome({ ...attempt, dueAt: attempt.at, attempts: 1, state: 'delivered', at: now + 2 });
    const [again] = await store.dueDeliveries(draft.url, now + 1, 1);
    assert.deepEqual(again, { ...attempt, at: now + 1 });
  });

  it('outlive the server', async () => {
    receiver.answer = null;
    webhooks.announce('room.reopened', room, {});
    await receiver.count(1);
    await webhooks.close();
    assert.deepEqual(attempts, []);
    receiver.answer = 204;
    webhooks = start([url]);
    const received = await receiver.count(2);
    assert.equal(received[0]?.body, received[1]?.body);
    await settled('delivered', 1);
  });

  it('to one address do not wait for another', async () => {
    const other = new Receiver();
    other.answer = null;
    const second = start([await other.listen(), url]);
    second.announce('room.ended', room, { endedBy: null });
    second.announce('room.reopened', room, {});
    await receiver.count(2);
    await second.close();
    await other.close();
  });

  it('say so where nobody listens, and are forgotten a week after they were settled', async () => {
    await receiver.close();
    webhooks.announce('room.reopened', room, {});
    const [waiting] = await settled('waiting', 1);
    assert.equal(waiting?.failure, 'not reached: ECONNREFUSED');
    await store.saveOutcome({ ...waiting, dueAt: waiting.at, state: 'failed', at: clock.now() });
    await store.pruneDeliveries(clock.now());
    await settled('failed', 1);
    await store.pruneDeliveries(clock.now() + 1);
    await settled('failed', 0);
  });
});

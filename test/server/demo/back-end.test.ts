import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createBackEnd } from '../../../demo/back-end/back-end.ts';
import { API_KEY, joinRoom, startTestServer, type TestServer } from '../http/test-server.ts';
import { ApiClient } from '../http/api-client.ts';

const createSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const PAID = { orderId: 'order-1', participantId: 'ada', amount: 50 };
const ROSE = { id: 'rose', name: 'Rose', price: 6, art: '🌹', animation: 'rise' };

describe('the back end of the demo', () => {
  const path = { roomId: 'launch' };
  const webhookSecret = createSecret();
  const paymentSecret = createSecret();
  let handle: RequestListener;
  /** What it answered, and to what. */
  const answered: { readonly id: unknown; readonly status: number }[] = [];
  let wake = () => {};
  const backEnd = createServer((request, response) => {
    response.once('finish', () => {
      answered.push({ id: request.headers['webhook-id'], status: response.statusCode });
      wake();
    });
    handle(request, response);
  });
  let origin: string;
  let server: TestServer;
  let api: ApiClient;

  before(async () => {
    await new Promise<void>((resolve) => backEnd.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}`;
    handle = (_, response) => response.writeHead(503).end();
    server = await startTestServer({ webhookUrls: [`${origin}/hooks`], webhookSecret });
    handle = createBackEnd({ origin: server.origin, apiKey: API_KEY, webhookSecret, paymentSecret });
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
    await api.call('setGiftCatalogue', { path, body: { unit: 'stars', items: [ROSE] } });
  });
  after(async () => {
    await server.close();
    backEnd.closeAllConnections();
    await new Promise((resolve) => backEnd.close(resolve));
  });

  const pay = async (payment: object, { secret = paymentSecret, at = Date.now(), sent = payment } = {}) => {
    const timestamp = String(Math.floor(at / 1_000));
    const signed = `pay-1.${timestamp}.${JSON.stringify(payment)}`;
    const signature = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
      .update(signed)
      .digest('base64');
    const headers = {
      'webhook-id': 'pay-1',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${randomBytes(32).toString('base64')} v1,${signature}`,
    };
    const { status } = await fetch(`${origin}/payments`, { method: 'POST', headers, body: JSON.stringify(sent) });
    return status;
  };
  const balance = async () => {
    const { body } = await api.call('getWallet', { path: { participantId: 'ada' } });
    const wallet: object = body;
    return (wallet as { balance: number }).balance;
  };
  const thanks = async () => (await api.call('readChat', { path })).body.messages.map(({ text }) => text);
  /** Once so many posts were answered, of all or with one id. */
  const told = async (count: number, id?: string) => {
    for (;;) {
      const found = answered.filter((each) => id === undefined || each.id === id);
      if (found.length >= count) return found;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const listTold = async () => {
    const query = { roomId: 'launch', state: 'delivered' };
    const { deliveries } = (await api.call('listWebhookDeliveries', { query })).body;
    return deliveries.find(({ type }) => type === 'gift.sent');
  };

  it('believes nobody who does not know the secret, or knew it long ago', async () => {
    assert.equal(await pay(PAID, { secret: createSecret() }), 401);
    assert.equal(await pay(PAID, { secret: webhookSecret }), 401);
    assert.equal(await pay(PAID, { sent: { ...PAID, amount: 5_000 } }), 401);
    assert.equal(await pay(PAID, { at: Date.now() - 6 * 60_000 }), 401);
    assert.equal(await pay(PAID, { at: Date.now() + 6 * 60_000 }), 401);
    const body = JSON.stringify({ type: 'gift.sent', roomId: 'launch', data: {} });
    assert.equal((await fetch(`${origin}/hooks`, { method: 'POST', body })).status, 401);
    assert.equal((await fetch(`${origin}/hooks`)).status, 405);
    assert.equal(await balance(), 0);
  });

  it('credits a wallet once for an order', async () => {
    assert.equal(await pay(PAID), 204);
    assert.equal(await pay(PAID), 204);
    assert.equal(await pay({ ...PAID, amount: 60 }), 409);
    assert.equal(await pay({ ...PAID, orderId: 'order-2', amount: -1 }), 400);
    assert.equal(await balance(), 50);
  });

  it('thanks in the chat once for a gift, also when it is told again', async () => {
    const { body } = await api.call('mintToken', { path, body: { role: 'viewer', participantId: 'ada', name: 'Ada' } });
    const client = await joinRoom(server.origin, 'launch', body.token);
    const data = { giftId: 'rose', price: 6, count: 2, to: null };
    client.socket.send(JSON.stringify({ type: 'request', id: 1, key: 'gift-key-1', name: 'sendGift', data }));
    for (let heard = 1; (await thanks()).length === 0; heard += 1) await told(heard);
    assert.deepEqual(await thanks(), ['Thank you, Ada, for 2 × 🌹 Rose!']);
    assert.equal(await balance(), 38);
    let delivery = await listTold();
    while (delivery === undefined) delivery = await listTold();
    const { number, id } = delivery;
    assert.equal((await api.call('replayWebhookDelivery', { path: { number: String(number) } })).status, 202);
    assert.deepEqual(await told(2, id), [
      { id, status: 204 },
      { id, status: 204 },
    ]);
    assert.equal((await thanks()).length, 1);
    client.socket.terminate();
  });
});

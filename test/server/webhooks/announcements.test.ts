import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ApiClient } from '../http/api-client.ts';
import { joinRoom, startTestServer, type TestServer } from '../http/test-server.ts';
import { Receiver } from './receiver.ts';

describe('what a site is told', () => {
  const receiver = new Receiver();
  let server: TestServer;
  let api: ApiClient;
  let url: string;

  before(async () => {
    url = await receiver.listen();
    server = await startTestServer({
      webhookUrls: [url],
      webhookSecret: `whsec_${randomBytes(32).toString('base64')}`,
    });
    api = await ApiClient.open(server.origin);
  });

  after(async () => {
    await server.close();
    await receiver.close();
  });

  it('is the life of a room, in its order', async () => {
    const path = { roomId: 'launch' };
    await api.call('createRoom', { body: { id: 'launch', title: 'Launch' } });
    const { body } = await api.call('mintToken', { path, body: { role: 'viewer', name: 'Ada', participantId: 'ada' } });
    const client = await joinRoom(server.origin, 'launch', body.token);
    await api.call('changeRole', { path: { ...path, participantId: 'ada' }, body: { role: 'guest' } });
    client.socket.send(JSON.stringify({ type: 'request', id: 1, key: 'leave-key-1', name: 'leave', data: {} }));
    await client.closed;
    await api.call('endRoom', { path });
    await api.call('reopenRoom', { path });
    const told = (await receiver.count(6)).map(({ body: text }) => JSON.parse(text));
    const ada = { id: 'ada', name: 'Ada' };
    assert.deepEqual(
      told.map(({ type, roomId, data }) => ({ type, roomId, data })),
      [
        { type: 'room.created', data: { title: 'Launch', template: 'default' } },
        { type: 'participant.joined', data: { participant: { ...ada, role: 'viewer' } } },
        {
          type: 'participant.roleChanged',
          data: { participant: { ...ada, role: 'guest' }, previousRole: 'viewer', changedBy: null },
        },
        { type: 'participant.left', data: { participant: { ...ada, role: 'guest' }, reason: 'left' } },
        { type: 'room.ended', data: { endedBy: null } },
        { type: 'room.reopened', data: {} },
      ].map((each) => ({ ...each, roomId: 'launch' })),
    );
  });

  it('can be looked up and sent again', async () => {
    const answer = await api.call('listWebhookDeliveries', { query: { roomId: 'launch', limit: '2' } });
    assert.equal(answer.status, 200);
    const { deliveries, next } = answer.body;
    assert.deepEqual(
      deliveries.map(({ type }) => type),
      ['room.reopened', 'room.ended'],
    );
    assert.equal(deliveries[0]?.url, url);
    assert.equal(String(next), String(deliveries[1]?.number));
    const before = receiver.received.length;
    const number = String(deliveries[1]?.number);
    assert.equal((await api.call('replayWebhookDelivery', { path: { number } })).status, 202);
    const again = (await receiver.count(before + 1)).at(-1);
    assert.equal(JSON.parse(again?.body ?? '').type, 'room.ended');
    assert.equal((await api.call('replayWebhookDelivery', { path: { number: '4242' } })).status, 404);
    assert.equal((await api.call('replayWebhookDelivery', { path: { number: 'last' } })).status, 400);
    assert.equal((await api.call('replayWebhookDelivery', { path: { number }, key: null })).status, 401);
    assert.equal((await api.call('listWebhookDeliveries', { query: { state: 'lost' } })).status, 400);
    assert.equal((await api.call('listWebhookDeliveries', { key: null })).status, 401);
    assert.deepEqual(api.unseen(['webhooks']), []);
  });

  it('never holds the secret in the log', () => {
    assert.equal(server.log().includes('whsec_'), false);
  });
});

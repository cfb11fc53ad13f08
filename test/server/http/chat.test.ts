import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiClient } from './api-client.ts';
import { joinRoom, startTestServer, type TestServer } from './test-server.ts';

const SHOP = { id: 'shop', name: 'The shop', role: 'producer' };

describe('the chat by REST', () => {
  const path = { roomId: 'launch' };
  let server: TestServer;
  let api: ApiClient;

  before(async () => {
    server = await startTestServer();
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
  });
  after(() => server.close());

  it('is written in once for a key, and everybody hears it', async () => {
    const { body } = await api.call('mintToken', { path, body: { role: 'viewer', name: 'Ada' } });
    const client = await joinRoom(server.origin, 'launch', body.token);
    const send = () =>
      api.call('sendChat', { path, body: { author: SHOP, text: 'Thank you!' }, headers: { 'idempotency-key': 'one' } });
    assert.equal((await send()).status, 201);
    assert.equal((await send()).status, 201);
    for (let heard = await client.next('event'); heard['name'] !== 'chatSent'; heard = await client.next('event'));
    const { messages } = (await api.call('readChat', { path })).body;
    assert.deepEqual(
      messages.map(({ text }) => text),
      ['Thank you!'],
    );
    client.socket.terminate();
  });

  it('says what is wrong', async () => {
    const body = { author: SHOP, text: 'Hello' };
    for (const [operation, options] of [
      ['sendChat', { body }],
      ['readChat', {}],
    ] as const) {
      assert.equal((await api.call(operation, { ...options, path: { roomId: 'nowhere' } })).status, 404);
      assert.equal((await api.call(operation, { ...options, path: { roomId: 'no room' } })).status, 400);
      assert.equal((await api.call(operation, { ...options, path, key: null })).status, 401);
    }
    const nobody = { ...body, author: { ...SHOP, role: 'wizard' } };
    assert.equal((await api.call('sendChat', { path, body: nobody })).status, 404);
    assert.equal((await api.call('sendChat', { path, body: { ...body, text: ' ' } })).status, 400);
    assert.equal((await api.call('sendChat', { path, body: { text: 'x'.repeat(2_000_000) } })).status, 413);
    const headers = { 'content-type': 'application/xml' };
    assert.equal((await api.call('sendChat', { path, body: 'x', headers })).status, 415);
    await api.call('endRoom', { path });
    assert.equal((await api.call('sendChat', { path, body })).status, 410);
    // The export has a file of tests of its own.
    assert.deepEqual(
      api.unseen(['chat']).filter((answer) => !answer.startsWith('exportChat')),
      [],
    );
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiClient } from '../http/api-client.ts';
import { startTestServer, type TestServer } from '../http/test-server.ts';

const KEY = 'live_1234-secret';
const path = { roomId: 'show' };

describe('the destinations of a room', () => {
  let server: TestServer;
  let api: ApiClient;

  before(async () => {
    server = await startTestServer();
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'show' } });
  });
  after(() => server.close());

  it('are kept without giving their key away', async () => {
    const added = await api.call('addDestination', { path, body: { url: 'rtmps://live.example/app', key: KEY } });
    assert.equal(added.status, 201);
    const listed = await api.call('listDestinations', { path });
    assert.deepEqual(
      listed.body.destinations.map(({ id, state }) => ({ id, state })),
      [{ id: added.body.id, state: 'stopped' }],
    );
    assert.equal(JSON.stringify([added.body, listed.body]).includes(KEY), false);
    assert.equal(server.log().includes(KEY), false);
    const destination = { path: { ...path, destinationId: added.body.id } };
    assert.equal((await api.call('removeDestination', destination)).status, 200);
    assert.equal((await api.call('removeDestination', destination)).status, 404);
  });

  it('are eight at most', async () => {
    const body = { url: 'rtmp://live.example/app', key: KEY };
    for (let count = 0; count < 8; count += 1)
      assert.equal((await api.call('addDestination', { path, body })).status, 201);
    assert.equal((await api.call('addDestination', { path, body })).body.error?.code, 'conflict');
  });

  it('refuse what is no address, no key, no room or no API key', async () => {
    for (const [url, key] of [
      ['http://live.example/app', KEY],
      ['rtmp://live.example', KEY],
      ['rtmp://live.example/a b', KEY],
      ['rtmp://live.example/app', ''],
      ['rtmp://live.example/app', 'with space'],
    ]) {
      assert.equal((await api.call('addDestination', { path, body: { url, key } })).status, 400, `${url} ${key}`);
    }
    const nowhere = { roomId: 'nowhere' };
    const body = { url: 'rtmp://live.example/app', key: KEY };
    assert.equal((await api.call('addDestination', { path: nowhere, body })).status, 404);
    assert.equal((await api.call('listDestinations', { path: nowhere })).status, 404);
    assert.equal((await api.call('addDestination', { path, body, key: null })).status, 401);
    assert.equal((await api.call('addDestination', { path, body: 'x'.repeat(2_000_000) })).status, 413);
    const asXml = { 'content-type': 'application/xml' };
    assert.equal((await api.call('addDestination', { path, body, headers: asXml })).status, 415);
    assert.equal((await api.call('listDestinations', { path, key: null })).status, 401);
    assert.equal((await api.call('listDestinations', { path: { roomId: '!' } })).status, 400);
    const destination = { ...path, destinationId: 'x' };
    assert.equal((await api.call('removeDestination', { path: destination, key: null })).status, 401);
    assert.equal((await api.call('removeDestination', { path: { ...destination, roomId: '!' } })).status, 400);
    assert.deepEqual(api.unseen(['broadcast destinations']), []);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiClient } from './api-client.ts';
import { joinRoom, startTestServer, type TestServer } from './test-server.ts';

describe('development', () => {
  let server: TestServer;
  let api: ApiClient;

  before(async () => {
    server = await startTestServer({ dev: true });
    api = await ApiClient.open(server.origin);
  });
  after(() => server.close());

  for (const operation of ['getDevelopmentToken', 'postDevelopmentToken']) {
    it(`reopens an ended room by ${operation} for who may end it, and for nobody else`, async () => {
      const room = `ended-${operation}`;
      const ask = (role: string) => api.call(operation, { query: { room, role }, key: null });
      const host = await joinRoom(server.origin, room, (await ask('host')).body.token);
      await api.call('endRoom', { path: { roomId: room } });
      await host.next('bye');
      for (const role of ['viewer', 'guest', 'producer', 'unheard-of', 'constructor']) {
        assert.equal((await ask(role)).body.error?.code, 'roomEnded', role);
      }
      const again = await joinRoom(server.origin, room, (await ask('host')).body.token);
      const { status, body } = await ask('viewer');
      assert.equal(status, 200);
      const viewer = await joinRoom(server.origin, room, body.token);
      for (const { socket } of [again, viewer]) socket.terminate();
    });
  }
});

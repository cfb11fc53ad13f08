import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { createOriginCheck } from '../../../server/src/http/origins.ts';
import { startTestServer, type TestServer } from './test-server.ts';

describe('origins', () => {
  let server: TestServer;

  before(async () => {
    server = await startTestServer({ allowedOrigins: ['https://shop.example'] });
  });
  after(() => server.close());

  /** The status that answers the upgrade; 101 where it succeeds. */
  const open = async (origin: string | undefined, path = '/ws') => {
    const socket = new WebSocket(server.origin.replace('http', 'ws') + path, origin === undefined ? {} : { origin });
    return new Promise<number>((resolve, reject) => {
      const finish = (status: number) => {
        socket.once('close', () => resolve(status));
        socket.terminate();
      };
      let answered = false;
      socket.once('open', () => finish(101));
      socket.once('unexpected-response', (_request, response) => {
        answered = true;
        finish(response.statusCode ?? 0);
      });
      // Ending a socket that was refused is an error to it.
      socket.on('error', (error) => answered || reject(error));
    });
  };

  it('opens sockets for pages of its own and of allowed origins, and for what is no page', async () => {
    assert.equal(await open(undefined), 101);
    assert.equal(await open(server.origin), 101);
    assert.equal(await open('https://shop.example'), 101);
  });

  it('refuses sockets to pages of any other origin', async () => {
    for (const origin of ['https://evil.example', 'http://shop.example', 'https://shop.example.evil.example', 'null']) {
      assert.equal(await open(origin), 403, origin);
    }
    assert.equal(await open(undefined, '/elsewhere'), 404);
  });

  it('lets pages of allowed origins read answers, and no others', async () => {
    const preflight = (origin: string) =>
      fetch(`${server.origin}/api/v1/rooms`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight('https://shop.example');
    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://shop.example');
    assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /authorization/);
    assert.match(allowed.headers.get('vary') ?? '', /Origin/i);
    const refused = await preflight('https://evil.example');
    assert.equal(refused.headers.get('access-control-allow-origin'), null);
    const answer = await fetch(`${server.origin}/healthz`, { headers: { origin: 'https://evil.example' } });
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  });

  it('knows this machine in development, and no name that only looks like it', () => {
    const check = createOriginCheck({ allowedOrigins: [], embedOrigins: [], dev: true });
    for (const origin of ['http://localhost:6006', 'http://127.0.0.1:1', 'http://[::1]:8080']) {
      assert.equal(check(origin, 'live.example'), true, origin);
    }
    for (const origin of [
      'http://127.0.0.1.evil.example',
      'http://127.evil.example',
      'http://localhost.evil.example',
    ]) {
      assert.equal(check(origin, 'live.example'), false, origin);
    }
    assert.equal(
      createOriginCheck({ allowedOrigins: [], embedOrigins: [], dev: false })('http://localhost:6006', 'live.example'),
      false,
    );
    assert.equal(
      createOriginCheck({ allowedOrigins: ['*'], embedOrigins: [], dev: false })('null', 'live.example'),
      true,
    );
  });
});

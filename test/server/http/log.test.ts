import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLogger } from '../../../server/src/logging.ts';
import { ApiClient } from './api-client.ts';
import { API_KEY, joinRoom, startTestServer } from './test-server.ts';

const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

describe('log', () => {
  it('holds no token, key or secret, whatever is done with them, at its most talkative', async () => {
    const secret = 'the secret that signs every token here';
    const server = await startTestServer({ dev: true, secret });
    const tokens: string[] = [];
    try {
      const api = await ApiClient.open(server.origin);
      const path = { roomId: 'quiet' };
      const { body } = await api.call('mintToken', { path, body: { role: 'host' } });
      const development = await api.call('getDevelopmentToken', { query: { room: 'quiet', role: 'host' } });
      tokens.push(body.token, development.body.token);
      const client = await joinRoom(server.origin, 'quiet', body.token);
      const refresh = { type: 'request', id: 1, key: 'refresh-key', name: 'refreshToken', data: { token: body.token } };
      client.socket.send(JSON.stringify(refresh));
      await client.next('reply');
      client.socket.send('not json');
      await client.closed;
      await assert.rejects(joinRoom(server.origin, 'another-room', body.token));
      for (const address of [
        `/nothing?token=${body.token}`,
        `/dev/token?token=${body.token}`,
        `/ws?token=${body.token}`,
      ]) {
        await fetch(server.origin + address, { headers: { authorization: `Bearer ${body.token}` } });
      }
      await api.call('listRooms', { key: body.token });
      await api.call('createRoom', { body: `{"token":"${body.token}"` });
    } finally {
      await server.close();
    }
    const log = server.log();
    assert.match(log, /"path":"\/api\/v1\/rooms\/quiet\/tokens"/, 'the log is on');
    assert.doesNotMatch(log, JWT);
    for (const hidden of [...tokens, API_KEY, secret, ...tokens.map((token) => token.split('.')[2]!)]) {
      assert.ok(!log.includes(hidden), `the log holds ${hidden.slice(0, 8)}…`);
    }
  });

  it('hides what a careless line would show', () => {
    for (const logFormat of ['json', 'lines'] as const) {
      let written = '';
      const logger = createLogger({ logLevel: 'trace', logFormat }, { write: (line) => void (written += line) });
      const token = 'eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiZGVtbyJ9.c2lnbmF0dXJl';
      logger.info(
        { token, data: { token }, request: { headers: { authorization: `Bearer ${token}` } } },
        `came with ${token}`,
      );
      logger.warn({ url: `/ws?access=${token}`, secret: 'hunter2', turn: { credential: 'hunter2' } }, 'Bearer hunter2');
      logger.error({ err: new Error(`cannot use ${token}`) }, 'failed');
      assert.equal(written.split('\n').filter((line) => /came with|hunter|failed|Bearer/.test(line)).length >= 3, true);
      assert.doesNotMatch(written, JWT);
      assert.doesNotMatch(written, /c2lnbmF0dXJl|hunter2/);
    }
  });
});

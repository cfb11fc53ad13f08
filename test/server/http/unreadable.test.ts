import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { API_KEY, startTestServer, type TestServer } from './test-server.ts';

describe('what is no proper request', () => {
  let server: TestServer;

  before(async () => {
    server = await startTestServer();
  });
  after(() => server.close());

  /** Sends bytes as they are; the answer until the server closes. */
  const send = async (bytes: string): Promise<{ status: number; body: string }> => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    socket.write(bytes);
    const answer = await text(socket);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    return { status: Number(head.split(' ')[1]), body };
  };

  for (const [what, bytes, status, code] of [
    ['no HTTP', '\x16\x03\x01\x02\x00\r\n\r\n', 400, 'badRequest'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'badRequest',
    ],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'y'.repeat(50_000)}\r\n\r\n`, 431, 'tooLarge'],
  ] as const) {
    it(`is refused by code: ${what}`, async () => {
      const answer = await send(bytes);
      assert.equal(answer.status, status);
      assert.equal(JSON.parse(answer.body).error.code, code);
      assert.equal((await fetch(`${server.origin}/healthz`)).status, 200);
    });
  }

  it('is refused by code: a body that is no object', async () => {
    for (const body of ['null', '7', '[]', '"id"', '{', '{"__proto__":{"id":"x"}}']) {
      const response = await fetch(`${server.origin}/api/v1/rooms`, {
        method: 'POST',
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
        body,
      });
      assert.equal(response.status, 400, body);
      assert.equal((await response.json()).error.code, 'badRequest', body);
    }
  });
});

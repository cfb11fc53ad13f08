import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { createConfig } from '../../../server/src/config/config.ts';
import { ApiClient } from './api-client.ts';
import { joinRoom, startTestServer, type TestServer } from './test-server.ts';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
interface Asked {
  readonly type: string;
  readonly roomId: string;
  readonly data: { readonly text: string; readonly author: object };
}

describe("the site's own filter of the chat", () => {
  /** What the site answers; `null`: nothing at all. */
  let answer: { readonly status: number; readonly body: string } | null = null;
  const asked: Asked[] = [];
  const site = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      asked.push(new Webhook(SECRET).verify(body, request.headers as Record<string, string>) as Asked);
      if (answer !== null) response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
  });
  const servers: TestServer[] = [];
  let url: string;

  before(async () => {
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/filter`;
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  after(() => {
    site.closeAllConnections();
    site.close();
  });

  const say = (verdict: object, status = 200) => (answer = { status, body: JSON.stringify(verdict) });

  async function open(settings: Parameters<typeof startTestServer>[0] = {}) {
    const server = await startTestServer({
      chatFilterUrl: url,
      webhookSecret: SECRET,
      chatFilterTimeoutMs: 5_000,
      ...settings,
    });
    servers.push(server);
    const api = await ApiClient.open(server.origin);
    const mint = async (participantId: string, role: string) =>
      (await api.call('mintToken', { path: { roomId: 'launch' }, body: { role, participantId, name: participantId } }))
        .body.token;
    const client = await joinRoom(server.origin, 'launch', await mint('ada', 'viewer'));
    let id = 0;
    const send = async (text: string) => {
      id += 1;
      client.socket.send(
        JSON.stringify({ type: 'request', id, key: `key-number-${id}`, name: 'sendChat', data: { text } }),
      );
      return (await client.next('reply')) as {
        data?: { message: { text: string }; held?: true };
        error?: { code: string; reason?: string };
      };
    };
    return { server, api, send };
  }

  it('[Y1] allows, masks, holds and blocks', async () => {
    const { send, api } = await open();
    say({ verdict: 'allow' });
    assert.equal((await send('Hello')).data?.message.text, 'Hello');
    const { type, roomId, data } = asked.at(-1)!;
    assert.deepEqual(
      [type, roomId, data],
      ['chat.filter', 'launch', { author: { id: 'ada', name: 'ada', role: 'viewer' }, text: 'Hello' }],
    );
    say({ verdict: 'mask', text: 'H…' });
    assert.equal((await send('Hello')).data?.message.text, 'H…');
    say({ verdict: 'hold' });
    assert.equal((await send('Hello')).data?.held, true);
    say({ verdict: 'block' });
    const { error } = await send('Hello');
    assert.deepEqual([error?.code, error?.reason], ['forbidden', 'filter']);
    const count = asked.length;
    await api.call('changeChatPolicies', { path: { roomId: 'launch' }, body: { usesFilter: false } });
    assert.equal((await send('Hello')).data?.message.text, 'Hello');
    assert.equal(asked.length, count);
  });

  for (const [fallback, outcome] of [
    ['hold', 'held'],
    ['allow', 'told'],
    ['block', 'forbidden'],
  ] as const) {
    it(`[Y1] where it gives no proper answer in time, the message is ${outcome}`, async () => {
      const { send, server } = await open({ chatFilterFallback: fallback, chatFilterTimeoutMs: 50 });
      const outcomeOf = async () => {
        const { data, error } = await send('secret words');
        return error?.code ?? (data?.held ? 'held' : 'told');
      };
      answer = null;
      assert.equal(await outcomeOf(), outcome);
      assert.equal(server.log().includes('secret words'), false);
    });

    it(`[Y1] where its answer is no verdict, the message is ${outcome}`, async () => {
      const { send, server } = await open({ chatFilterFallback: fallback });
      for (const body of ['', '{}', '{"verdict":"eat"}', '{"verdict":"mask"}']) {
        answer = { status: 200, body };
        const { data, error } = await send('Hello');
        assert.equal(error?.code ?? (data?.held ? 'held' : 'told'), outcome, body);
        if (data?.held) break;
      }
      answer = { status: 500, body: '{"verdict":"allow"}' };
      const { data, error } = await send('Hello');
      assert.equal(error?.code ?? (data?.held ? 'held' : 'told'), outcome);
      assert.equal(server.log().includes('whsec_'), false);
    });
  }

  it('needs the secret that signs', () => {
    assert.throws(
      () => createConfig({ secret: 'x'.repeat(32), chatFilterUrl: url }),
      /chatFilterUrl: needs webhookSecret/,
    );
  });
});

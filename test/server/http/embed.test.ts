import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exportJWK, generateKeyPair } from 'jose';
import { ApiClient } from './api-client.ts';
import { joinRoom, startTestServer, type TestServer } from './test-server.ts';

const SITE = 'https://site.example';

/** Public keys of somebody who makes the tokens, in a file. */
async function withKeys(use: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ils-jwks-'));
  try {
    const { publicKey } = await generateKeyPair('ES256');
    const file = join(folder, 'jwks.json');
    await writeFile(file, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'one' }] }));
    await use(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('rooms in frames of other sites', () => {
  let server: TestServer;
  let api: ApiClient;

  before(async () => {
    server = await startTestServer({ embedOrigins: [SITE] });
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch', title: 'The <launch>' } });
  });
  after(async () => server.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.origin}${path}`, { headers });
  const oembed = (url: string, more = '') => get(`/oembed?url=${encodeURIComponent(url)}${more}`);

  it('are pages that only the sites of the setting may frame, under the strict policy', async () => {
    const answer = await get('/embed/launch');
    assert.equal(answer.status, 200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, new RegExp(`frame-ancestors 'self' ${SITE}$`));
    assert.match(policy, /require-trusted-types-for 'script'/);
    const page = await answer.text();
    assert.match(page, /<ils-room room="launch" token-url="\/embed\/launch\/token" auto-join>/);
    assert.match(page, /<main>.*<ils-player>.*<ils-chat>/);
  });

  it('show what their parameters say, and nothing for others', async () => {
    const player = await (await get('/embed/launch?show=player&theme=dark&token=stolen&role=host')).text();
    assert.match(player, /data-theme="dark"/);
    assert.doesNotMatch(player, /ils-chat|stolen|host/);
    assert.doesNotMatch(await (await get('/embed/launch?show=chat')).text(), /ils-player/);
    const refused = await get('/embed/launch?theme=%22%3E%3Cscript%3E');
    assert.equal(refused.status, 400);
    assert.match(await refused.text(), /theme: must be one of auto, light, dark/);
  });

  it('speak as their address says, else as the browser asks, and English to all others', async () => {
    const languageOf = async (path: string, accepted?: string) => {
      const headers = accepted === undefined ? {} : { 'accept-language': accepted };
      const text = await (await fetch(`${server.origin}${path}`, { headers })).text();
      return /<html lang="(\w+)" dir="(\w+)"/.exec(text)?.slice(1).join(' ');
    };
    assert.equal(await languageOf('/embed/launch?lang=ar', 'de'), 'ar rtl');
    assert.equal(await languageOf('/embed/launch', 'fr-CH;q=0.8, de-AT;q=0.9, en;q=0.5'), 'de ltr');
    assert.equal(await languageOf('/embed/launch', 'nl, de;q=0, pt-BR;q=0.1'), 'pt ltr');
    assert.equal(await languageOf('/embed/launch', '*'), 'en ltr');
    assert.equal(await languageOf('/embed/launch'), 'en ltr');
    assert.equal((await get('/embed/launch?lang=%22%3E')).status, 400);
  });

  it('are there for rooms that are there', async () => {
    for (const path of ['/embed/nowhere', '/embed/nowhere/token', '/embed/%3Cscript%3E']) {
      assert.ok([400, 404].includes((await get(path)).status), path);
    }
    assert.equal((await oembed(`${server.origin}/embed/nowhere`)).status, 404);
  });

  it('let visitors in as viewers with identities of their own, which no other visitor can take', async () => {
    const enter = async (participant: string, name: string) => {
      const { body } = await api.call('getEmbedToken', { path: { roomId: 'launch' }, query: { participant, name } });
      return joinRoom(server.origin, 'launch', body.token);
    };
    const listVisitors = async () =>
      (await api.call('listParticipants', { path: { roomId: 'launch' } })).body.participants;
    const ada = await enter('key-of-ada', 'Ada');
    const [visitor] = await listVisitors();
    assert.partialDeepStrictEqual(visitor, { role: 'viewer', name: 'Ada' });
    assert.ok(visitor);
    assert.match(visitor.id, /^embed-[\w-]{22}$/);
    // What all in the room can read is not what one asks with.
    const other = await enter(visitor.id, 'Not Ada');
    assert.deepEqual((await listVisitors()).map(({ name }) => name).toSorted(), ['Ada', 'Not Ada']);
    other.socket.close();
    ada.socket.close();
    // The same browser is the same visitor.
    const again = await enter('key-of-ada', 'Ada');
    assert.ok((await listVisitors()).some(({ id }) => id === visitor.id));
    again.socket.close();
  });

  it('give every answer to a visitor that is documented, and no other', async () => {
    const ask = (roomId: string, query: Record<string, string> = {}) =>
      api.call('getEmbedToken', { path: { roomId }, query, key: null });
    assert.equal((await ask('launch')).status, 200);
    assert.equal((await ask('launch', { name: 'x'.repeat(1_000) })).status, 400);
    assert.equal((await ask('nowhere')).status, 404);
    await api.call('createRoom', { body: { id: 'over' } });
    await api.call('endRoom', { path: { roomId: 'over' } });
    assert.equal((await ask('over')).status, 410);
    await withKeys(async (jwks) => {
      const elsewhere = await startTestServer({ embedOrigins: [SITE], jwks });
      try {
        const other = await ApiClient.open(elsewhere.origin, api.seen);
        await other.call('createRoom', { body: { id: 'shop' } });
        const refused = await other.call('getEmbedToken', { path: { roomId: 'shop' }, key: null });
        assert.equal(refused.status, 501);
      } finally {
        await elsewhere.close();
      }
    });
    const unseen = api.unseen(['embeds']).filter((answer) => answer.startsWith('getEmbedToken'));
    assert.deepEqual(unseen, []);
  });

  it('are described to sites by oEmbed, no larger than these ask', async () => {
    const answer = await oembed(`${server.origin}/embed/launch?show=player`, '&maxwidth=480');
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    const body = (await answer.json()) as Record<string, unknown>;
    assert.deepEqual(
      { ...body, html: undefined },
      {
        version: '1.0',
        type: 'video',
        title: 'The <launch>',
        provider_name: 'ILS Kit',
        provider_url: server.origin,
        cache_age: 3600,
        width: 480,
        height: 270,
        html: undefined,
      },
    );
    assert.match(
      String(body['html']),
      /^<iframe src="http:\/\/[^"]+\/embed\/launch\?show=player" title="The &lt;launch&gt;" width="480" height="270" allow="autoplay; [^"]+" allowfullscreen style="border:0"><\/iframe>$/,
    );
    const page = await (await get('/embed/launch')).text();
    const [, address = ''] = /type="application\/json\+oembed"[^>]*href="([^"]+)"/.exec(page) ?? [];
    assert.equal((await fetch(address.replaceAll('&amp;', '&'))).status, 200);
  });

  it('are described for no address but their own', async () => {
    for (const url of ['https://evil.example/embed/launch', `${server.origin}/studio`, 'javascript:alert(1)', '']) {
      assert.equal((await oembed(url)).status, 404, url);
    }
    assert.equal((await get('/oembed')).status, 400);
    assert.equal((await oembed(`${server.origin}/embed/launch`, '&format=xml')).status, 501);
    assert.equal((await oembed(`${server.origin}/embed/launch`, '&maxwidth=-1')).status, 400);
  });

  it('are not there without the setting', async () => {
    const plain = await startTestServer({});
    try {
      for (const path of ['/embed/launch', '/embed/launch/token', '/oembed', '/embed.js']) {
        assert.equal((await fetch(`${plain.origin}${path}`)).status, 404, path);
      }
    } finally {
      await plain.close();
    }
  });
});

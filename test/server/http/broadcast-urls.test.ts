import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiClient, type ApiBody } from './api-client.ts';
import { startTestServer } from './test-server.ts';

interface UrlsBody extends ApiBody {
  readonly livestreamUrl: string;
  readonly playbackHlsUrl: string;
}

describe('addresses of broadcasts', () => {
  const ask = async (settings: Parameters<typeof startTestServer>[0], body: object) => {
    const server = await startTestServer(settings);
    const api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
    const call = async (roomId: string, sent: object = body) => {
      const answer = await api.call('createBroadcastUrls', { path: { roomId }, body: sent });
      return { ...answer, body: answer.body as UrlsBody };
    };
    return { server, call };
  };

  it('are the same all along and lead to the slate', async () => {
    const { server, call } = await ask({}, {});
    const { body } = await call('launch');
    assert.deepEqual(
      { ...body },
      {
        livestreamUrl: '/broadcasts/launch/live.m3u8',
        playbackHlsUrl: '/broadcasts/launch/playback.m3u8',
        expiresAt: null,
      },
    );
    const live = await fetch(server.origin + body.livestreamUrl, { headers: { origin: 'https://elsewhere.example' } });
    assert.equal(live.status, 200);
    assert.equal(live.headers.get('access-control-allow-origin'), '*');
    assert.match(await live.text(), /^live\/video\.m3u8$/m);
    assert.equal((await call('unknown')).status, 404);
    assert.equal((await fetch(`${server.origin}/broadcasts/unknown/live.m3u8`)).status, 404);
    const metrics = await (await fetch(`${server.origin}/metrics`)).text();
    assert.match(metrics, /ils_broadcast_answers_total\{kind="playlist",status="200"\} 1/);
    await server.close();
  });

  it('are signed for as long as is asked, and behind the origin that is set', async () => {
    const settings = { broadcastUrlTtlSeconds: 60, broadcastOrigin: 'https://cdn.example' };
    const { server, call } = await ask(settings, { ttlSeconds: 600 });
    const { body } = await call('launch');
    const left = body.expiresAt - Date.now();
    assert.ok(left > 590_000 && left <= 600_000, String(left));
    const { origin, pathname } = new URL(body.livestreamUrl);
    assert.equal(origin, 'https://cdn.example');
    assert.equal((await fetch(server.origin + pathname)).status, 200);
    assert.equal((await fetch(`${server.origin}/broadcasts/launch/live.m3u8`)).status, 403);
    assert.equal((await call('launch', { ttlSeconds: 0 })).status, 400);
    await server.close();
  });
});

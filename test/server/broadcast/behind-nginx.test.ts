import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { noBroadcastMetrics } from '../../../server/src/broadcast/packager/broadcast-metrics.ts';
import { validateDelivery, recordSeries } from '../../hls-validator/delivery-rules.ts';
import { validateSeries } from '../../hls-validator/series-rules.ts';
import { startBroadcastServer } from './broadcast-server.ts';
import { createMaterial } from './encoded-material.ts';
import { feedLive } from './live-feed.ts';
import { startNginx } from './nginx-process.ts';
import { PlayerPages, playsOn } from './player-pages.ts';

const READERS = 20;
const PARTS = 12;
const SECRET = 'a secret that is long enough for anybody';

/** nginx as docs/broadcast-at-scale.md has it, but in front of that server and patient on a crowded machine. */
async function startDocumented(origin: string) {
  const read = (name: string) => readFile(new URL(`../../../docs/nginx/${name}.conf`, import.meta.url), 'utf8');
  const http = (await read('http'))
    .replace('127.0.0.1:7888', new URL(origin).host)
    .replace('/var/cache/nginx/broadcasts', 'cache');
  const server = (await read('server')).replaceAll(/(lock_timeout) \d+ms/g, '$1 10s');
  return startNginx({ http, server });
}

describe('a cache in front', () => {
  it('answers many readers with one question to the server, held reloads too', async () => {
    const asked: string[] = [];
    const metrics = { ...noBroadcastMetrics, delivered: (kind: string) => void asked.push(kind) };
    const server = await startBroadcastServer({ metrics });
    const nginx = await startDocumented(server.origin);
    const pages = await PlayerPages.open();
    const broadcast = await server.broadcasts.open('room', 'show');
    const feed = feedLive(broadcast, await createMaterial({ seconds: 4 }));
    await new Promise<void>((resolve) => broadcast.onPlayable(resolve));
    const origin = `http://127.0.0.1:${nginx.port}`;
    const url = new URL(`${origin}/broadcasts/room/live/video.m3u8`);

    const series = await Promise.all(Array.from({ length: READERS }, () => recordSeries(url, PARTS)));
    for (const texts of series) assert.deepEqual(validateSeries(texts), []);
    assert.ok(asked.length <= PARTS * 3, `${READERS * PARTS} readings became ${asked.length} questions`);
    assert.deepEqual(await validateDelivery(url), []);

    const part = new URL(/#EXT-X-PART:[^\n]*URI="([^"]+)"/.exec(series[0]?.at(-1) ?? '')?.[1] ?? '', url);
    asked.length = 0;
    const parts = await Promise.all(
      Array.from({ length: READERS }, async (_, reader) => {
        const response = await fetch(`${part.href}?reader=${reader}`);
        return [response.status, (await response.arrayBuffer()).byteLength].join(' ');
      }),
    );
    assert.equal(new Set(parts).size, 1);
    assert.deepEqual(
      asked.filter((kind) => kind === 'part'),
      ['part'],
      'a part is fetched once, whatever else stands in the address',
    );

    const page = await pages.playWithHls(`${origin}/broadcasts/room/live.m3u8`);
    assert.deepEqual((await playsOn(page, 60)).errors, []);
    feed.stop();
    await pages.close();
    await nginx.stop();
    await server.close();
  });

  it('keeps one copy for all signatures, and lets none in that is forged or has expired', async () => {
    const asked: string[] = [];
    const metrics = { ...noBroadcastMetrics, delivered: (kind: string) => void asked.push(kind) };
    const server = await startBroadcastServer({ metrics, signing: { secret: SECRET, ttlMs: 60_000 } });
    const nginx = await startDocumented(server.origin);
    const broadcast = await server.broadcasts.open('room', 'show');
    const feed = feedLive(broadcast, await createMaterial({ seconds: 4 }));
    await new Promise<void>((resolve) => broadcast.onPlayable(resolve));
    const at = (path: string, file: string) => `http://127.0.0.1:${nginx.port}${path.replace(/live\.m3u8$/, file)}`;
    const viewers = [30_000, 40_000, 50_000].map((ttlMs) => server.broadcasts.urls('room', ttlMs).livestreamUrl);

    const [first = ''] = viewers;
    const statuses = [];
    for (const viewer of viewers) statuses.push((await fetch(at(viewer, 'show/video/init-0.mp4'))).status);
    assert.deepEqual(statuses, [200, 200, 200]);
    assert.equal(asked.filter((kind) => kind === 'file').length, 1);

    const forged = first.replace(/signed\/(\d+)\./, (_, seconds: string) => `signed/${Number(seconds) + 9}.`);
    const expired = server.broadcasts.urls('room', -10_000).livestreamUrl;
    for (const refused of [forged, expired])
      for (const file of ['live.m3u8', 'show/video/init-0.mp4'])
        assert.equal((await fetch(at(refused, file))).status, 403, `${refused} ${file}`);
    feed.stop();
    await nginx.stop();
    await server.close();
  });
});

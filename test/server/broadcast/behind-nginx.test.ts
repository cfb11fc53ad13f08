import assert from 'node:assert/strict';
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

describe('a cache in front', () => {
  it('answers many readers with one question to the server, held reloads too', async () => {
    const asked: string[] = [];
    const metrics = { ...noBroadcastMetrics, delivered: (kind: string) => void asked.push(kind) };
    const server = await startBroadcastServer({ metrics });
    const nginx = await startNginx({
      http: 'proxy_cache_path cache keys_zone=media:1m max_size=50m;',
      server: `location / {
        proxy_pass ${server.origin}; proxy_http_version 1.1; proxy_set_header Connection "";
        proxy_cache media; proxy_cache_key $uri$is_args$args; proxy_cache_lock on; proxy_cache_lock_timeout 10s;
      }`,
    });
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

    const page = await pages.playWithHls(`${origin}/broadcasts/room/live.m3u8`);
    assert.deepEqual((await playsOn(page, 60)).errors, []);
    feed.stop();
    await pages.close();
    await nginx.stop();
    await server.close();
  });
});

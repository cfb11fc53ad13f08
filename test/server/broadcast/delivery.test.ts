import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Broadcast } from '../../../server/src/broadcast/packager/broadcast.ts';
import { noBroadcastMetrics } from '../../../server/src/broadcast/packager/broadcast-metrics.ts';
import { recordSeries, validateDelivery } from '../../hls-validator/delivery-rules.ts';
import { parsePlaylist } from '../../hls-validator/parse-playlist.ts';
import { validateSeries } from '../../hls-validator/series-rules.ts';
import { startBroadcastServer, type BroadcastServer } from './broadcast-server.ts';
import { createMaterial, Player, repeat, type Material } from './encoded-material.ts';
import { feedLive } from './live-feed.ts';

const PART_US = 200_000;

describe('delivery of a broadcast', () => {
  let server: BroadcastServer;
  let material: Material;
  let broadcast: Broadcast;
  let player: Player;
  /** How far the encoder has got. */
  let playedUs = 3_000_000;

  before(async () => {
    material = repeat(await createMaterial({ seconds: 4 }), 4);
    server = await startBroadcastServer();
    broadcast = await server.broadcasts.open('room', 'show');
    player = new Player(broadcast.begin(material.format, Date.now()), material);
    play(0);
  });
  after(() => server.close());

  const play = (byUs: number) => player.playUntil((playedUs += byUs));
  const get = (path: string, init: RequestInit = {}) => fetch(`${server.origin}/broadcasts/${path}`, init);
  const read = async (path: string) => parsePlaylist(await (await get(path)).text());
  const newestPart = async () => {
    const segment = (await read('room/live/video.m3u8')).segments.at(-1);
    assert.ok(segment);
    return { sequence: segment.sequence, part: segment.parts.length, segment };
  };
  const errorOf = async (response: Response) => {
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    return { status: response.status, code: error.code };
  };

  it('holds a reload until the part is there', async () => {
    const { sequence, part } = await newestPart();
    let hasAnswered = false;
    const blocked = get(`room/live/video.m3u8?_HLS_msn=${sequence}&_HLS_part=${part}`).finally(() => {
      hasAnswered = true;
    });
    while (server.broadcasts.statistics().readersWaiting === 0) await new Promise(setImmediate);
    assert.equal(hasAnswered, false);
    play(PART_US);
    const response = await blocked;
    const playlist = parsePlaylist(await response.text());
    assert.equal(playlist.segments.at(-1)?.parts.length, part + 1);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=12');
    assert.equal(server.broadcasts.statistics().readersWaiting, 0);
  });

  it('sends a part that was hinted at the moment it is cut', async () => {
    const { preloadHint } = await read('room/live/video.m3u8');
    assert.ok(preloadHint);
    const hinted = fetch(new URL(preloadHint, `${server.origin}/broadcasts/room/live/video.m3u8`));
    while (server.broadcasts.statistics().readersWaiting === 0) await new Promise(setImmediate);
    play(PART_US);
    const response = await hinted;
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(Buffer.from(await response.arrayBuffer()).toString('latin1', 4, 8), 'moof');
  });

  it('forgets a reader who goes away', async () => {
    const { sequence, part } = await newestPart();
    const going = new AbortController();
    const path = `room/live/video.m3u8?_HLS_msn=${sequence}&_HLS_part=${part}`;
    const left = get(path, { signal: going.signal }).catch((error: Error) => error.name);
    while (server.broadcasts.statistics().readersWaiting === 0) await new Promise(setImmediate);
    going.abort();
    assert.equal(await left, 'AbortError');
    while (server.broadcasts.statistics().readersWaiting > 0) await new Promise(setImmediate);
  });

  it('refuses what is too far in the future and what makes no sense', async () => {
    const { sequence, part } = await newestPart();
    for (const query of [
      `_HLS_msn=${sequence + 3}`,
      `_HLS_msn=${sequence}&_HLS_part=${part + 20}`,
      '_HLS_part=1',
      '_HLS_msn=-1',
      '_HLS_msn=1&_HLS_msn=2',
    ]) {
      assert.deepEqual(await errorOf(await get(`room/live/video.m3u8?${query}`)), { status: 400, code: 'badRequest' });
    }
  });

  it('has parts make up the segment, and the sound beside it', async () => {
    for (const track of ['video', 'audio']) {
      const { segments } = await read(`room/live/${track}.m3u8`);
      const complete = segments.findLast(({ uri, parts }) => uri !== null && parts.length > 0);
      assert.ok(complete?.uri);
      const base = `room/live/`;
      const load = async (uri: string) => Buffer.from(await (await get(base + uri)).arrayBuffer());
      const parts = await Promise.all(complete.parts.map(({ uri }) => load(uri)));
      assert.ok(Buffer.concat(parts).equals(await load(complete.uri)));
      assert.equal((await load(complete.map ?? '')).toString('latin1', 4, 8), 'ftyp');
    }
  });

  it('is for pages of any origin, and says so', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    for (const path of [
      'room/live.m3u8',
      'room/live/video.m3u8',
      'room/show/video/init-0.mp4',
      'room/show/video/99.m4s',
    ]) {
      const response = await get(path, { headers });
      assert.equal(response.headers.get('access-control-allow-origin'), '*', path);
      assert.doesNotMatch(response.headers.get('vary') ?? '', /origin/i);
      await response.body?.cancel();
    }
    const preflight = await get('room/live.m3u8', {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-method': 'GET', 'access-control-request-headers': 'range' },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-headers'), 'range');
  });

  it('answers HEAD and ranges', async () => {
    const path = 'room/show/video/0.m4s';
    const whole = await get(path);
    const size = (await whole.arrayBuffer()).byteLength;
    const head = await get(path, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(size)]);
    const some = await get(path, { headers: { range: 'bytes=4-7' } });
    assert.deepEqual([some.status, some.headers.get('content-range')], [206, `bytes 4-7/${size}`]);
    assert.equal(await some.text(), 'moof');
    assert.equal((await get(path, { headers: { range: `bytes=${size}-` } })).status, 416);
  });

  it('compresses playlists for who takes that', async () => {
    const plain = await get('room/live/video.m3u8', { headers: { 'accept-encoding': 'identity' } });
    const packed = await get('room/live/video.m3u8', { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(packed.headers.get('content-encoding'), 'gzip');
    assert.equal(plain.headers.get('content-encoding'), null);
    assert.equal(await packed.text(), await plain.text());
  });

  it('says with a code what there is not', async () => {
    for (const path of [
      'nowhere/live.m3u8',
      'room/other/video.m3u8',
      'room/show/video/part-999.m4s',
      'room/show/video/999.m4s',
      'other/playback.m3u8',
      'room/show/journal/000000.json',
      'room/..%2f..%2fetc%2fpasswd',
    ]) {
      assert.deepEqual(await errorOf(await get(path)), { status: 404, code: 'notFound' }, path);
    }
    const early = await get('other/playback.m3u8');
    assert.equal(early.headers.get('retry-after'), '2');
    await early.body?.cancel();
  });

  it('plays the slate where nothing is broadcast', async () => {
    const text = await (await get('quiet/live.m3u8')).text();
    assert.match(text, /RESOLUTION=1280x720/);
    const { segments } = await read('quiet/live/video.m3u8');
    assert.ok(segments.length > 3);
    const file = await get(`quiet/live/${segments[0]?.uri}`);
    assert.equal(file.status, 200);
    await file.body?.cancel();
  });
});

describe('delivery while a broadcast goes on by the clock', () => {
  it('does with delivery directives what RFC 8216bis asks for', async () => {
    const server = await startBroadcastServer();
    const material = await createMaterial({ seconds: 4 });
    const broadcast = await server.broadcasts.open('room', 'show');
    const feed = feedLive(broadcast, material);
    await new Promise<void>((resolve) => broadcast.onPlayable(resolve));
    for (const path of ['live/video', 'live/audio', 'show/video']) {
      assert.deepEqual(await validateDelivery(new URL(`${server.origin}/broadcasts/room/${path}.m3u8`)), []);
    }
    feed.stop();
    await server.close();
  });

  it('keeps every rule for a reader who reloads for eight seconds', async () => {
    const server = await startBroadcastServer();
    const broadcast = await server.broadcasts.open('room', 'show');
    const feed = feedLive(broadcast, await createMaterial({ seconds: 4 }));
    await new Promise<void>((resolve) => broadcast.onPlayable(resolve));
    const paths = ['live/video', 'live/audio', 'show/video', 'show/audio'];
    const series = await Promise.all(
      paths.map((path) => recordSeries(new URL(`${server.origin}/broadcasts/room/${path}.m3u8`), 40)),
    );
    for (const texts of series) assert.deepEqual(validateSeries(texts), []);
    feed.stop();
    await server.close();
  });
});

describe('signed addresses', () => {
  it('open everything below them until they expire, and nothing else does', async () => {
    let now = Date.UTC(2030, 0, 1);
    const clock = { now: () => now, after: () => () => {}, every: () => () => {} };
    const signing = { secret: 'a secret of more than 32 characters', ttlMs: 60_000 };
    const counted: string[] = [];
    const metrics = { ...noBroadcastMetrics, delivered: (kind: string) => void counted.push(kind) };
    const server = await startBroadcastServer({ clock, signing, metrics });
    const material = await createMaterial({ seconds: 4 });
    const broadcast = await server.broadcasts.open('room', 'show');
    new Player(broadcast.begin(material.format, now), material).playAll();
    const status = async (url: string) => {
      const response = await fetch(new URL(url, server.origin));
      const body = await response.text();
      return { status: response.status, body };
    };

    const urls = server.broadcasts.urls('room');
    const master = new URL(urls.livestreamUrl, server.origin);
    const { body } = await status(master.href);
    const media = new URL(/^live\/video\.m3u8$/m.exec(body)?.[0] ?? '', master);
    const { segments } = parsePlaylist((await status(media.href)).body);
    const file = new URL(segments[0]?.uri ?? '', media);
    assert.equal((await status(file.href)).status, 200);
    assert.deepEqual(counted, ['playlist', 'playlist', 'segment']);
    assert.equal((await status(urls.playbackHlsUrl)).status, 200);

    const forged = urls.livestreamUrl.replace(/signed\/(\d+)/, (_, seconds: string) => `signed/${Number(seconds) + 1}`);
    const other = urls.livestreamUrl.replace('/room/', '/other/');
    for (const url of ['/broadcasts/room/live.m3u8', '/broadcasts/room/show/video/0.m4s', forged, other]) {
      const refused = await status(url);
      assert.equal(refused.status, 403);
      assert.match(refused.body, /"forbidden"/);
    }
    now += 60_000;
    const expired = await status(file.href);
    assert.equal(expired.status, 403);
    assert.match(expired.body, /"expired"/);
    assert.equal((await status(server.broadcasts.urls('room').livestreamUrl)).status, 200);
    await server.close();
  });
});

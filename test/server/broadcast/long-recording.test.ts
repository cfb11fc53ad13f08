import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { RecordingView } from '../../../server/src/broadcast/recordings/recording-view.ts';
import { ApiClient } from '../http/api-client.ts';
import { startTestServer, type TestServer } from '../http/test-server.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { parsePlaylist } from '../../hls-validator/parse-playlist.ts';
import { createMaterial, repeat, type Material, type Player } from './encoded-material.ts';
import { createMaterialSource } from './material-source.ts';

const run = promisify(execFile);
const MINUTES = 10;
const DURATION_MS = MINUTES * 60_000;
const STEP_MS = 5_000;
const SAY_EVERY_MS = 10_000;
const path = { roomId: 'evening' };

describe('a recording of ten minutes', { timeout: 240_000 }, () => {
  let server: TestServer;
  let client: ApiClient;
  let recording: RecordingView | undefined;

  const read = async (address: string | null | undefined) => {
    const response = await fetch(`${server.origin}${address}`);
    assert.equal(response.status, 200, String(address));
    return response;
  };

  before(async () => {
    const short: Material = await createMaterial({ seconds: 5, size: '160x90', frameRate: 10, keyEvery: 20 });
    const material = repeat(short, DURATION_MS / (short.durationUs / 1_000));
    const clock = new ManualClock();
    const begun: Player[] = [];
    const play = (player: Player) => void begun.push(player);
    const openBroadcastSource = createMaterialSource(material, { startedAt: () => clock.now(), play });
    server = await startTestServer({}, { openBroadcastSource, clock });
    client = await ApiClient.open(server.origin);
    const state = async () => (await client.call('getBroadcast', { path })).body.broadcast?.state;
    await client.call('createRoom', { body: { id: path.roomId } });
    await client.call('startBroadcast', { path, body: {} });
    while (begun.length === 0) await state();
    for (let passedMs = 0; passedMs < DURATION_MS; passedMs += STEP_MS) {
      if (passedMs % SAY_EVERY_MS === 0) {
        const text = `after ${passedMs}`;
        await client.call('sendChat', { path, body: { text, author: { id: 'ada', name: 'Ada', role: 'viewer' } } });
      }
      // Nothing stalls, and the storage keeps up: time goes on with the media alone.
      for (let ms = 0; ms < STEP_MS; ms += 500) {
        clock.advance(500);
        begun[0]?.playUntil((passedMs + ms + 500) * 1_000);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await client.call('stopBroadcast', { path });
    while ((await state()) !== 'HLS_STOPPED') clock.advance(50);
    // It plays from this moment on; nothing is waited for.
    [recording] = (await client.call('listRecordings', {})).body.recordings;
  });
  after(() => server.close());

  it('plays as soon as the broadcast has stopped, from its beginning to its end', async () => {
    assert.equal(recording?.durationMs, DURATION_MS);
    const video = recording.urls.playlist?.replace('vod.m3u8', 'vod-video.m3u8');
    const { segments, hasEnded } = parsePlaylist(await (await read(video)).text());
    assert.ok(hasEnded);
    assert.equal(Math.round(segments.reduce((sum, { duration }) => sum + (duration ?? 0), 0)), DURATION_MS / 1_000);
    assert.deepEqual(
      segments.filter(({ gap }) => gap),
      [],
    );
    const folder = new URL(`${server.origin}${video}`);
    for (const { uri } of [segments[0], segments.at(-1)].filter((segment) => segment !== undefined))
      assert.equal((await fetch(new URL(uri ?? '', folder))).status, 200, String(uri));
  });

  it('has the chat of all that time by then, each message at its own', async () => {
    const lines = (await (await read(recording?.urls.events)).text()).trimEnd().split('\n');
    assert.deepEqual(
      lines
        .map((line) => JSON.parse(line))
        .map(({ name, offset, data }) => [name, `after ${offset}`, data.message.text]),
      Array.from({ length: DURATION_MS / SAY_EVERY_MS }, (_, index) => {
        const text = `after ${index * SAY_EVERY_MS}`;
        return ['chatSent', text, text];
      }),
    );
    assert.match(await (await read(recording?.urls.chapters)).text(), /^WEBVTT/);
  });

  it('is a poster and an MP4 of that length', async () => {
    // Made of the segments once it has stopped, on the side.
    let urls = recording?.urls;
    while (typeof urls?.mp4 !== 'string' || typeof urls.poster !== 'string')
      [{ urls } = { urls }] = (await client.call('listRecordings', {})).body.recordings;
    assert.match((await read(urls.poster)).headers.get('content-type') ?? '', /^image\/jpeg/);
    const wanted = '-v error -show_entries format=duration:stream=codec_name -of json'.split(' ');
    const { stdout } = await run('ffprobe', [...wanted, `${server.origin}${urls.mp4}`]);
    const { streams, format }: { streams: { codec_name: string }[]; format: { duration: string } } = JSON.parse(stdout);
    assert.deepEqual(streams.map((stream) => stream.codec_name).toSorted(), ['aac', 'h264']);
    assert.equal(Math.round(Number(format.duration)), DURATION_MS / 1_000);
  });
});

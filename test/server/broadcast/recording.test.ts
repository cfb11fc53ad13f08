import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { Broadcasts } from '../../../server/src/broadcast/broadcasts.ts';
import type { Broadcast } from '../../../server/src/broadcast/packager/broadcast.ts';
import type { RecordingState } from '../../../server/src/broadcast/packager/recording/recorder.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import { validateMediaPlaylist } from '../../hls-validator/media-playlist-rules.ts';
import { validateMultivariantPlaylist } from '../../hls-validator/multivariant-rules.ts';
import { parsePlaylist } from '../../hls-validator/parse-playlist.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { startBroadcastServer, type BroadcastServer } from './broadcast-server.ts';
import { createMaterial, Player, repeat, type Material } from './encoded-material.ts';
import { LimitedStorage } from '../../../server/src/broadcast/storage/limited-storage.ts';
import { MemoryStorage } from './memory-storage.ts';

const run = promisify(execFile);

const playAll = (broadcast: Broadcast, material: Material) => {
  const encoder = broadcast.begin(material.format, Date.UTC(2030, 0, 1));
  new Player(encoder, material).playAll();
  encoder.end();
};

describe('a recording', () => {
  let server: BroadcastServer;
  let material: Material;
  let large: Material;

  before(async () => {
    material = await createMaterial({ seconds: 6 });
    large = await createMaterial({ seconds: 4, size: '640x360', frameRate: 25 });
    server = await startBroadcastServer();
    const broadcast = await server.broadcasts.open('room', 'show');
    playAll(broadcast, material);
    playAll(broadcast, large);
    await broadcast.finish();
    await broadcast.completion;
  });
  after(() => server.close());

  const address = (path: string) => `${server.origin}/broadcasts/room/${path}`;
  const text = async (path: string) => (await fetch(address(path))).text();
  const probe = async (url: string) => {
    const entries = 'stream=codec_name,width,nb_read_frames,start_time,duration:format=duration';
    const { stdout, stderr } = await run('ffprobe', [
      '-v',
      'warning',
      '-count_frames',
      '-show_entries',
      entries,
      '-of',
      'json',
      url,
    ]);
    assert.equal(stderr, '');
    return JSON.parse(stdout) as {
      streams: readonly Readonly<Record<string, string | number>>[];
      format: { duration: string };
    };
  };

  it('is a VOD over the same files, by the rules', async () => {
    for (const path of ['playback.m3u8', 'show/vod.m3u8']) {
      assert.deepEqual(validateMultivariantPlaylist(await text(path)), [], path);
    }
    for (const path of ['show/vod-video.m3u8', 'show/vod-audio.m3u8', 'show/video.m3u8', 'show/audio.m3u8']) {
      const playlist = await text(path);
      assert.deepEqual(validateMediaPlaylist(playlist), [], path);
      assert.ok(parsePlaylist(playlist).hasEnded, path);
    }
    assert.equal(parsePlaylist(await text('show/vod-video.m3u8')).type, 'VOD');
    assert.equal(parsePlaylist(await text('show/video.m3u8')).type, 'EVENT');
  });

  it('is an MP4 with every frame of it, the table in front', async () => {
    const { streams, format } = await probe(address('show/recording.mp4'));
    const video = streams.find(({ codec_name: codec }) => codec === 'h264');
    const audio = streams.find(({ codec_name: codec }) => codec === 'aac');
    assert.equal(video?.['nb_read_frames'], String(material.video.length + large.video.length));
    assert.ok(Number(audio?.['nb_read_frames']) > 460);
    assert.ok(Math.abs(Number(format.duration) - 10) < 0.1, format.duration);
    const start = await fetch(address('show/recording.mp4'), { headers: { range: 'bytes=0-63' } });
    assert.equal(start.status, 206);
    const bytes = Buffer.from(await start.arrayBuffer());
    const afterType = bytes.readUInt32BE(0);
    assert.equal(bytes.toString('latin1', afterType + 4, afterType + 8), 'moov');
  });

  it('decodes without a fault', async () => {
    const { stderr } = await run('ffmpeg', ['-v', 'error', '-i', address('show/recording.mp4'), '-f', 'null', '-']);
    assert.equal(stderr, '');
  });

  it('has a poster', async () => {
    const response = await fetch(address('show/poster.jpg'));
    assert.equal(response.headers.get('content-type'), 'image/jpeg');
    assert.equal(Buffer.from(await response.arrayBuffer()).toString('hex', 0, 3), 'ffd8ff');
  });

  it('of a next broadcast takes its place at the playback address and leaves it where it was', async () => {
    const broadcast = await server.broadcasts.open('room', 'encore');
    playAll(broadcast, material);
    await broadcast.finish();
    assert.match(await text('playback.m3u8'), /^encore\/video\.m3u8$/m);
    assert.equal((await fetch(address('show/vod.m3u8'))).status, 200);
    await broadcast.completion;
  });
});

describe('a recording whose storage fails', () => {
  let material: Material;
  before(async () => {
    material = repeat(await createMaterial({ seconds: 4 }), 3);
  });

  const open = async () => {
    const clock = new ManualClock();
    const storage = new MemoryStorage();
    const broadcasts = new Broadcasts({ storage, clock, logger: noLogger });
    const broadcast = await broadcasts.open('room', 'show');
    const states: RecordingState[] = [];
    broadcast.onRecording((state) => states.push(state));
    const encoder = broadcast.begin(material.format, clock.now());
    return { clock, storage, broadcasts, broadcast, states, player: new Player(encoder, material) };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const untilStates = async (states: readonly RecordingState[], count: number, clock: ManualClock) => {
    while (states.length < count) {
      clock.advance(500);
      await settled();
    }
  };

  it('says why, goes on live, and misses nothing once there is room again', async () => {
    const { clock, storage, broadcast, states, player } = await open();
    player.playUntil(3_000_000);
    await settled();
    storage.problem = 'full';
    player.playUntil(9_000_000);
    await untilStates(states, 1, clock);
    assert.deepEqual(broadcast.recording, states[0]);
    assert.equal(states[0]?.status === 'blocked' && states[0].problem, 'full');
    const live = parsePlaylist(broadcast.event.renderMedia('video', false).text);
    assert.equal(live.segments.length, 5);
    storage.problem = null;
    await untilStates(states, 2, clock);
    assert.equal(broadcast.recording.status, 'recording');
    player.playAll();
    await broadcast.finish();
    const vod = parsePlaylist(storage.text('rooms/room/show/vod-video.m3u8'));
    assert.ok(vod.segments.every(({ gap }) => !gap));
    assert.equal(Math.round(vod.segments.reduce((sum, { duration }) => sum + (duration ?? 0), 0)), 12);
    await broadcast.completion;
  });

  it('goes on live where the storage hangs, from the start to the stop, and misses nothing once it answers', async () => {
    const clock = new ManualClock();
    const memory = new MemoryStorage();
    const hanging = Promise.withResolvers<void>();
    memory.hanging = hanging.promise;
    const broadcasts = new Broadcasts({ storage: new LimitedStorage(memory, clock), clock, logger: noLogger });
    const advance = async () => {
      clock.advance(500);
      await settled();
    };
    let isOpen = false;
    const opening = broadcasts.open('room', 'show').finally(() => (isOpen = true));
    for (let waited = 0; !isOpen && waited < 4; waited += 1) await advance();
    const broadcast = await opening;
    const player = new Player(broadcast.begin(material.format, clock.now()), material);
    player.playAll();
    assert.ok(broadcast.event.isPlayable);
    let isOver = false;
    const finishing = broadcast.finish().finally(() => (isOver = true));
    for (let waited = 0; !isOver && waited < 60; waited += 1) await advance();
    await finishing;
    assert.equal(broadcast.recording.status === 'blocked' && broadcast.recording.problem, 'unreachable');
    memory.hanging = null;
    hanging.resolve();
    while (!memory.objects.has('rooms/room/show/vod-video.m3u8')) await advance();
    const vod = parsePlaylist(memory.text('rooms/room/show/vod-video.m3u8'));
    assert.ok(vod.segments.every(({ gap }) => !gap));
    assert.equal(Math.round(vod.segments.reduce((sum, { duration }) => sum + (duration ?? 0), 0)), 12);
    await broadcast.completion;
  });

  it('keeps what was recorded before, and a later server ends it', async () => {
    const { clock, storage, broadcast, states, player } = await open();
    player.playUntil(7_000_000);
    while (!storage.objects.has('rooms/room/show/video/2.m4s')) await settled();
    storage.problem = 'unreachable';
    player.playAll();
    await untilStates(states, 1, clock);
    const finished = broadcast.finish();
    for (let turn = 0; turn < 50; turn += 1) {
      clock.advance(500);
      await settled();
    }
    await finished;
    assert.ok(!storage.objects.has('rooms/room/show/vod.m3u8'));

    storage.problem = null;
    const later = new Broadcasts({ storage, clock, logger: noLogger });
    await later.recover();
    const vod = storage.text('rooms/room/show/vod-video.m3u8');
    assert.deepEqual(validateMediaPlaylist(vod), []);
    assert.ok(parsePlaylist(vod).segments.length >= 3);
    assert.ok(storage.objects.has('rooms/room/show/recording.mp4'));
    assert.deepEqual(await storage.list('unfinished/'), []);
  });

  it('is ended after a server was killed in the middle of it', async () => {
    const { clock, storage, player } = await open();
    player.playUntil(9_000_000);
    while (!storage.objects.has('rooms/room/show/audio/3.m4s')) await settled();
    const later = new Broadcasts({ storage, clock, logger: noLogger });
    await later.recover();
    assert.ok(parsePlaylist(storage.text('rooms/room/show/vod-video.m3u8')).segments.length >= 3);
    assert.match(storage.text('rooms/room/playback.m3u8'), /^show\/video\.m3u8$/m);
  });
});

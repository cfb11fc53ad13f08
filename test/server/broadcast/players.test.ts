import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Broadcast } from '../../../server/src/broadcast/packager/broadcast.ts';
import { startBroadcastServer, type BroadcastServer } from './broadcast-server.ts';
import { createMaterial, type Material } from './encoded-material.ts';
import { feedLive } from './live-feed.ts';
import { PlayerPages, playsOn, showsWidth } from './player-pages.ts';

const run = promisify(execFile);

const runWords = (command: string) => {
  const [program = '', ...parameters] = command.split(/\s+/);
  return run(program, parameters, { timeout: 60_000 });
};

describe('players that are not ours', () => {
  let server: BroadcastServer;
  let material: Material;
  let large: Material;
  let broadcast: Broadcast;
  let feed: { stop(): void };
  let pages: PlayerPages;

  before(async () => {
    material = await createMaterial({ seconds: 4 });
    large = await createMaterial({ seconds: 4, size: '640x360' });
    server = await startBroadcastServer();
    pages = await PlayerPages.open();
    broadcast = await server.broadcasts.open('stage', 'show-1');
    feed = feedLive(broadcast, material);
    const { event } = broadcast;
    assert.ok(await event.changes.until(() => event.playlist('audio').openSequence >= 3, 60_000));
  });
  after(async () => {
    feed.stop();
    await pages.close();
    await server.close();
  });

  it('hls.js plays the live address with low latency', async () => {
    const page = await pages.playWithHls(server.origin + broadcast.livestreamUrl);
    const played = await playsOn(page, 90);
    assert.deepEqual(played.errors, []);
    assert.equal(played.width, 320);
    assert.ok(Number.isFinite(played.latency));
    await page.close();
  });

  it('hls.js plays the live address without low latency, from the same files', async () => {
    const page = await pages.playWithHls(server.origin + broadcast.livestreamUrl, false);
    assert.deepEqual((await playsOn(page, 60)).errors, []);
    await page.close();
  });

  it('hls.js goes from the slate to the broadcast, over a change of encoder and back to the slate', async () => {
    const { livestreamUrl } = server.broadcasts.urls('lobby');
    const page = await pages.playWithHls(server.origin + livestreamUrl);
    assert.equal((await playsOn(page, 5)).width, 1_280);
    const show = await server.broadcasts.open('lobby', 'show-2');
    const first = feedLive(show, material);
    await showsWidth(page, 320);
    await playsOn(page, 30);
    first.stop();
    const second = feedLive(show, large);
    await showsWidth(page, 640);
    await playsOn(page, 30);
    second.stop();
    await show.finish();
    await showsWidth(page, 1_280);
    assert.deepEqual((await playsOn(page, 5)).errors, []);
    await page.close();
  });

  it('hls.js plays the address that can be rewound', async () => {
    const page = await pages.playWithHls(server.origin + broadcast.playbackHlsUrl);
    await playsOn(page, 30);
    await page.evaluate(() => {
      document.querySelector('video')!.currentTime = 0.5;
    });
    const played = await playsOn(page, 30);
    assert.deepEqual(played.errors, []);
    await page.close();
  });

  it('Shaka Player plays the live address', async () => {
    const page = await pages.playWithShaka(server.origin + broadcast.livestreamUrl);
    const played = await playsOn(page, 90);
    assert.deepEqual(played.errors, []);
    assert.equal(played.width, 320);
    await page.close();
  });

  it('GStreamer plays picture and sound of both addresses', async () => {
    for (const url of [broadcast.livestreamUrl, broadcast.playbackHlsUrl]) {
      // It ends by itself when either sink has had its fill, and with an error when nothing comes.
      const { stderr } = await run(
        'gst-launch-1.0',
        [
          '-q',
          'playbin3',
          `uri=${server.origin}${url}`,
          'video-sink=fakesink num-buffers=60 sync=false',
          'audio-sink=fakesink num-buffers=90 sync=false',
        ],
        { timeout: 60_000 },
      );
      assert.equal(stderr, '');
    }
  });

  it('ffprobe reads picture and sound of the live address', async () => {
    const url = server.origin + broadcast.livestreamUrl;
    const { stdout, stderr } = await runWords(
      `ffprobe -v warning -show_entries stream=codec_name,width,sample_rate -of compact=p=0 ${url}`,
    );
    assert.match(stdout, /codec_name=h264\|width=320/);
    assert.match(stdout, /codec_name=aac\|sample_rate=48000/);
    assert.equal(stderr, '');
  });
});

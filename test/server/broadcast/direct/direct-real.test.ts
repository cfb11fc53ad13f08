import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import type { BroadcastStage } from '../../../../server/src/broadcast/broadcast-stage.ts';
import { DirectSource } from '../../../../server/src/broadcast/direct/direct-source.ts';
import type { MediasoupMedia } from '../../../../server/src/media/mediasoup/create-media.ts';
import { systemClock } from '../../../../server/src/rooms/clock.ts';
import { completeBroadcastOptions } from '../../../../src/protocol/index.ts';
import { validateMultivariantPlaylist } from '../../../hls-validator/multivariant-rules.ts';
import { validateSeries } from '../../../hls-validator/series-rules.ts';
import { recordSeries } from '../../../hls-validator/delivery-rules.ts';
import { launchBrowser, Stage } from '../../media/browser.ts';
import { openRoom, startMedia, type TestRoom } from '../../media/test-media.ts';
import { startBroadcastServer, type BroadcastServer } from '../broadcast-server.ts';
import { FakeStage } from './fake-stage.ts';

const run = promisify(execFile);
const options = completeBroadcastOptions({});
/** A browser's frames are not on a grid, so parts are shorter than they should be; with a steady camera they are not. */
const UNEVEN_FRAMES = '4.4.4.9';

async function probe(url: URL): Promise<readonly object[]> {
  const { stdout } = await run('ffprobe', [
    ...'-v error -show_entries stream=codec_name,width,height -of json -read_intervals %+#60'.split(' '),
    url.href,
  ]);
  const { streams }: { readonly streams: readonly object[] } = JSON.parse(stdout);
  return streams;
}

describe('the direct route with a browser that publishes', { timeout: 240_000 }, () => {
  let media: MediasoupMedia;
  let browser: Browser;
  let room: TestRoom;
  let page: Stage;
  let server: BroadcastServer;
  let source: DirectSource;
  const failures: string[] = [];

  before(async () => {
    media = await startMedia();
    browser = await launchBrowser();
    room = await openRoom(media);
    page = await Stage.open(browser, room.room);
    server = await startBroadcastServer();
    await page.open('host', 'send');
    const camera = await page.publish('host', { source: 'camera', codec: 'video/H264' });
    const microphone = await page.publish('host', { source: 'microphone', gain: 0.5 });
    assert.equal(room.room.codecOf(camera), 'video/h264');
    const people = new FakeStage();
    const stage: BroadcastStage = {
      streams: [],
      isOverlaid: false,
      watch: (handle) => people.watch(handle),
      tap: (id, listener) => room.room.tap(id, listener),
    };
    source = new DirectSource({
      options,
      stage,
      plan: { camera, microphone },
      sink: await server.broadcasts.open('show', 'first'),
      clock: systemClock,
      partMs: 333,
      segmentMs: 2_000,
      isOnAir: () => true,
      handleFailure: ({ message }) => failures.push(message),
      handleUnfit: (_, why) => failures.push(why),
    });
  });

  after(async () => {
    await source?.close();
    await server?.close();
    await browser?.close();
    await media?.close();
  });

  it('makes playlists that keep the rules, with the picture as it was encoded', async () => {
    const master = new URL('/broadcasts/show/live.m3u8', server.origin);
    const broadcast = server.broadcasts.current('show');
    await new Promise<void>((resolve) => broadcast?.onPlayable(resolve));
    for (const track of ['video', 'audio']) {
      const texts = await recordSeries(new URL(`live/${track}.m3u8`, master), 20);
      assert.deepEqual(
        validateSeries(texts).filter(({ section }) => section !== UNEVEN_FRAMES),
        [],
        track,
      );
    }
    const text = await (await fetch(master)).text();
    assert.deepEqual(validateMultivariantPlaylist(text), []);
    assert.deepEqual(failures, []);
    assert.deepEqual(await probe(new URL('live/audio.m3u8', master)), [{ codec_name: 'aac' }]);
    const streams = await probe(master);
    assert.deepEqual(
      new Set(streams.map((stream) => JSON.stringify(stream))),
      new Set(
        [{ codec_name: 'h264', width: 480, height: 272 }, { codec_name: 'aac' }].map((one) => JSON.stringify(one)),
      ),
    );
  });
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import type { IlsPlayer } from '../../src/elements/player/player.ts';
import { validateMultivariantPlaylist } from '../hls-validator/multivariant-rules.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { beginRecord, endRecord } from './support/hand-over-probe.ts';
import { violations } from './support/media-probe.ts';
import { openStudio, waitForState, type RoomTag } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

/** A browser, a page, a join and the first frame, with everything else that runs on the machine. */
const START_LIMIT_MS = 90_000;
const run = promisify(execFile);

describe('a composed broadcast in two sizes', { timeout: 300_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;
  let watch: WatchedPage;

  const playback = () =>
    watch.page.evaluate(() => {
      const { playback: state } = document.querySelector<RoomTag>('ils-room')?.store ?? {};
      const video = document.querySelector<IlsPlayer>('ils-player')?.video;
      return {
        heights: state?.tracks.peek().levels.map(({ height }) => height),
        state: state?.state.peek(),
        width: video?.videoWidth,
        frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
      };
    });
  const goesOn = async () => {
    const { frames } = await playback();
    await eventually('frames', playback, (now) => now.frames > frames + 15, START_LIMIT_MS);
  };
  const live = (file: string) => `${server.origin}/broadcasts/demo/${file}`;
  const choose = async (quality: string) => {
    const { page } = watch;
    // What lies over the picture comes when the pointer moves, and stays as long as the focus is in it.
    for (const x of [200, 220]) await page.mouse.move(x, 150);
    await page.locator('ils-player [part~=quality-button]').press('Enter');
    await page.getByRole('menuitemradio', { name: new RegExp(`^${quality}`) }).press('Enter');
  };

  before(async () => {
    server = await RoomServer.start(['--broadcast-route', 'composer', '--broadcast-renditions', '2']);
    await server.addPage(
      'audience-page',
      '<ils-room room="demo" token-url="/dev/token?role=audience" auto-join><ils-player></ils-player></ils-room>',
    );
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
    await studio.page.evaluate(() =>
      document.querySelector<RoomTag>('ils-room')?.actions?.startBroadcast({ quality: 'low' }),
    );
    watch = await openPage(browser, `${server.origin}/audience-page`);
    await waitForState(watch, 'joined');
    await eventually('the broadcast', playback, ({ width }) => width === 640 || width === 320, START_LIMIT_MS);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('offers both, and the sound alone', async () => {
    const text = await (await fetch(live('live.m3u8'))).text();
    assert.deepEqual(validateMultivariantPlaylist(text), []);
    assert.deepEqual(
      [...text.matchAll(/RESOLUTION=(\S+?),FRAME-RATE=(\S+?),/g)].map(([, size, rate]) => [size, rate]),
      [
        ['640x360', '30.000'],
        ['320x180', '30.000'],
      ],
    );
  });

  it('is read by ffprobe in each size', async () => {
    for (const [file, width] of [
      ['live/video.m3u8', 640],
      ['live/half.m3u8', 320],
    ] as const) {
      const wanted = '-v error -count_frames -show_entries stream=codec_name,width,nb_read_frames -of json';
      const { stdout } = await run('ffprobe', [...wanted.split(' '), '-read_intervals', '%+#45', live(file)]);
      const [stream]: readonly Record<string, unknown>[] = JSON.parse(stdout).streams;
      assert.deepEqual([stream?.['codec_name'], stream?.['width']], ['h264', width]);
      assert.ok(Number(stream?.['nb_read_frames']) >= 30);
    }
  });

  it('has key frames at the same times in each size', async () => {
    const datesOf = async (file: string) =>
      (await (await fetch(live(file))).text()).match(
        /#EXT-X-PROGRAM-DATE-TIME:\S+\n(#EXT-X-PART:\S+INDEPENDENT=YES)?/g,
      );
    const [largest = [], half = []] = [await datesOf('live/video.m3u8'), await datesOf('live/half.m3u8')];
    const dates = (lines: readonly string[] | null) => (lines ?? []).map((line) => line.split('\n')[0]);
    const both = dates(half).filter((date) => dates(largest).includes(date));
    assert.ok(both.length >= 2, JSON.stringify([largest, half]));
  });

  it('is switched by the menu of the player without a dark frame', async (test) => {
    await eventually('the qualities', playback, ({ heights }) => heights?.toString() === '180,360', START_LIMIT_MS);
    await choose('360p');
    await eventually('the large picture', playback, ({ width }) => width === 640, START_LIMIT_MS);
    await goesOn();
    await beginRecord(watch.page);
    await choose('180p');
    await eventually('the small picture', playback, ({ width }) => width === 320, START_LIMIT_MS);
    await goesOn();
    await choose('360p');
    await eventually('the large picture', playback, ({ width }) => width === 640, START_LIMIT_MS);
    await goesOn();
    const { dark, looks, longestGapMs } = await endRecord(watch.page);
    test.diagnostic(`longest time between two frames: ${Math.round(longestGapMs)} ms`);
    assert.equal(dark, 0, `of ${looks} frames of the screen`);
  });

  it('keeps to the strict policy', async () => {
    assert.deepEqual(await violations(watch.page), []);
    assert.deepEqual(watch.errors, []);
  });
});

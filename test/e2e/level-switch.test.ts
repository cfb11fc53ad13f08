import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { IlsPlayer } from '../../src/elements/player/player.ts';
import { startBroadcastServer, type BroadcastServer } from '../server/broadcast/broadcast-server.ts';
import { createMaterial, withSmaller } from '../server/broadcast/encoded-material.ts';
import { feedLive } from '../server/broadcast/live-feed.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { beginFrameLog, endFrameLog } from './support/frame-log.ts';
import { HlsSource } from './support/hls-source.ts';

const PATIENCE_MS = 60_000;
const FRAME_RATE = 30;
const ROUNDS = 3;
/** Frames. */
const LARGEST_HOLE = 2;

describe('a change of size while the picture is live', { timeout: 300_000 }, () => {
  let server: BroadcastServer;
  let feed: { stop(): void };
  let source: HlsSource;
  let browser: Browser;
  let watch: WatchedPage;

  const picture = () =>
    watch.page.evaluate(() => {
      const video = document.querySelector<IlsPlayer>('ils-player')?.video;
      return { width: video?.videoWidth ?? 0, time: video?.currentTime ?? 0 };
    });
  const goesOn = async (seconds: number) => {
    const { time } = await picture();
    await eventually('the picture goes on', picture, (now) => now.time > time + seconds, PATIENCE_MS);
  };
  const choose = async (quality: string, width: number) => {
    const { page } = watch;
    for (const x of [200, 220]) await page.mouse.move(x, 150);
    await page.locator('ils-player [part~=quality-button]').press('Enter');
    await page.getByRole('menuitemradio', { name: new RegExp(`^${quality}`) }).press('Enter');
    await eventually(`${quality} is shown`, picture, (now) => now.width === width, PATIENCE_MS);
  };

  before(async () => {
    server = await startBroadcastServer({ renditions: 2 });
    const [large, small] = await Promise.all([
      createMaterial({ seconds: 4, size: '640x360' }),
      createMaterial({ seconds: 4, size: '320x180' }),
    ]);
    const broadcast = await server.broadcasts.open('stage', 'show');
    feed = feedLive(broadcast, withSmaller(large, [small]));
    source = await HlsSource.open();
    source.body = `<ils-player src="${server.origin}${broadcast.livestreamUrl}"></ils-player>`;
    browser = await launchChromium(AUTOPLAY);
    // The programme is another server's, which the page's own policy would not let it play.
    watch = await openPage(browser, `${source.origin}/page`, { bypassCSP: true });
    await eventually('the picture', picture, ({ width }) => width > 0, PATIENCE_MS);
    await choose('360p', 640);
    await goesOn(1);
  });

  after(async () => {
    feed?.stop();
    await browser?.close();
    await source?.close();
    await server?.close();
  });

  it('presents every frame once, down and up', async (test) => {
    await beginFrameLog(watch.page, FRAME_RATE);
    for (let round = 0; round < ROUNDS; round += 1) {
      await choose('180p', 320);
      await goesOn(0.5);
      await choose('360p', 640);
      await goesOn(0.5);
    }
    const record = await endFrameLog(watch.page);
    test.diagnostic(JSON.stringify(record));
    assert.deepEqual(
      record.widths,
      Array.from({ length: 2 * ROUNDS + 1 }, (_, index) => (index % 2 === 0 ? 640 : 320)),
    );
    assert.equal(record.repeated, 0);
    assert.ok(record.missing <= LARGEST_HOLE, JSON.stringify(record));
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { IlsPlayer } from '../../src/elements/player/player.ts';
import type { ParticipantId } from '../../src/protocol/index.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { beginRecord, endRecord } from './support/hand-over-probe.ts';
import { violations } from './support/media-probe.ts';
import { changeRole, openStudio, selfId, waitForState, type RoomTag } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

describe('a change of role between the broadcast and the stage', { timeout: 300_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;
  let watch: WatchedPage;
  let watcher: ParticipantId;

  const playback = () =>
    watch.page.evaluate(() => {
      const { playback: now } = document.querySelector<RoomTag>('ils-room')?.store ?? {};
      return {
        state: now?.state.peek(),
        showing: now?.showing.peek(),
        muted: now?.muted.peek(),
        volume: now?.volume.peek(),
      };
    });
  const shows = (wanted: 'stage' | 'program') =>
    eventually(
      `the ${wanted}`,
      async () => ({
        ...(await playback()),
        layers: await watch.page.evaluate(
          () => document.querySelector('ils-player')?.shadowRoot?.querySelectorAll('.layer').length,
        ),
      }),
      ({ showing, layers }) => showing === wanted && layers === 1,
      30_000,
    );
  const scripts = () =>
    watch.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1) ?? ''));

  before(async () => {
    server = await RoomServer.start();
    await server.addPage(
      'audience',
      '<ils-room room="demo" token-url="/dev/token?role=audience" auto-join><ils-player></ils-player></ils-room>',
    );
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
    watch = await openPage(browser, `${server.origin}/audience`);
    await waitForState(watch, 'joined');
    watcher = await selfId(watch);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('begins by itself once the broadcast can be played, and loads nothing of the stage', async () => {
    await watch.page.getByText('The broadcast has not started').waitFor();
    await studio.page.evaluate(() =>
      document.querySelector<RoomTag>('ils-room')?.actions?.startBroadcast({ quality: 'low' }),
    );
    await eventually('the broadcast', playback, ({ state }) => state === 'playing', 60_000);
    const volume = await watch.page.evaluate(() => document.querySelector<IlsPlayer>('ils-player')?.video?.volume);
    assert.equal(volume, 1);
    assert.ok(!(await scripts()).some((name) => /mediasoup|stage/.test(name)));
  });

  it('shows the stage without a dark frame, and keeps what the viewer chose', async () => {
    await watch.page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.actions?.setVolume(0.4));
    await beginRecord(watch.page);
    assert.equal(await changeRole(studio, watcher, 'viewer'), 'changed');
    await shows('stage');
    const { dark, swaps, looks } = await endRecord(watch.page);
    assert.deepEqual({ dark, swaps }, { dark: 0, swaps: 1 }, `of ${looks} frames of the screen`);
    assert.equal((await playback()).volume, 0.4);
  });

  it('shows the broadcast again without a dark frame', async () => {
    await beginRecord(watch.page);
    assert.equal(await changeRole(studio, watcher, 'audience'), 'changed');
    await shows('program');
    const { dark, swaps, looks } = await endRecord(watch.page);
    assert.deepEqual({ dark, swaps }, { dark: 0, swaps: 1 }, `of ${looks} frames of the screen`);
    const video = await watch.page.evaluate(() => {
      const player = document.querySelector<IlsPlayer>('ils-player');
      const { volume, muted } = player?.video ?? {};
      return { volume, muted };
    });
    assert.deepEqual(video, { volume: 0.4, muted: false });
  });

  it('goes back in time and to live again, without a dark frame', async () => {
    const position = () =>
      watch.page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.store?.playback.timeline.peek());
    await eventually('ten seconds of broadcast', position, (timeline) => (timeline?.end ?? 0) > 10, 30_000);
    await beginRecord(watch.page);
    await watch.page.evaluate(() => {
      const { actions, store } = document.querySelector<RoomTag>('ils-room') ?? {};
      const timeline = store?.playback.timeline.peek();
      if (timeline) actions?.commandProgram({ type: 'seek', position: timeline.end - 8 });
    });
    await eventually('the earlier moment', position, (timeline) => timeline?.atLive === false);
    await watch.page.locator('ils-player').hover();
    await watch.page.getByRole('button', { name: /Go live/ }).click();
    await eventually('live', position, (timeline) => timeline?.atLive === true);
    await shows('program');
    assert.equal((await endRecord(watch.page)).dark, 0);
  });

  it('keeps to the strict policy', async () => {
    assert.deepEqual(await violations(watch.page), []);
    assert.deepEqual(watch.errors, []);
  });
});

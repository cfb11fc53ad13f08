import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { IlsPlayer } from '../../src/elements/player/player.ts';
import type { ParticipantId } from '../../src/protocol/index.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { GStreamerEncoder } from './support/gstreamer.ts';
import { beginRecord, endRecord } from './support/hand-over-probe.ts';
import { violations } from './support/media-probe.ts';
import { openStudio, streamsOf, waitForState, type RoomTag } from './support/pages.ts';
import { listProcesses } from './support/processes.ts';
import { RoomServer } from './support/room-server.ts';

/** A browser, a page, a join and the first frame, with everything else that runs on the machine. */
const COMPOSER_LIMIT_MS = 90_000;

describe('the broadcast of one camera, as it is', { timeout: 400_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let encoder: GStreamerEncoder;
  let host: WatchedPage;
  let guest: WatchedPage;
  let watch: WatchedPage;

  const mint = (participant: string) => server.mintToken({ room: 'demo', role: 'guest', participant });
  const composers = async () => {
    const all = await listProcesses();
    return all.filter(({ parent, command }) => parent === server.pid && command.includes('ils-composer-')).length;
  };
  const becomeComposers = (wanted: number) =>
    eventually(`${wanted} composers`, composers, (count) => count === wanted, COMPOSER_LIMIT_MS);
  /** Where one discontinuity follows another. */
  const discontinuities = async () => {
    const text = await (await fetch(`${server.origin}/broadcasts/demo/live/video.m3u8`)).text();
    const [, before_ = '0'] = /#EXT-X-DISCONTINUITY-SEQUENCE:(\d+)/.exec(text) ?? [];
    return Number(before_) + (text.match(/#EXT-X-DISCONTINUITY\n/g)?.length ?? 0);
  };
  const playback = () =>
    watch.page.evaluate(() => {
      const { store } = document.querySelector<RoomTag>('ils-room') ?? {};
      const video = document.querySelector<IlsPlayer>('ils-player')?.video;
      return {
        state: store?.playback.state.peek(),
        width: video?.videoWidth,
        height: video?.videoHeight,
        frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
      };
    });
  const goesOn = async () => {
    const { frames } = await playback();
    await eventually('frames', playback, (now) => now.frames > frames + 5, COMPOSER_LIMIT_MS);
  };

  before(async () => {
    server = await RoomServer.start();
    await server.addPage(
      'audience-page',
      '<ils-room room="demo" token-url="/dev/token?role=audience" auto-join><ils-player></ils-player></ils-room>',
    );
    await server.addPage('host-page', '<ils-room room="demo" token-url="/dev/token?role=host" auto-join></ils-room>');
    const endpoint = `${server.origin.replace('localhost', '127.0.0.1')}/whip/demo`;
    encoder = GStreamerEncoder.start(endpoint, await mint('encoder'));
    browser = await launchChromium(AUTOPLAY);
    watch = await openPage(browser, `${server.origin}/audience-page`);
    await waitForState(watch, 'joined');
    host = await openPage(browser, `${server.origin}/host-page`);
    await waitForState(host, 'joined');
    await eventually(
      'the encoder on stage',
      () => streamsOf(host, 'encoder' as ParticipantId),
      ({ length }) => length === 2,
      30_000,
    );
  });

  after(async () => {
    await encoder?.vanish();
    await browser?.close();
    await server?.stop();
  });

  it('is played without a composer', async () => {
    await host.page.evaluate(() =>
      document.querySelector<RoomTag>('ils-room')?.actions?.startBroadcast({ quality: 'low' }),
    );
    await eventually('the broadcast', playback, ({ state }) => state === 'playing', COMPOSER_LIMIT_MS);
    await goesOn();
    assert.equal(await composers(), 0);
  });

  it('offers captions that begin under way to who plays the address by itself, and the picture goes on', async () => {
    await server.addPage('address-page', `<ils-player src="${server.origin}/broadcasts/demo/live.m3u8"></ils-player>`);
    const alone = await openPage(browser, `${server.origin}/address-page`);
    const look = () =>
      alone.page.evaluate(() => {
        const player = document.querySelector<IlsPlayer>('ils-player');
        const tracks = [...(player?.video?.textTracks ?? [])].filter(({ mode }) => mode === 'showing');
        return {
          position: player?.video?.currentTime ?? 0,
          offered: player?.shadowRoot?.querySelector('[part~="captions-button"]') != null,
          shown: tracks.flatMap(({ language, cues }) =>
            [...(cues ?? [])].map((cue) => `${language}: ${cue instanceof VTTCue ? cue.text : ''}`),
          ),
        };
      });
    const say = (segmentId: string, text: string) =>
      host.page.evaluate((input) => document.querySelector<RoomTag>('ils-room')?.actions?.sendCaption(input), {
        segmentId,
        text,
        final: true,
        language: 'it',
      });
    const { position: begun, offered } = await eventually(
      'it plays',
      look,
      ({ position }) => position > 1,
      COMPOSER_LIMIT_MS,
    );
    assert.ok(!offered);
    const events = await alone.page.evaluateHandle(() => {
      const seen: string[] = [];
      const { video } = document.querySelector<IlsPlayer>('ils-player') ?? {};
      for (const type of ['emptied', 'loadstart']) video?.addEventListener(type, () => seen.push(type));
      return seen;
    });
    await say('1', 'Buona sera');
    await eventually('captions to choose', look, (now) => now.offered, COMPOSER_LIMIT_MS);
    await alone.page.locator('ils-player [part~="base"]').press('c');
    await say('2', 'Ecco le notizie');
    const { position } = await eventually(
      'what is said',
      look,
      ({ shown }) => shown.some((line) => line.startsWith('it: ') && line.includes('Ecco le notizie')),
      COMPOSER_LIMIT_MS,
    );
    assert.ok(position > begun);
    assert.deepEqual(await events.jsonValue(), []);
    assert.deepEqual([await violations(alone.page), alone.errors], [[], []]);
    await alone.context.close();
  });

  it('goes over to a composer when another comes, and no frame is dark', async (test) => {
    const before_ = await discontinuities();
    await beginRecord(watch.page);
    guest = await openStudio(browser, server);
    await becomeComposers(1);
    await eventually('the composed picture', playback, ({ width }) => width === 640, COMPOSER_LIMIT_MS);
    await goesOn();
    const { dark, looks, longestGapMs } = await endRecord(watch.page);
    test.diagnostic(`longest time between two frames: ${Math.round(longestGapMs)} ms`);
    assert.equal(dark, 0, `of ${looks} frames of the screen`);
    assert.equal(await discontinuities(), before_ + 1);
  });

  it('goes back once the other has left for a while, and lets the composer go', async (test) => {
    const before_ = await discontinuities();
    await beginRecord(watch.page);
    await guest.context.close();
    await becomeComposers(0);
    await eventually('the camera', playback, ({ width }) => width === 480, COMPOSER_LIMIT_MS);
    await goesOn();
    const { dark, looks, longestGapMs } = await endRecord(watch.page);
    test.diagnostic(`longest time between two frames: ${Math.round(longestGapMs)} ms`);
    assert.equal(dark, 0, `of ${looks} frames of the screen`);
    assert.equal(await discontinuities(), before_ + 1);
  });

  it('keeps to the strict policy', async () => {
    assert.deepEqual(await violations(watch.page), []);
    assert.deepEqual(watch.errors, []);
  });
});

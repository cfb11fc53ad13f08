import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { ParticipantId } from '../../src/protocol/index.ts';
import { AUTOPLAY, launchChromium, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { openForeignPage } from './support/foreign-clients.ts';
import { GStreamerEncoder } from './support/gstreamer.ts';
import { receivedMedia, showsNewFrames } from './support/media-probe.ts';
import { openStudio, selfId, type RoomTag } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

/** Shapes of the pictures: Chromium's camera, and the encoder's. */
const CAMERA = 1.8;
const SQUARE = 1;

describe('WHEP, by a player that is not ours', { timeout: 300_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let player: WatchedPage;
  let studio: WatchedPage;

  before(async () => {
    // The player's router shares the one worker with those who publish.
    server = await RoomServer.start(['--workers', '1']);
    browser = await launchChromium(AUTOPLAY);
    player = await openForeignPage(browser, server);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const play = async () => {
    const token = await server.mintToken({ room: 'demo', role: 'viewer', participant: 'player' });
    await player.page.evaluate(([url, bearer]) => window.playByWhep(url, bearer), [
      `${server.origin}/whep/demo`,
      token,
    ] as const);
  };
  const metric = async (name: string) => {
    const text = await (await fetch(`${server.origin}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
  };
  /** Pictures go on, and sound has come since. */
  const plays = async () => {
    const before = await receivedMedia(player.page);
    await eventually(
      'decoded pictures and sound',
      () => receivedMedia(player.page),
      ({ frames, energy }) => frames > before.frames + 10 && energy > before.energy,
      30_000,
    );
    await showsNewFrames(player.page);
  };
  /** How many times as wide as high; the layers of a camera have one shape, whichever the link carries. */
  const shape = () =>
    player.page.evaluate(() => {
      const { videoWidth = 0, videoHeight = 1 } = document.querySelector('video') ?? {};
      return Math.round((videoWidth / videoHeight) * 10) / 10;
    });
  const pictureIs = (wanted: number) =>
    eventually(`a picture of the shape ${wanted}`, shape, (shown) => shown === wanted, 30_000);

  /** SSRC of the picture that comes in. Chromium's screen looks like its camera. */
  const pictureStream = () =>
    player.page.evaluate(async () => {
      const ssrcs: number[] = [];
      for (const connection of window.peerConnections) {
        for (const report of (await connection.getStats()).values()) {
          if (report.type === 'inbound-rtp' && report.kind === 'video') ssrcs.push(report.ssrc);
        }
      }
      return ssrcs.join();
    });

  it('waits on an empty stage, and plays once there is somebody', async () => {
    await play();
    await eventually(
      'a connection',
      () => player.page.evaluate(() => window.peerConnections.map(({ connectionState }) => connectionState)),
      (states) => states.join() === 'connected',
    );
    assert.equal((await receivedMedia(player.page)).frames, 0);
    studio = await openStudio(browser, server);
    await plays();
  });

  it('goes over to the one in the spotlight, in another codec, and back, without another offer', async () => {
    const token = await server.mintToken({ room: 'demo', role: 'guest', participant: 'encoder' });
    const gstreamer = GStreamerEncoder.start(`${server.origin.replace('localhost', '127.0.0.1')}/whip/demo`, token);
    const spotlight = async (id: string) =>
      studio.page.evaluate(
        async (who) => document.querySelector<RoomTag>('ils-room')?.actions?.spotlight(who),
        id as ParticipantId,
      );
    try {
      await eventually(
        'streams',
        () => metric('ils_media_streams'),
        (streams) => streams === 4,
        30_000,
      );
      await spotlight('encoder');
      await pictureIs(SQUARE);
      await plays();
      await spotlight(await selfId(studio));
      await pictureIs(CAMERA);
      await plays();
      await spotlight('encoder');
      await pictureIs(SQUARE);
    } finally {
      await gstreamer.stop();
    }
    // Who is left takes the place.
    await pictureIs(CAMERA);
    await plays();
    assert.equal(await player.page.evaluate(() => window.peerConnections.length), 1);
  });

  it('shows the shared screen while there is one', async () => {
    const camera = await pictureStream();
    const another = (than: string) =>
      eventually('another picture', pictureStream, (now) => now !== than && now !== '', 30_000);
    await studio.page.getByRole('button', { name: 'Share the screen' }).click();
    const screen = await another(camera);
    await showsNewFrames(player.page);
    await studio.page.getByRole('button', { name: 'Stop sharing the screen' }).click();
    await another(screen);
    await plays();
  });

  it('leaves nothing behind', async () => {
    const before = await metric('ils_participants');
    await player.page.evaluate(() => window.stopPlaying());
    await eventually(
      'participants',
      () => metric('ils_participants'),
      (count) => count === before - 1,
    );
    await eventually(
      'subscriptions',
      () => metric('ils_media_subscriptions'),
      (count) => count === 0,
    );
  });
});

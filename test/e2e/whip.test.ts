import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { ParticipantId } from '../../src/protocol/index.ts';
import { AUTOPLAY, launchChromium, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { openForeignPage } from './support/foreign-clients.ts';
import { receivedMedia, shownPictures, showsNewFrames } from './support/media-probe.ts';
import { openStudio, openWatch, streamsOf, type RoomTag } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

const encoder = 'encoder' as ParticipantId;

describe('WHIP, by a client that is not ours', { timeout: 300_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let viewer: WatchedPage;
  let client: WatchedPage;

  before(async () => {
    server = await RoomServer.start(['--whip-timeout-seconds', '2']);
    browser = await launchChromium(AUTOPLAY);
    viewer = await openWatch(browser, server);
    client = await openForeignPage(browser, server);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const publish = async () => {
    const token = await server.mintToken({ room: 'demo', role: 'guest', participant: encoder, name: 'Encoder' });
    return client.page.evaluate(async ([endpoint, bearer]) => (await window.publishByWhip(endpoint, bearer)).resource, [
      `${server.origin}/whip/demo`,
      token,
    ] as const);
  };
  const sources = async (who: WatchedPage) => (await streamsOf(who, encoder)).map(({ source }) => source).toSorted();

  it('is on the stage of a viewer, seen and heard', async () => {
    const resource = await publish();
    assert.match(resource, new RegExp(`^${server.origin}/whip/demo/[\\w-]{32}$`));
    await eventually(
      'streams of the encoder',
      () => sources(viewer),
      (names) => names.join() === 'camera,microphone',
    );
    await eventually(
      'decoded pictures and sound',
      () => receivedMedia(viewer.page),
      ({ frames, energy }) => frames > 10 && energy > 0,
      30_000,
    );
    await eventually(
      'a picture in sight',
      () => shownPictures(viewer.page),
      (shown) => shown.length === 1,
      30_000,
    );
    await showsNewFrames(viewer.page);
  });

  it('is muted and removed by a host like anybody else', async () => {
    const studio = await openStudio(browser, server);
    const mute = async () =>
      studio.page.evaluate(
        async (who) => document.querySelector<RoomTag>('ils-room')?.actions?.muteParticipant(who, 'microphone'),
        encoder,
      );
    await mute();
    await eventually(
      'all know of the mute',
      () => streamsOf(viewer, encoder),
      (streams) => streams.some(({ source, mutedBy }) => source === 'microphone' && mutedBy === 'host'),
    );
    await studio.page.evaluate(
      async (who) => document.querySelector<RoomTag>('ils-room')?.actions?.removeParticipant(who),
      encoder,
    );
    await eventually(
      'no streams',
      () => sources(viewer),
      (names) => names.length === 0,
    );
    await studio.context.close();
  });
});

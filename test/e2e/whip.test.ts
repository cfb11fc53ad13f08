import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { ParticipantId } from '../../src/protocol/index.ts';
import { AUTOPLAY, launchChromium, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { openForeignPage } from './support/foreign-clients.ts';
import { GStreamerEncoder } from './support/gstreamer.ts';
import { receivedMedia, shownPictures, showsNewFrames } from './support/media-probe.ts';
import { openStudio, openWatch, streamsOf, type RoomTag } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

const encoder = 'encoder' as ParticipantId;

describe('WHIP, by clients that are not ours', { timeout: 300_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let viewer: WatchedPage;
  let client: WatchedPage;
  let steady: GStreamerEncoder;

  before(async () => {
    server = await RoomServer.start(['--whip-timeout-seconds', '2']);
    // In a room of its own, from the first to the last.
    const token = await server.mintToken({ room: 'steady', role: 'guest', participant: 'steady' });
    steady = GStreamerEncoder.start(`${server.origin.replace('localhost', '127.0.0.1')}/whip/steady`, token);
    browser = await launchChromium(AUTOPLAY);
    viewer = await openWatch(browser, server);
    client = await openForeignPage(browser, server);
  });

  after(async () => {
    await steady?.vanish();
    await browser?.close();
    await server?.stop();
  });

  const mint = () => server.mintToken({ room: 'demo', role: 'guest', participant: encoder, name: 'Encoder' });
  const endpoint = () => `${server.origin}/whip/demo`;
  const becomesPublished = (wanted: string) =>
    eventually(
      'streams of the encoder',
      async () => (await streamsOf(viewer, encoder)).map(({ source }) => source).toSorted(),
      (names) => names.join() === wanted,
      60_000,
    );
  const isSeen = async () => {
    await eventually(
      'a picture in sight',
      () => shownPictures(viewer.page),
      (shown) => shown.length === 1,
      30_000,
    );
    await showsNewFrames(viewer.page);
  };
  /** What the viewer has decoded since. */
  const isDecoded = async () => {
    const before = await receivedMedia(viewer.page);
    await eventually(
      'decoded pictures and sound',
      () => receivedMedia(viewer.page),
      ({ frames, energy }) => frames > before.frames + 10 && energy > before.energy,
      30_000,
    );
  };

  describe('a browser with @eyevinn/whip-web-client', () => {
    it('is on the stage of a viewer, seen and heard', async () => {
      const resource = await client.page.evaluate(
        async ([url, token]) => (await window.publishByWhip(url, token)).resource,
        [endpoint(), await mint()] as const,
      );
      assert.match(resource, new RegExp(`^${server.origin}/whip/demo/[\\w-]{32}$`));
      await becomesPublished('camera,microphone');
      await isDecoded();
      await isSeen();
    });

    it('is muted and removed by a host like anybody else', async () => {
      const studio = await openStudio(browser, server);
      await studio.page.evaluate(
        async (who) => document.querySelector<RoomTag>('ils-room')?.actions?.muteParticipant(who, 'microphone'),
        encoder,
      );
      await eventually(
        'all know of the mute',
        () => streamsOf(viewer, encoder),
        (streams) => streams.some(({ source, mutedBy }) => source === 'microphone' && mutedBy === 'host'),
      );
      await studio.page.evaluate(
        async (who) => document.querySelector<RoomTag>('ils-room')?.actions?.removeParticipant(who),
        encoder,
      );
      await becomesPublished('');
      await studio.context.close();
    });
  });

  it('sends a viewer the layer that the picture needs, of those a browser publishes', async () => {
    await client.page.evaluate(([url, token]) => window.publishLayers(url, token), [endpoint(), await mint()] as const);
    await becomesPublished('camera');
    await isSeen();
    for (const [width, height, layer] of [
      [320, 640, 320],
      [1_600, 1_000, 1_280],
    ] as const) {
      await viewer.page.setViewportSize({ width, height });
      await eventually(
        `a picture ${layer} wide in a window ${width} wide`,
        async () => (await receivedMedia(viewer.page)).widths,
        (widths) => widths.includes(layer),
        // A busy machine looks like a narrow link for a while.
        60_000,
      );
    }
  });

  it('goes on after a restart of ICE', async () => {
    const { wanted, used } = await client.page.evaluate(() => window.restartIce());
    assert.equal(used, wanted);
    await showsNewFrames(viewer.page);
  });

  it('takes a browser off the stage that was closed', async () => {
    await client.context.close();
    // Nobody said goodbye.
    await becomesPublished('');
  });

  it('shows GStreamer, H.264 and Opus, until it says goodbye', async () => {
    const gstreamer = GStreamerEncoder.start(endpoint().replace('localhost', '127.0.0.1'), await mint());
    try {
      await becomesPublished('camera,microphone');
      await isDecoded();
      await isSeen();
    } finally {
      await gstreamer.stop();
    }
    assert.match(gstreamer.output, /ended 200/);
    await becomesPublished('');
  });

  it('takes GStreamer off the stage that vanished', async () => {
    const gstreamer = GStreamerEncoder.start(endpoint().replace('localhost', '127.0.0.1'), await mint());
    try {
      await becomesPublished('camera,microphone');
      await isSeen();
    } finally {
      await gstreamer.vanish();
    }
    await becomesPublished('');
  });

  it('leaves GStreamer on the stage that sends media all the while, and no checks of ICE', async () => {
    assert.match(steady.output, /state connected/);
    await steady.stop();
    assert.match(steady.output, /ended 200/);
  });
});

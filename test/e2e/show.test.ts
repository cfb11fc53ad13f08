import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { ParticipantId, RoleName } from '../../src/protocol/index.ts';
import { AUTOPLAY, launchChromium, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { openConnections, receivedMedia, shownPictures, violations } from './support/media-probe.ts';
import {
  chatTexts,
  openStudio,
  openWatch,
  say,
  selfId,
  selfRole,
  waitForState,
  type RoomTag,
} from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

describe('a show', { timeout: 240_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;
  let viewers: readonly WatchedPage[];

  before(async () => {
    server = await RoomServer.start();
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
    viewers = await Promise.all([0, 1, 2].map(() => openWatch(browser, server)));
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('is seen and heard by three viewers', async () => {
    for (const { page } of viewers) {
      await eventually(
        'pictures are decoded',
        () => shownPictures(page),
        (shown) => shown.some(({ frames }) => frames > 10),
      );
      await eventually(
        'sound is heard',
        () => receivedMedia(page),
        ({ energy }) => energy > 0,
      );
    }
  });

  it('shows the host the own picture', async () => {
    await eventually(
      'own picture',
      () => shownPictures(studio.page),
      (shown) => shown.length === 1,
    );
  });

  it('chats both ways, in one order for all', async () => {
    await say(studio, 'Welcome');
    await Promise.all(viewers.map((viewer, index) => say(viewer, `Hello from ${index}`)));
    const all = [studio, ...viewers];
    for (const one of all)
      await eventually(
        'messages',
        () => chatTexts(one),
        (texts) => texts.length === 4,
      );
    const orders = await Promise.all(all.map(async (one) => (await chatTexts(one)).join('|')));
    assert.equal(new Set(orders).size, 1);
  });

  it('sends the layer that the size of the picture needs', async () => {
    const [first] = viewers;
    assert.ok(first);
    const widest = async (): Promise<number> => {
      const widths = await first.page.evaluate(async () => {
        const found: number[] = [];
        for (const connection of window.peerConnections)
          for (const report of (await connection.getStats()).values())
            if (report.type === 'inbound-rtp' && report.frameWidth > 0) found.push(report.frameWidth);
        return found;
      });
      return Math.max(0, ...widths);
    };
    await first.page.setViewportSize({ width: 1600, height: 1000 });
    const large = await eventually('the largest layer', widest, (width) => width >= 1_000, 30_000);
    await first.page.setViewportSize({ width: 320, height: 600 });
    await eventually('a smaller layer', widest, (width) => width > 0 && width < large, 30_000);
    await first.page.setViewportSize({ width: 1280, height: 720 });
  });

  it('takes a viewer on to the stage with consent, and back', async () => {
    const [viewer] = viewers;
    assert.ok(viewer);
    const id = (await selfId(viewer)) as ParticipantId;
    const change = (role: string): Promise<void> =>
      studio.page.evaluate(
        async ([who, to]) => {
          await document.querySelector<RoomTag>('ils-room')?.actions?.changeRole(who as ParticipantId, to as RoleName);
        },
        [id, role],
      );
    await change('guest');
    assert.equal(await selfRole(viewer), 'viewer');
    await viewer.page
      .getByRole('dialog')
      .getByRole('button', { name: /accept|join/i })
      .click();
    await eventually(
      'the role',
      () => selfRole(viewer),
      (role) => role === 'guest',
    );
    await eventually(
      'the guest is on the air',
      () => shownPictures(studio.page),
      (shown) => shown.length === 2,
    );
    await eventually(
      'others see the guest',
      () => shownPictures(viewers[1]!.page),
      (shown) => shown.length === 2,
    );
    await eventually(
      'the host hears the guest',
      () => receivedMedia(studio.page),
      ({ energy }) => energy > 0,
    );

    await change('viewer');
    await eventually(
      'the role',
      () => selfRole(viewer),
      (role) => role === 'viewer',
    );
    await eventually(
      'the stage is the host alone',
      () => shownPictures(studio.page),
      (shown) => shown.length === 1,
    );
    const sources = await viewer.page.evaluate(() =>
      Object.values(document.querySelector<RoomTag>('ils-room')?.store?.localMedia.sources.peek() ?? {}).map(
        ({ status }) => status,
      ),
    );
    assert.deepEqual(new Set(sources), new Set(['off']));
    await eventually(
      'the viewer watches on',
      () => shownPictures(viewer.page),
      (shown) => shown.length === 1,
    );
  });

  it('gives the screen the main place', async () => {
    await studio.page.evaluate(async () => document.querySelector<RoomTag>('ils-room')?.actions?.startSource('screen'));
    for (const { page } of viewers)
      await eventually(
        'camera and screen',
        () => shownPictures(page),
        (shown) => shown.length === 2,
        20_000,
      );
    await studio.page.evaluate(async () => document.querySelector<RoomTag>('ils-room')?.actions?.stopSource('screen'));
    for (const { page } of viewers)
      await eventually(
        'camera alone',
        () => shownPictures(page),
        (shown) => shown.length === 1,
      );
  });

  it('puts a removed viewer out and closes what they held', async () => {
    const removed = viewers[2];
    assert.ok(removed);
    const id = await selfId(removed);
    await studio.page.evaluate(
      async (who) => document.querySelector<RoomTag>('ils-room')?.actions?.removeParticipant(who as ParticipantId),
      id,
    );
    await waitForState(removed, 'removed');
    await eventually(
      'connections',
      () => openConnections(removed.page),
      (open) => open === 0,
    );
  });

  it('ends for everyone', async () => {
    await studio.page.evaluate(async () => document.querySelector<RoomTag>('ils-room')?.actions?.endRoom());
    for (const one of [studio, ...viewers.slice(0, 2)]) await waitForState(one, 'ended');
  });

  it('keeps to the content security policy and throws nothing', async () => {
    for (const one of [studio, ...viewers]) {
      assert.deepEqual(await violations(one.page), []);
      assert.deepEqual(one.errors, []);
    }
  });
});

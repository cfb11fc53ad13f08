import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { AUTOPLAY, launchChromium, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import {
  mainTile,
  openConnections,
  receivedMedia,
  shownPictures,
  showsNewFrames,
  violations,
} from './support/media-probe.ts';
import {
  changeRole,
  chatTexts,
  openStudio,
  openWatch,
  ownSource,
  say,
  selfId,
  selfRole,
  streamsOf,
  waitForState,
  type RoomTag,
} from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

describe('a show', { timeout: 300_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;
  let first: WatchedPage;
  let second: WatchedPage;
  let third: WatchedPage;

  before(async () => {
    server = await RoomServer.start();
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
    first = await openWatch(browser, server);
    second = await openWatch(browser, server);
    third = await openWatch(browser, server);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const seesPictures = (who: WatchedPage, count: number) =>
    eventually(
      `${count} pictures in sight`,
      () => shownPictures(who.page),
      (shown) => shown.length === count,
      30_000,
    );

  it('is seen and heard by three viewers', async () => {
    for (const { page } of [first, second, third]) {
      await eventually(
        'pictures are decoded',
        () => receivedMedia(page),
        ({ frames }) => frames > 10,
        30_000,
      );
      await eventually(
        'sound is heard',
        () => receivedMedia(page),
        ({ energy }) => energy > 0,
      );
    }
    for (const viewer of [first, second, third]) {
      await seesPictures(viewer, 1);
      await showsNewFrames(viewer.page);
    }
  });

  it('shows the host the own picture, which is not received', async () => {
    await seesPictures(studio, 1);
    await showsNewFrames(studio.page);
    assert.equal((await receivedMedia(studio.page)).frames, 0);
  });

  it('chats both ways, in one order for all', async () => {
    await say(studio, 'Welcome');
    const greetings = await Promise.all(
      [first, second, third].map(async (viewer, index) => {
        await say(viewer, `Hello from ${index}`);
        return `Hello from ${index}`;
      }),
    );
    const all = [studio, first, second, third];
    for (const one of all)
      await eventually(
        'messages',
        () => chatTexts(one),
        (texts) => texts.length === 4,
      );
    const expected = await chatTexts(studio);
    assert.deepEqual([...expected].sort(), ['Welcome', ...greetings].sort());
    for (const one of all) {
      assert.deepEqual(await chatTexts(one), expected);
      for (const text of expected) await one.page.locator('ils-chat').getByText(text, { exact: true }).waitFor();
    }
  });

  it('sends the layer that the size of the picture needs', async () => {
    const becomes = async (width: number, height: number, layer: number) => {
      await first.page.setViewportSize({ width, height });
      await eventually(
        `a picture ${layer} wide in a window ${width} wide`,
        async () => (await receivedMedia(first.page)).widths,
        (widths) => widths.length === 1 && widths[0] === layer,
        // A busy machine looks like a narrow link for a while.
        60_000,
      );
    };
    await becomes(1_600, 1_000, 1_280);
    await becomes(320, 640, 320);
    await becomes(700, 900, 640);
    await becomes(1_600, 1_000, 1_280);
    await showsNewFrames(first.page);
    await first.page.setViewportSize({ width: 1_280, height: 720 });
  });

  it('takes a viewer on to the stage only with consent', async () => {
    const id = await selfId(first);
    const dialog = first.page.getByRole('dialog');
    assert.equal(await changeRole(studio, id, 'guest'), 'offered');
    await dialog.getByRole('button', { name: 'Not now' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await selfRole(first), 'viewer');

    assert.equal(await changeRole(studio, id, 'guest'), 'offered');
    assert.equal(await selfRole(first), 'viewer');
    assert.equal(await openConnections(first.page), 1);
    await dialog.getByRole('button', { name: 'Camera' }).click();
    await dialog.getByRole('button', { name: 'Microphone' }).click();
    // Not on the air before they agreed.
    await eventually(
      'the camera is open',
      () => ownSource(first, 'camera'),
      ({ status, published }) => status === 'live' && !published,
    );
    assert.deepEqual(await streamsOf(studio, id), []);
    await dialog.getByRole('button', { name: 'Go on stage' }).click();

    await eventually(
      'the role',
      () => selfRole(first),
      (role) => role === 'guest',
    );
    await seesPictures(first, 2);
    await seesPictures(studio, 2);
    await seesPictures(second, 2);
    await eventually(
      'the host sees and hears the guest',
      () => receivedMedia(studio.page),
      ({ frames, energy }) => frames > 10 && energy > 0,
      30_000,
    );
  });

  it('lets the host mute a guest, and the guest speak again', async () => {
    const id = await selfId(first);
    await studio.page.evaluate(
      async (who) => document.querySelector<RoomTag>('ils-room')?.actions?.muteParticipant(who, 'microphone'),
      id,
    );
    await eventually(
      'the guest is muted',
      () => ownSource(first, 'microphone'),
      ({ status }) => status === 'muted',
    );
    await eventually(
      'all know it',
      () => streamsOf(second, id),
      (streams) => streams.some(({ source, muted, mutedBy }) => source === 'microphone' && muted && mutedBy === 'host'),
    );
    await first.page.locator('ils-player').hover();
    await first.page.getByRole('button', { name: 'Turn microphone on' }).click();
    await eventually(
      'the guest is heard again',
      () => streamsOf(second, id),
      (streams) => streams.some(({ source, muted }) => source === 'microphone' && !muted),
    );
  });

  it('gives everything back on demotion', async () => {
    const id = await selfId(first);
    assert.equal(await changeRole(studio, id, 'viewer'), 'changed');
    await eventually(
      'the role',
      () => selfRole(first),
      (role) => role === 'viewer',
    );
    for (const source of ['camera', 'microphone'] as const) {
      const { status, published } = await ownSource(first, source);
      assert.deepEqual({ status, published }, { status: 'off', published: false });
    }
    assert.equal(await first.page.evaluate(() => window.openDeviceTracks()), 0);
    await eventually(
      'only what receives stays open',
      () => openConnections(first.page),
      (open) => open === 1,
    );
    for (const one of [studio, first, second]) await seesPictures(one, 1);
    await showsNewFrames(first.page);
  });

  it('gives the screen the main place', async () => {
    await studio.page.getByRole('button', { name: 'Share the screen' }).click();
    for (const { page } of [first, second, third]) {
      await eventually(
        'the screen is large, the camera beside it',
        () => mainTile(page),
        (main) => main !== null && main.source === 'screen' && main.playing && main.share > 0.5 && main.others === 1,
        30_000,
      );
    }
    await studio.page.getByRole('button', { name: 'Stop sharing the screen' }).click();
    for (const viewer of [first, second, third]) {
      await seesPictures(viewer, 1);
      assert.equal(await mainTile(viewer.page), null);
    }
  });

  it('puts a removed viewer out and closes what they held', async () => {
    const id = await selfId(third);
    await studio.page.evaluate(
      async (who) => document.querySelector<RoomTag>('ils-room')?.actions?.removeParticipant(who),
      id,
    );
    await waitForState(third, 'removed');
    await third.page.getByText('You were removed from the room').first().waitFor();
    await eventually(
      'connections',
      () => openConnections(third.page),
      (open) => open === 0,
    );
    await eventually(
      'sockets',
      () => third.page.evaluate(() => window.openSockets()),
      (open) => open === 0,
    );
  });

  it('ends for everyone', async () => {
    await studio.page.evaluate(async () => document.querySelector<RoomTag>('ils-room')?.actions?.endRoom());
    for (const one of [studio, first, second]) {
      await waitForState(one, 'ended');
      await eventually(
        'connections',
        () => openConnections(one.page),
        (open) => open === 0,
      );
    }
    assert.equal(await studio.page.evaluate(() => window.openDeviceTracks()), 0);
  });

  it('keeps to the content security policy and throws nothing', async () => {
    for (const one of [studio, first, second, third]) {
      assert.deepEqual(await violations(one.page), []);
      assert.deepEqual(one.errors, []);
    }
  });
});

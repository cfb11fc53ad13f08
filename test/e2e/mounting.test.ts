import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { AUTOPLAY, countListeners, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { openConnections, shownPictures, showsNewFrames, violations } from './support/media-probe.ts';
import { openStudio, ownSource, say, selfId, waitForState, type RoomTag } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

const ROUNDS = 5;

describe('rooms in a page', { timeout: 240_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;

  before(async () => {
    server = await RoomServer.start();
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const room = (inner: string, attributes = 'room="demo" token-url="/dev/token?role=viewer" auto-join') =>
    `<ils-room ${attributes}>${inner}</ils-room>`;

  const isClean = async ({ page, errors }: WatchedPage) => {
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(errors, []);
  };

  const holdings = async ({ page }: WatchedPage) => ({
    sockets: await page.evaluate(() => window.openSockets()),
    connections: await openConnections(page),
    sounds: await page.evaluate(() => window.playingSounds()),
    devices: await page.evaluate(() => window.openDeviceTracks()),
  });

  const holdsNothing = (page: WatchedPage) =>
    eventually(
      'everything is closed',
      () => holdings(page),
      (held) => Object.values(held).every((count) => count === 0),
    );

  it('go on undisturbed while they and their elements are moved', async () => {
    await server.addPage(
      'moving',
      `<div id="here">${room('<ils-player></ils-player><ils-chat></ils-chat>', 'id="room" room="demo" token-url="/dev/token?role=viewer" auto-join')}</div><div id="there"></div>`,
    );
    const moving = await openPage(browser, `${server.origin}/moving`);
    const { page } = moving;
    await waitForState(moving, 'joined');
    await showsNewFrames(page);
    const id = await selfId(moving);
    const made = await page.evaluate(() => window.peerConnections.length);
    await page.evaluate(() => {
      const tag = document.querySelector<RoomTag>('ils-room');
      tag?.addEventListener('ils-state-changed', () => (tag.dataset['changed'] = tag.state));
    });
    for (let round = 0; round < ROUNDS; round += 1)
      await page.evaluate(() => {
        const tag = document.querySelector('ils-room');
        const place = tag?.parentElement?.id === 'here' ? '#there' : '#here';
        if (tag !== null) document.querySelector(place)?.append(tag);
      });
    await showsNewFrames(page);

    // Out of the room's tags, tied to it by its id, and back.
    for (const [target, named] of [
      ['#here', 'room'],
      ['#room', ''],
    ] as const) {
      await page.evaluate(
        ([place, id]) => {
          for (const element of document.querySelectorAll('ils-player, ils-chat')) {
            element.setAttribute('for', id);
            document.querySelector(place)?.append(element);
          }
        },
        [target, named] as const,
      );
      await showsNewFrames(page);
      await say(studio, `now ${target}`);
      await page.locator('ils-chat').getByText(`now ${target}`, { exact: true }).waitFor();
    }
    assert.equal((await shownPictures(page)).length, 1);
    assert.deepEqual(await holdings(moving), { sockets: 1, connections: 1, sounds: 1, devices: 0 });
    assert.equal(await page.evaluate(() => window.peerConnections.length), made);
    assert.equal(await page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.dataset['changed']), undefined);
    assert.equal(await selfId(moving), id);
    await isClean(moving);
    await moving.context.close();
  });

  it('leave nothing open when taken out, and join again when put back', async () => {
    await server.addPage(
      'mounting',
      room(
        '<ils-stage></ils-stage><ils-player></ils-player><ils-controls></ils-controls><ils-chat></ils-chat><ils-participants></ils-participants>',
        'room="demo" token-url="/dev/token?role=guest"',
      ),
    );
    const mounting = await openPage(browser, `${server.origin}/mounting`);
    const { page } = mounting;
    await page.waitForFunction(() => document.querySelector<RoomTag>('ils-room')?.actions !== undefined);
    const listeners: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.evaluate(async () => {
        const tag = document.querySelector<RoomTag>('ils-room');
        await tag?.join();
        await Promise.all([tag?.actions?.startSource('camera'), tag?.actions?.startSource('microphone')]);
      });
      await eventually(
        'the camera is on the air',
        () => ownSource(mounting, 'camera'),
        ({ published }) => published === true,
      );
      await eventually(
        'the host is in sight',
        () => shownPictures(page),
        (shown) => shown.length >= 2,
        30_000,
      );
      assert.deepEqual(await holdings(mounting), { sockets: 1, connections: 2, sounds: 1, devices: 2 });

      const mounted = await countListeners(mounting);
      await page.evaluate(() => {
        const tag = document.querySelector('ils-room');
        tag?.remove();
        window.removed = tag;
      });
      await holdsNothing(mounting);
      await eventually(
        'the host is alone on stage',
        () => shownPictures(studio.page),
        (shown) => shown.length === 1,
      );
      listeners.push(await countListeners(mounting));
      assert.ok((listeners.at(-1) ?? 0) < mounted, 'the page lost the listeners of the room');
      await page.evaluate(() => {
        if (window.removed) document.body.append(window.removed);
      });
    }
    // What the modules themselves listen to is there once.
    assert.deepEqual(new Set(listeners.slice(1)), new Set([listeners[0]]));
    await isClean(mounting);
    await mounting.context.close();
  });

  it('are two on one page, and nothing of one is in the other', async () => {
    await server.addPage(
      'two',
      `${room('<ils-player></ils-player>', 'id="one" room="demo" token-url="/dev/token?role=viewer" auto-join')}
       ${room('<ils-chat></ils-chat>', 'id="other" room="other" token-url="/dev/token?role=viewer" auto-join')}
       <ils-chat for="one"></ils-chat><ils-player for="other"></ils-player>`,
    );
    const two = await openPage(browser, `${server.origin}/two`);
    const { page } = two;
    await page.waitForFunction(() =>
      [...document.querySelectorAll<RoomTag>('ils-room')].every(({ state }) => state === 'joined'),
    );
    await showsNewFrames(page);
    assert.deepEqual(await holdings(two), { sockets: 2, connections: 2, sounds: 1, devices: 0 });
    for (const [id, chat] of [
      ['one', 'ils-chat[for="one"]'],
      ['other', '#other ils-chat'],
    ] as const) {
      await page.locator(chat).getByRole('textbox', { name: 'Message' }).fill(`for ${id}`);
      await page.locator(chat).getByRole('button', { name: 'Send' }).click();
      await page.locator(chat).getByText(`for ${id}`, { exact: true }).waitFor();
    }
    assert.equal(await page.locator('ils-chat[for="one"]').getByText('for other').count(), 0);
    assert.equal(await page.locator('#other ils-chat').getByText('for one').count(), 0);
    assert.equal((await shownPictures(page)).length, 1);
    await page.locator('ils-player[for="other"]').getByText('The show starts soon').waitFor();

    await page.evaluate(() => document.querySelector('#other')?.remove());
    await eventually(
      'one room is left',
      () => holdings(two),
      ({ sockets, connections, sounds }) => sockets === 1 && connections === 1 && sounds === 1,
    );
    await showsNewFrames(page);
    await isClean(two);
    await two.context.close();
  });
});

declare global {
  interface Window {
    removed: Element | null | undefined;
  }
}

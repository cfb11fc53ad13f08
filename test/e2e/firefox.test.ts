import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Browser as FirefoxBrowser } from 'puppeteer-core';
import { AUTOPLAY, launchChromium, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { launchFirefox, openFirefoxPage, type FirefoxPage } from './support/firefox.ts';
import { receivedMedia, shownPictures, showsNewFrames, violations } from './support/media-probe.ts';
import { ownAddress, runInOwnNetwork, setUpOwnNetwork } from './support/own-network.ts';
import {
  changeRole,
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

// Firefox drops loopback candidates, whatever its preferences say.
if (ownAddress === undefined)
  it('Firefox, in a network of its own', { timeout: 600_000 }, async (context) => {
    context.diagnostic(await runInOwnNetwork(import.meta.filename));
  });
else describe('Firefox', { timeout: 540_000 }, () => showWith(ownAddress ?? ''));

function showWith(address: string): void {
  let server: RoomServer;
  let browser: Browser;
  let firefox: FirefoxBrowser;
  let studio: WatchedPage;
  let viewer: WatchedPage;
  let fox: FirefoxPage;

  before(async () => {
    setUpOwnNetwork();
    server = await RoomServer.start([], address);
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
    viewer = await openWatch(browser, server);
    firefox = await launchFirefox();
    fox = await openFirefoxPage(firefox, `${server.origin}/watch`);
    await waitForState(fox, 'joined', 30_000);
  });

  after(async () => {
    await firefox?.close();
    await browser?.close();
    await server?.stop();
  });

  const seesPictures = (who: WatchedPage | FirefoxPage, count: number) =>
    eventually(
      `${count} pictures in sight`,
      () => shownPictures(who.page),
      (shown) => shown.length === count,
      30_000,
    );

  it('sees and hears the host', async () => {
    await eventually(
      'pictures and sound',
      () => receivedMedia(fox.page),
      ({ frames, energy }) => frames > 10 && energy > 0,
      30_000,
    );
    await seesPictures(fox, 1);
    await showsNewFrames(fox.page);
  });

  it('chats both ways', async () => {
    await say(studio, 'to Firefox');
    await say(fox, 'from Firefox');
    for (const one of [studio, fox, viewer])
      await eventually(
        'messages',
        () => chatTexts(one),
        (texts) => texts.join('|') === 'to Firefox|from Firefox',
      );
  });

  it('is seen and heard as a guest', async () => {
    assert.equal((await receivedMedia(studio.page)).frames, 0);
    // Its fake microphone is silent.
    await fox.page.evaluate(async () => document.querySelector<RoomTag>('ils-room')?.actions?.useTestMedia(true));
    assert.equal(await changeRole(studio, await selfId(fox), 'guest'), 'offered');
    for (const part of ['camera', 'microphone', 'accept'])
      await fox.tab.locator(`ils-room >>> dialog [part="${part}-button"]`).click();
    await eventually(
      'the role',
      () => selfRole(fox),
      (role) => role === 'guest',
    );
    await eventually(
      'the host sees and hears the guest',
      () => receivedMedia(studio.page),
      ({ frames, energy }) => frames > 10 && energy > 0,
      30_000,
    );
    for (const one of [studio, viewer, fox]) await seesPictures(one, 2);
    await showsNewFrames(viewer.page);
  });

  it('gives everything back on demotion', async () => {
    assert.equal(await changeRole(studio, await selfId(fox), 'viewer'), 'changed');
    await eventually(
      'the role',
      () => selfRole(fox),
      (role) => role === 'viewer',
    );
    for (const one of [studio, viewer, fox]) await seesPictures(one, 1);
    await showsNewFrames(fox.page);
  });

  it('keeps to the content security policy and throws nothing', async () => {
    assert.deepEqual(await violations(fox.page), []);
    assert.deepEqual(fox.errors, []);
  });
}

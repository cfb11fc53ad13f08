import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { AUTOPLAY, launchChromium, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { chatTexts, openStudio, say, selfRole, waitForState } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';
import { WebKit } from './support/webkit.ts';

describe('WebKitGTK', { timeout: 180_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;
  let page: WebKit;

  before(async () => {
    server = await RoomServer.start();
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
    page = await WebKit.launch();
    await page.open(`${server.origin}/watch`);
  });

  after(async () => {
    await page?.close();
    await browser?.close();
    await server?.stop();
  });

  it('loads the page and joins', async () => {
    await waitForState({ page }, 'joined', 30_000);
    assert.equal(await selfRole({ page }), 'viewer');
    const undefinedTags = await eventually(
      'every element is defined',
      () => page.evaluate(() => [...document.querySelectorAll(':not(:defined)')].map(({ localName }) => localName)),
      (tags) => tags.length === 0,
    );
    assert.deepEqual(undefinedTags, []);
    assert.ok(
      (await page.evaluate(() => document.querySelector('ils-chat')?.shadowRoot?.childElementCount ?? 0)) > 0,
      'the chat is drawn',
    );
  });

  it('chats both ways', async () => {
    await say(studio, 'to WebKit');
    await eventually(
      'the message is shown',
      () => page.evaluate(() => document.querySelector('ils-chat')?.shadowRoot?.textContent ?? ''),
      (shown) => shown.includes('to WebKit'),
    );
    await page.type(() => document.querySelector('ils-chat')?.shadowRoot?.querySelector('textarea'), 'from WebKit');
    for (const one of [studio, { page }])
      await eventually(
        'messages',
        () => chatTexts(one),
        (texts) => texts.join('|') === 'to WebKit|from WebKit',
      );
  });

  it('says clearly that it cannot play where WebRTC is missing, and nothing spins', async () => {
    assert.equal(
      await page.evaluate(() => 'RTCPeerConnection' in window),
      false,
      'this WebKit has come to know WebRTC',
    );
    const shown = () => page.evaluate(() => document.querySelector('ils-player')?.shadowRoot?.textContent ?? '');
    await eventually('the message', shown, (words) => words.includes('This browser cannot play live video'));
    assert.match(await shown(), /The chat works all the same/);
    assert.equal(await page.evaluate(() => document.querySelector('ils-player')?.matches(':state(unsupported)')), true);
  });
});

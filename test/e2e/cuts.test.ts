import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { startChatting, stopChatting } from './support/chatter.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { CuttingProxy } from './support/cutting-proxy.ts';
import { eventually } from './support/eventually.ts';
import { showsNewFrames, violations } from './support/media-probe.ts';
import { openStudio, openWatch, type RoomTag } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

const CUTS = 25;
const CROWD = 6;

/** Authors and texts of every message of every room in the page, `null` where one is not loaded. */
const chatLogs = ({ page }: WatchedPage) =>
  page.evaluate(() =>
    [...document.querySelectorAll<RoomTag>('ils-room')].map((room) => {
      const { log, pending } = room.store!.chat;
      const messages = Array.from({ length: log.total }, (_, index) => {
        const message = log.at(index);
        return message === undefined ? null : `${message.author.id}: ${message.text}`;
      });
      return { messages, pending: pending.peek().length };
    }),
  );

describe('when sockets are cut', { timeout: 300_000 }, () => {
  let server: RoomServer;
  let proxy: CuttingProxy;
  let browser: Browser;

  before(async () => {
    server = await RoomServer.start();
    proxy = await CuttingProxy.start(server.origin);
    browser = await launchChromium(AUTOPLAY);
  });

  after(async () => {
    await browser?.close();
    await proxy?.close();
    await server?.stop();
  });

  /** A page with several participants who only chat. */
  async function openCrowd(): Promise<WatchedPage> {
    const tokens = await Promise.all(
      Array.from({ length: CROWD }, (_, index) =>
        server.mintToken({ room: 'demo', role: 'audience', participant: `crowd-${index}` }),
      ),
    );
    const tags = tokens.map((token) => `<ils-room room="demo" token="${token}" auto-join></ils-room>`).join('');
    await server.addPage('crowd', tags);
    const crowd = await openPage(browser, `${proxy.origin}/crowd`);
    await crowd.page.waitForFunction(() =>
      [...document.querySelectorAll<RoomTag>('ils-room')].every(({ state }) => state === 'joined'),
    );
    return crowd;
  }

  it(`loses, doubles and reorders no message in ${CUTS} cuts under load, and keeps the media`, async () => {
    const studio = await openStudio(browser, proxy);
    const watch = await openWatch(browser, proxy);
    const crowd = await openCrowd();
    const pages = [studio, watch, crowd];
    const participants = CROWD + 2;
    await showsNewFrames(watch.page);
    const connections = await watch.page.evaluate(() => window.peerConnections.length);

    for (const one of pages) await startChatting(one);
    for (let cut = 0; cut < CUTS; cut += 1) {
      await eventually(
        'everyone is connected',
        () => proxy.connections,
        (open) => open >= participants,
      );
      // Sometimes in the midst of coming back, sometimes in the midst of a frame.
      const torn = await proxy.cutAfter(3_000 + ((cut * 7_919) % 20_000));
      assert.ok(torn >= participants, `${torn} connections were torn`);
    }
    const sent = (await Promise.all(pages.map((one) => stopChatting(one)))).flat();

    assert.deepEqual(
      sent.filter(({ error }) => error !== null),
      [],
    );
    assert.ok(sent.length > 4 * CUTS, `only ${sent.length} messages were sent`);
    const expected = sent.map(({ author, text }) => `${author}: ${text}`);
    for (const one of pages) {
      const logs = await eventually(
        'every message is here',
        () => chatLogs(one),
        (now) => now.every(({ messages, pending }) => messages.length >= expected.length && pending === 0),
      );
      for (const { messages } of logs) {
        assert.deepEqual(messages, (await chatLogs(studio))[0]?.messages);
        assert.deepEqual([...messages].sort(), [...expected].sort());
        for (const author of new Set(sent.map((message) => message.author))) {
          const ofAuthor = (text: string | null) => text?.startsWith(`${author}: `) === true;
          assert.deepEqual(messages.filter(ofAuthor), expected.filter(ofAuthor));
        }
      }
    }
    // What was sent and received by UDP never stopped.
    await showsNewFrames(watch.page);
    assert.equal(await watch.page.evaluate(() => window.peerConnections.length), connections);
    for (const { context } of pages) await context.close();
  });

  it('leaves a second room on the page untouched', async () => {
    const studio = await openStudio(browser, server);
    const tags = `<ils-room id="cut" room="side" server="${proxy.origin}" token-url="/dev/token?role=viewer" auto-join><ils-chat></ils-chat></ils-room>
      <ils-room id="whole" room="demo" token-url="/dev/token?role=viewer" auto-join><ils-player></ils-player><ils-chat></ils-chat></ils-room>`;
    await server.addPage('both', tags);
    const both = await openPage(browser, `${server.origin}/both`);
    const { page } = both;
    await page.waitForFunction(() =>
      [...document.querySelectorAll<RoomTag>('ils-room')].every(({ state }) => state === 'joined'),
    );
    await showsNewFrames(page);
    const connections = await page.evaluate(() => {
      for (const room of document.querySelectorAll<RoomTag>('ils-room')) {
        room.dataset['changes'] = '';
        room.addEventListener('ils-state-changed', () => (room.dataset['changes'] += ` ${room.state}`));
      }
      return window.peerConnections.length;
    });
    for (let cut = 1; cut <= 5; cut += 1) {
      await proxy.cutAfter(1);
      await page.waitForFunction(
        (times) =>
          document.querySelector<HTMLElement>('#cut')?.dataset['changes'] === ' reconnecting joined'.repeat(times),
        cut,
      );
      await page.evaluate(
        async (text) =>
          Promise.all(
            [...document.querySelectorAll<RoomTag>('ils-room')].map(async ({ actions }) => actions?.sendChat(text)),
          ),
        `after cut ${cut}`,
      );
    }
    assert.equal(await page.evaluate(() => document.querySelector<HTMLElement>('#whole')?.dataset['changes']), '');
    assert.equal(await page.evaluate(() => window.peerConnections.length), connections);
    await showsNewFrames(page);
    const [side, whole] = await chatLogs(both);
    assert.equal(side?.messages.length, 5);
    assert.equal(whole?.messages.slice(-5).length, 5);
    assert.match(whole?.messages.at(-1) ?? '', /after cut 5$/);
    assert.deepEqual(await violations(page), []);
    await studio.context.close();
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { receivedMedia, shownPictures } from './support/media-probe.ts';
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
import { connectionsMade, connectionsOf, mediaIsBack, waitsLong } from './support/return.ts';
import { findWorkers } from './support/workers.ts';

describe('when something breaks', { timeout: 300_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;
  let guest: WatchedPage;
  let viewer: WatchedPage;

  before(async () => {
    // One worker: whichever dies is the room's.
    server = await RoomServer.start(['--workers', '1']);
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
    guest = await openWatch(browser, server);
    viewer = await openWatch(browser, server);
    assert.equal(await changeRole(studio, await selfId(guest), 'guest'), 'offered');
    const dialog = guest.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Camera' }).click();
    await dialog.getByRole('button', { name: 'Microphone' }).click();
    await dialog.getByRole('button', { name: 'Go on stage' }).click();
    for (const one of [studio, guest, viewer])
      await eventually(
        'host and guest are in sight',
        () => shownPictures(one.page),
        (shown) => shown.length === 2,
        30_000,
      );
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const everyone = () => [studio, guest, viewer];

  it('has the media back after its worker was killed, and nobody leaves the room', async () => {
    for (const one of everyone())
      await one.page.evaluate(() => {
        const room = document.querySelector<RoomTag>('ils-room');
        room?.addEventListener('ils-state-changed', () => (room.dataset['changed'] = room.state));
      });
    const known = await connectionsOf(everyone());
    const [worker] = await findWorkers(server.pid);
    assert.ok(worker !== undefined, 'there is a worker to kill');
    process.kill(worker, 'SIGKILL');
    await mediaIsBack(known);
    assert.ok(!(await findWorkers(server.pid)).includes(worker));
    for (const one of everyone()) {
      assert.equal(
        await one.page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.dataset['changed']),
        undefined,
      );
      await eventually(
        'host and guest are in sight',
        () => shownPictures(one.page),
        (shown) => shown.length === 2,
      );
    }
    await say(viewer, 'still here');
  });

  it('has everyone back with chat, roles and media after the server was killed', async () => {
    const id = await selfId(guest);
    await say(guest, 'before the crash');
    const told = await chatTexts(studio);
    const known = await connectionsOf(everyone());
    await server.kill();
    // Written meanwhile, to be sent when it is back.
    const waiting = say(viewer, 'during the crash');
    // Down for so long that they try again as seldom as they ever do.
    for (const one of everyone()) await waitsLong(one);
    await server.start();
    await Promise.all(everyone().map((one) => waitForState(one, 'joined', 60_000)));
    await waiting;
    const expected = [...told, 'during the crash'];
    for (const one of everyone())
      await eventually(
        'the chat is whole',
        () => chatTexts(one),
        (texts) => texts.join('|') === expected.join('|'),
      );
    await mediaIsBack(known);
    assert.equal(await selfId(guest), id);
    assert.equal(await selfRole(guest), 'guest');
    for (const one of everyone())
      await eventually(
        'host and guest are in sight',
        () => shownPictures(one.page),
        (shown) => shown.length === 2,
      );
  });

  it('refreshes a token that expires, with no rejoin', async () => {
    await server.addPage(
      'short',
      `<ils-room room="demo" token-url="/dev/token?role=viewer&ttlSeconds=6" auto-join><ils-player></ils-player><ils-chat></ils-chat></ils-room>`,
    );
    const tokens: { readonly reason: string | null; readonly token: string }[] = [];
    const short = await openPage(browser, `${server.origin}/short`, {
      prepare: async (context) => {
        context.on('response', async (response) => {
          const url = new URL(response.url());
          if (url.pathname !== '/dev/token') return;
          // The page may be closed meanwhile.
          const body = (await response.json().catch(() => undefined)) as { readonly token: string } | undefined;
          if (body !== undefined) tokens.push({ reason: url.searchParams.get('reason'), token: body.token });
        });
      },
    });
    await waitForState(short, 'joined');
    const id = await selfId(short);
    await short.page.evaluate(() => {
      const room = document.querySelector<RoomTag>('ils-room');
      room?.addEventListener('ils-state-changed', () => (room.dataset['changed'] = room.state));
    });
    const connections = await eventually(
      'media flows',
      async () => ((await receivedMedia(short.page)).frames > 5 ? connectionsMade(short) : 0),
      (made) => made > 0,
    );
    // By then the first two tokens have expired.
    const [join] = tokens;
    assert.equal(join?.reason, 'join');
    await eventually(
      'the first token and the second have expired',
      () => tokens.filter(({ token }) => expiryOf(token) < Date.now()).length,
      (expired) => expired >= 2,
      30_000,
    );
    await say(short, 'with a fresh token');
    assert.deepEqual(new Set(tokens.slice(1).map(({ reason }) => reason)), new Set(['expiring']));
    assert.ok(tokens.length <= 10, `${tokens.length} tokens were asked for`);
    assert.equal(await selfId(short), id);
    assert.equal(
      await short.page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.dataset['changed']),
      undefined,
    );
    assert.equal(await connectionsMade(short), connections);
    assert.deepEqual(short.errors, []);
    await short.context.close();
  });
});

/** When a token ends; milliseconds since the epoch. */
function expiryOf(token: string): number {
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    readonly exp: number;
  };
  return payload.exp * 1_000;
}

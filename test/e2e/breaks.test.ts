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
import { findWorkers } from './support/workers.ts';

const BACK_AFTER_SERVER_MS = 5_000;
const BACK_AFTER_WORKER_MS = 3_000;
/** A machine that is busy with other things makes nothing quicker: the best of some tries is what the kit can do. */
const TRIES = 3;

/** Passes when one try takes no longer than `limitMs`. */
async function inTime(what: string, limitMs: number, once: () => Promise<number>): Promise<void> {
  const tookMs: number[] = [];
  while (tookMs.length < TRIES) {
    tookMs.push(Math.round(await once()));
    if ((tookMs.at(-1) ?? Infinity) <= limitMs) return;
  }
  throw new Error(`${what} took ${tookMs.join(', ')} ms in ${TRIES} tries; ${limitMs} ms are allowed`);
}

/** Newly made peer connections of a page, beyond the first `known`, and what they have decoded. */
async function newMedia({ page }: WatchedPage, known: number) {
  return page.evaluate(async (skipped) => {
    let frames = 0;
    let samples = 0;
    const made = window.peerConnections.slice(skipped);
    for (const connection of made) {
      if (connection.connectionState !== 'connected') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        frames += report.framesDecoded ?? 0;
        samples += report.totalSamplesReceived ?? 0;
      }
    }
    return { connections: made.length, frames, samples };
  }, known);
}

const waitBeforeRetry = ({ page }: WatchedPage) =>
  page.evaluate(
    () => (document.querySelector<RoomTag>('ils-room')?.store?.connection.retryAt.peek() ?? 0) - Date.now(),
  );

const connectionsMade = ({ page }: WatchedPage) => page.evaluate(() => window.peerConnections.length);

/** Waits until every page plays picture and sound over connections made since; answers the milliseconds since `startedAt`. */
async function mediaIsBack(pages: ReadonlyMap<WatchedPage, number>, startedAt: number): Promise<number> {
  await Promise.all(
    [...pages].map(([page, known]) =>
      eventually(
        'picture and sound over a new connection',
        () => newMedia(page, known),
        ({ frames, samples }) => frames > 2 && samples > 0,
        30_000,
      ),
    ),
  );
  return performance.now() - startedAt;
}

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

  async function rememberConnections(): Promise<ReadonlyMap<WatchedPage, number>> {
    return new Map(await Promise.all(everyone().map(async (one) => [one, await connectionsMade(one)] as const)));
  }

  it('has the media back after its worker was killed, and nobody leaves the room', async () => {
    for (const one of everyone())
      await one.page.evaluate(() => {
        const room = document.querySelector<RoomTag>('ils-room');
        room?.addEventListener('ils-state-changed', () => (room.dataset['changed'] = room.state));
      });
    await inTime('the return of the media', BACK_AFTER_WORKER_MS, async () => {
      const known = await rememberConnections();
      const [worker] = await findWorkers(server.pid);
      assert.ok(worker !== undefined, 'there is a worker to kill');
      const killedAt = performance.now();
      process.kill(worker, 'SIGKILL');
      const tookMs = await mediaIsBack(known, killedAt);
      assert.ok(!(await findWorkers(server.pid)).includes(worker));
      return tookMs;
    });
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
    await inTime('the return of everyone', BACK_AFTER_SERVER_MS, async () => {
      await say(guest, 'before the crash');
      const told = await chatTexts(studio);
      const known = await rememberConnections();
      await server.kill();
      // Written meanwhile, to be sent when it is back.
      const waiting = say(viewer, 'during the crash');
      // Down for so long that they try again as seldom as they ever do.
      for (const one of everyone()) {
        await waitForState(one, 'reconnecting');
        await eventually(
          'a long wait',
          () => waitBeforeRetry(one),
          (waitMs) => waitMs > 1_000,
        );
      }
      await server.start();
      const readyAt = performance.now();
      await Promise.all(everyone().map((one) => waitForState(one, 'joined')));
      await waiting;
      const expected = [...told, 'during the crash'];
      for (const one of everyone())
        await eventually(
          'the chat is whole',
          () => chatTexts(one),
          (texts) => texts.join('|') === expected.join('|'),
        );
      return mediaIsBack(known, readyAt);
    });
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

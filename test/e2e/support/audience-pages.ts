import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { IlsPlayer } from '../../../src/elements/player/player.ts';
import type { WatchedPage } from './chromium.ts';
import { eventually } from './eventually.ts';
import { shownPictures } from './media-probe.ts';
import type { RoomTag } from './pages.ts';

/** A composer's browser, its page and its first part, or a picture seconds behind, with everything else that runs on the machine. */
export const PATIENCE_MS = 120_000;

/** The element of that tag. */
export function part({ page }: WatchedPage, tag: string): Locator {
  return page.locator(tag);
}

/** Opens one of the panels beside the picture. */
export function openPanel({ page }: WatchedPage, panel: string): Promise<void> {
  return page.getByRole('radio', { name: panel, exact: true }).check({ force: true });
}

/** What lies over the picture; on the producer's desk there is the run of show besides. */
export function screen({ page }: WatchedPage): Locator {
  return page.locator('ils-overlay:not([console])');
}

/** As many pictures of the stage are in sight. */
export function seesPictures({ page }: WatchedPage, count: number) {
  return eventually(
    `${count} pictures in sight`,
    () => shownPictures(page),
    (shown) => shown.length === count,
    PATIENCE_MS,
  );
}

/** The broadcast runs: its picture goes on. */
export async function playsBroadcast({ page }: WatchedPage): Promise<void> {
  const look = () =>
    page.evaluate(() => {
      const { store } = document.querySelector<RoomTag>('ils-room') ?? {};
      const video = document.querySelector<IlsPlayer>('ils-player')?.video;
      return {
        showing: store?.playback.showing.peek(),
        frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
      };
    });
  const { frames } = await eventually('the broadcast', look, ({ showing }) => showing === 'program', PATIENCE_MS);
  await eventually(
    'the broadcast goes on',
    look,
    (now) => now.showing === 'program' && now.frames > frames + 10,
    PATIENCE_MS,
  );
}

/** How much of the lower left corner of the broadcast's picture is of the accent's blue: the mark beside the name of a lower third. */
export function countMarked({ page }: WatchedPage): Promise<number> {
  return page.evaluate(() => {
    const video = document.querySelector<IlsPlayer>('ils-player')?.video;
    const context = new OffscreenCanvas(640, 360).getContext('2d');
    if (!video || !context) return 0;
    context.drawImage(video, 0, 0, 640, 360);
    const { data } = context.getImageData(0, 240, 80, 120);
    let marked = 0;
    for (let at = 0; at + 2 < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
      if (blue > 170 && blue > red + 90 && blue > green + 50) marked += 1;
    }
    return marked;
  });
}

/** Where the picture was, and when the server took it, in the first frame that has those words over the picture. */
export function whenSeen({ page }: WatchedPage, words: string) {
  return page.evaluate(async (text) => {
    const overlay = document.querySelector('ils-overlay:not([console])')?.shadowRoot;
    while (overlay?.textContent.includes(text) !== true) {
      // oxlint-disable-next-line no-await-in-loop -- frame by frame
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const { store } = document.querySelector<RoomTag>('ils-room') ?? {};
    const { programTime, showing } = store?.playback ?? {};
    const live = store?.features.loaded.peek().overlays?.screen.peek().at(-1)?.value ?? [];
    return {
      takenAt: live.at(-1)?.takenAt ?? Number.POSITIVE_INFINITY,
      programTime: programTime?.peek() ?? 0,
      showing: showing?.peek(),
    };
  }, words);
}

/** Answers the poll on the page, by the mouse or by the keyboard, and waits until the answer is in. */
export async function answerPoll(who: WatchedPage, choice: string, byKeyboard = false): Promise<void> {
  const poll = part(who, 'ils-poll');
  const option = poll.getByRole('radio', { name: choice });
  const vote = poll.getByRole('button', { name: 'Vote' });
  if (byKeyboard) {
    await option.focus();
    await who.page.keyboard.press('Space');
    await vote.press('Enter');
  } else {
    await option.check();
    await vote.click();
  }
  await poll.getByText('Your answer is in.').waitFor();
}

/** Writes into the chat. */
export async function write(who: WatchedPage, text: string): Promise<void> {
  const field = part(who, 'ils-chat').getByRole('textbox', { name: 'Message' });
  await field.fill(text);
  await field.press('Enter');
}

/** Chooses from the menu of a message. */
export async function chooseFor(who: WatchedPage, text: string, choice: string | RegExp): Promise<void> {
  const chat = part(who, 'ils-chat');
  await chat.getByText(text, { exact: true }).last().hover();
  await chat.getByRole('button', { name: /^Options for the message/ }).click();
  await who.page.getByRole('menuitem', { name: choice }).click();
}

/** What sound a page has received by now, or after a while. */
export function receivedSound({ page }: WatchedPage, afterMs = 0) {
  return page.evaluate(async (delayMs) => {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    let packets = 0;
    let energy = 0;
    for (const connection of window.peerConnections) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
        packets += report.packetsReceived;
        energy += report.totalAudioEnergy;
      }
    }
    return { packets, energy };
  }, afterMs);
}

/** All that was given, as the page knows it. */
export async function hasGifts({ page }: WatchedPage, gifts: number, amount: number): Promise<void> {
  const totals = await eventually(
    'the totals of gifts',
    () =>
      page.evaluate(() =>
        document.querySelector<RoomTag>('ils-room')?.store?.features.loaded.peek().gifts?.totals.peek(),
      ),
    (told) => told?.gifts === gifts,
    PATIENCE_MS,
  );
  assert.deepEqual(totals, { gifts, amount });
}

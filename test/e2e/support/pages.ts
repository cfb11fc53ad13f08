import type { Browser } from 'playwright-core';
import { openPage, type PageOptions, type WatchedPage } from './chromium.ts';
import type { RoomServer } from './room-server.ts';
import type { IlsRoom } from '../../../src/elements/room/room.ts';

/** What the pages' own scripts could do as well: the room element's public face. */
export type RoomTag = IlsRoom;

/** The studio with the host in the room and on the air. */
export async function openStudio(
  browser: Browser,
  server: RoomServer,
  options: PageOptions = {},
): Promise<WatchedPage> {
  const studio = await openPage(browser, `${server.origin}/studio`, options);
  await studio.page.waitForFunction(() => document.querySelector<RoomTag>('ils-room')?.actions !== undefined);
  await studio.page.evaluate(async () => {
    const { actions } = document.querySelector<RoomTag>('ils-room') ?? {};
    await Promise.all([actions?.startSource('camera'), actions?.startSource('microphone')]);
    await actions?.join();
  });
  await waitForState(studio, 'joined');
  return studio;
}

export async function openWatch(browser: Browser, server: RoomServer, options: PageOptions = {}): Promise<WatchedPage> {
  const watch = await openPage(browser, `${server.origin}/watch`, options);
  await waitForState(watch, 'joined');
  return watch;
}

export async function waitForState({ page }: WatchedPage, state: string, timeout = 15_000): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelector<RoomTag>('ils-room')?.state === wanted, state, {
    timeout,
  });
}

/** Texts of the chat as the page holds them, oldest first. */
export async function chatTexts({ page }: WatchedPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    const log = document.querySelector<RoomTag>('ils-room')?.store?.chat.log;
    const texts: string[] = [];
    for (let index = 0; index < (log?.total ?? 0); index += 1) texts.push(log?.at(index)?.text ?? '');
    return texts;
  });
}

export async function say({ page }: WatchedPage, text: string): Promise<void> {
  await page.evaluate(async (words) => document.querySelector<RoomTag>('ils-room')?.actions?.sendChat(words), text);
}

/** One's own participant id. */
export async function selfId({ page }: WatchedPage): Promise<string> {
  return page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.store?.participants.selfId.peek() ?? '');
}

/** One's own role. */
export async function selfRole({ page }: WatchedPage): Promise<string | undefined> {
  return page.evaluate(() => {
    const participants = document.querySelector<RoomTag>('ils-room')?.store?.participants;
    const id = participants?.selfId.peek();
    return id === null || id === undefined ? undefined : participants?.byId.peek().get(id)?.role;
  });
}

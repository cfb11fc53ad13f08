import type { Browser } from 'playwright-core';
import type { IlsRoom } from '../../../src/elements/room/room.ts';
import type { ParticipantId, RoleName, Source } from '../../../src/protocol/index.ts';
import { openPage, type PageOptions, type WatchedPage } from './chromium.ts';
import { eventually } from './eventually.ts';
import type { RoomServer } from './room-server.ts';
import type { Scriptable } from './scriptable.ts';

/** What the pages' own scripts could do as well: the room element's public face. */
export type RoomTag = IlsRoom;

/** A page in any browser. */
interface Asked {
  readonly page: Scriptable;
}

type Place = Pick<RoomServer, 'origin'>;

/** The studio with the host in the room and on the air. */
export async function openStudio(browser: Browser, { origin }: Place, options: PageOptions = {}): Promise<WatchedPage> {
  const studio = await openPage(browser, `${origin}/studio`, options);
  await studio.page.waitForFunction(() => document.querySelector<RoomTag>('ils-room')?.actions !== undefined);
  await studio.page.evaluate(async () => {
    const { actions } = document.querySelector<RoomTag>('ils-room') ?? {};
    await Promise.all([actions?.startSource('camera'), actions?.startSource('microphone')]);
    await actions?.join();
  });
  await waitForState(studio, 'joined');
  return studio;
}

export async function openWatch(browser: Browser, { origin }: Place, options: PageOptions = {}): Promise<WatchedPage> {
  const watch = await openPage(browser, `${origin}/watch`, options);
  await waitForState(watch, 'joined');
  return watch;
}

export async function waitForState({ page }: Asked, wanted: string, limitMs = 15_000): Promise<void> {
  await eventually(
    'the state of the room',
    () => page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.state),
    (state) => state === wanted,
    limitMs,
  );
}

/** Texts of the chat as the page holds them, oldest first. */
export async function chatTexts({ page }: Asked): Promise<readonly string[]> {
  return page.evaluate(() => {
    const log = document.querySelector<RoomTag>('ils-room')?.store?.chat.log;
    const texts: string[] = [];
    for (let index = 0; index < (log?.total ?? 0); index += 1) texts.push(log?.at(index)?.text ?? '');
    return texts;
  });
}

/** Resolves when the server has taken the message. */
export async function say({ page }: Asked, text: string): Promise<void> {
  await page.evaluate(async (words) => document.querySelector<RoomTag>('ils-room')?.actions?.sendChat(words), text);
}

/** Moves someone; the answer says whether they have been asked (`offered`) or are there (`changed`). */
export async function changeRole({ page }: Asked, id: ParticipantId, role: string): Promise<string | undefined> {
  return page.evaluate(
    async ([who, to]) => {
      const answer = await document.querySelector<RoomTag>('ils-room')?.actions?.changeRole(who, to);
      return answer?.status;
    },
    [id, role as RoleName] as const,
  );
}

/** One's own participant id. */
export async function selfId({ page }: Asked): Promise<ParticipantId> {
  const id = await page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.store?.participants.selfId.peek());
  if (id === undefined || id === null) throw new Error('The page is not in a room.');
  return id;
}

/** One's own role. */
export async function selfRole({ page }: Asked): Promise<string | undefined> {
  return page.evaluate(() => {
    const participants = document.querySelector<RoomTag>('ils-room')?.store?.participants;
    const id = participants?.selfId.peek();
    return id === null || id === undefined ? undefined : participants?.byId.peek().get(id)?.role;
  });
}

/** One's own camera, microphone or screen as it stands. */
export async function ownSource({ page }: Asked, source: Source) {
  return page.evaluate((name) => {
    const { status, error, published } =
      document.querySelector<RoomTag>('ils-room')?.store?.localMedia.sources.peek()[name] ?? {};
    return { status, error, published };
  }, source);
}

/** What a participant publishes, as the page knows it. */
export async function streamsOf({ page }: Asked, id: ParticipantId) {
  return page.evaluate((who) => {
    const streams = document.querySelector<RoomTag>('ils-room')?.store?.stage.streams.peek().values() ?? [];
    return [...streams].filter(({ participantId }) => participantId === who);
  }, id);
}

/** One's own name, as the others read it. */
export async function selfName({ page }: Asked): Promise<string> {
  const name = await page.evaluate(() => {
    const participants = document.querySelector<RoomTag>('ils-room')?.store?.participants;
    const id = participants?.selfId.peek();
    return id === null || id === undefined ? undefined : participants?.byId.peek().get(id)?.name;
  });
  if (name === undefined) throw new Error('The page is not in a room.');
  return name;
}

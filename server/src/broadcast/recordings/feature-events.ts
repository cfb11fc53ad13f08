import type { Caption, Gift, Gifter, PollView, RoomId } from '../../../../src/protocol/index.ts';
import { Poll, toPollView } from '../../rooms/polls/poll.ts';
import type { CaptionStore } from '../../store/caption-store.ts';
import type { FeatureStores } from '../../store/feature-stores.ts';
import type { PollRecord } from '../../store/poll-store.ts';
import type { EventSource, RoomEvent } from './recorded-events.ts';

const PAGE = 500;

/** Polls as everybody saw them: how they opened, closed and were revealed. One that was open already opens with the recording. */
export function createPollSource(polls: FeatureStores['polls']): EventSource {
  return async (roomId, from, to) => {
    const records = await polls.loadPolls(roomId);
    return records.flatMap((record) => stagesOf(record, from, to));
  };
}

function stagesOf(record: PollRecord, from: number, to: number): RoomEvent[] {
  const { openedAt, closedAt, revealedAt, revision } = record;
  if (openedAt === null || openedAt > to || (closedAt !== null && closedAt < from)) return [];
  const opened: PollRecord = { ...record, state: 'open', closedAt: null, revealedAt: null, tally: null };
  const closed: PollRecord = { ...record, state: 'closed', revealedAt: null };
  const stages: { readonly at: number; readonly poll: PollView }[] = [
    { at: Math.max(openedAt, from), poll: toPollView(opened, null, false) },
  ];
  if (closedAt !== null) stages.push({ at: closedAt, poll: new Poll(closed).toPublicView() });
  if (revealedAt !== null) stages.push({ at: revealedAt, poll: new Poll(record).toPublicView() });
  return stages
    .filter(({ at }) => at <= to)
    .map(({ at, poll }, index) => {
      // Counted anew, so that each is newer than the one before.
      const counted = { ...poll, revision: revision + index };
      return { at, name: 'pollChanged', data: { poll: counted } };
    });
}

/** The gifts as a history of its own: they are counted from 0, and sums are those of the recording. */
export function createGiftSource(gifts: FeatureStores['gifts']): EventSource {
  return async (roomId, from, to) => {
    const sent = await readBack(
      async (before) => (await gifts.listGifts(roomId, before, PAGE)).toReversed(),
      ({ sentAt }: Gift) => sentAt >= from,
    );
    const totals = { gifts: 0, amount: 0 };
    const gifters = new Map<string, Gifter>();
    return sent
      .filter(({ sentAt }) => sentAt >= from && sentAt <= to)
      .map((gift, index) => {
        totals.gifts += 1;
        totals.amount += gift.amount;
        const { id, name } = gift.from;
        const before = gifters.get(id);
        const gifter = { id, name, amount: (before?.amount ?? 0) + gift.amount, gifts: (before?.gifts ?? 0) + 1 };
        gifters.set(id, gifter);
        return { at: gift.sentAt, name: 'giftSent', data: { gift: { ...gift, index }, totals: { ...totals }, gifter } };
      });
  };
}

/** What was said, each piece once it is whole, as it was told then. */
export function createCaptionSource(captions: CaptionStore): EventSource {
  return async (roomId, from, to) => {
    const spoken = await loadSpoken(captions, roomId, from, to);
    return spoken
      .filter(({ endedAt }) => endedAt <= to)
      .map((caption, index) => ({
        at: caption.endedAt,
        name: 'captionSpoken',
        data: { caption: { ...caption, index } },
      }));
  };
}

/** Captions that were shown between two times, oldest first. */
export async function loadSpoken(
  captions: CaptionStore,
  roomId: RoomId,
  from: number,
  to: number,
): Promise<readonly Caption[]> {
  const spoken = await readBack(
    (before) => captions.loadCaptions(roomId, before, PAGE),
    ({ endedAt }: Caption) => endedAt >= from,
  );
  return spoken.filter(({ startedAt, endedAt }) => endedAt >= from && startedAt <= to);
}

/** Page by page, oldest first, until one begins with what is not `wanted` any more. */
async function readBack<T extends { readonly index: number }>(
  load: (before: number) => Promise<readonly T[]>,
  isWanted: (item: T) => boolean,
): Promise<T[]> {
  const pages: (readonly T[])[] = [];
  for (let before = Number.MAX_SAFE_INTEGER; ;) {
    const page = await load(before);
    pages.unshift(page);
    const [oldest] = page;
    if (oldest === undefined || page.length < PAGE || !isWanted(oldest)) return pages.flat();
    before = oldest.index;
  }
}

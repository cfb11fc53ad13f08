import { DEFAULT_GIFTS } from '../protocol/index.ts';
import type { Gift, GiftGoalInput, ParticipantId, RequestData } from '../protocol/index.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { createGiftVerbs } from '../room/gift-verbs.ts';
import { createGiftEvents } from '../room/handlers/gifts.ts';
import { createGiftsSlice } from '../store/gifts.ts';
import type { FakeFeature } from './fake-features.ts';
import type { FakeRoomModel } from './fake-room-model.ts';
import { asRole, type FakeGiftsOptions } from './fake-room-options.ts';

/** Somebody gives; what is not said is one heart to the room. */
export interface FakeGift {
  readonly from: string;
  readonly gift?: string;
  readonly count?: number;
  readonly combo?: number;
  readonly to?: ParticipantId | null;
}

export interface FakeGifts extends FakeFeature<'gifts'> {
  readonly give: (gift: FakeGift) => void;
  readonly setBalance: (amount: number) => void;
  readonly setGoal: (goal: GiftGoalInput | null) => void;
}

export function createFakeGifts(model: FakeRoomModel, options: FakeGiftsOptions = {}): FakeGifts {
  const slice = createGiftsSlice();
  const events = createGiftEvents(slice, () => {});
  let version = 0;

  const setBalance = (amount: number): void => {
    version += 1;
    slice.balance.value = { amount, version };
  };
  const setGoal = (goal: GiftGoalInput | null): void =>
    events.giftGoalChanged({ goal: goal && { ...goal, since: slice.totals.value.amount } });
  const itemOf = (id: string) => {
    const item = slice.catalogue.value?.items.find((each) => each.id === id);
    if (!item) throw new ProtocolError('notFound', 'no such gift');
    return item;
  };
  const tell = (draft: Pick<Gift, 'item' | 'count' | 'combo' | 'from'> & { to: ParticipantId | null }): Gift => {
    const { item, count, from, to } = draft;
    const { gifts, amount } = slice.totals.value;
    const paid = item.price * count;
    const gift: Gift = {
      ...draft,
      id: `gift-${gifts}`,
      index: gifts,
      amount: paid,
      to: to === null ? null : { id: to, name: model.personOf(to).name },
      sentAt: model.nextTime(),
    };
    const before = slice.top.value.find(({ id }) => id === from.id);
    const gifter = {
      id: from.id,
      name: from.name,
      amount: (before?.amount ?? 0) + paid,
      gifts: (before?.gifts ?? 0) + 1,
    };
    events.giftSent({ gift, totals: { gifts: gifts + 1, amount: amount + paid }, gifter });
    return gift;
  };
  const sendOwn = ({ giftId, price, count, to }: RequestData<'sendGift'>) => {
    const item = itemOf(giftId);
    if (item.price !== price) throw new ProtocolError('conflict', 'another price');
    const balance = slice.balance.value;
    if (balance && balance.amount < price * count) throw new ProtocolError('insufficientFunds', 'too little');
    if (balance) setBalance(balance.amount - price * count);
    const { id, name, role } = model.personOf(model.selfId);
    const last = slice.latest.value.findLast((gift) => gift.from.id === id && gift.item.id === giftId);
    const combo = (last?.combo ?? 0) + count;
    return { gift: tell({ item, count, combo, from: { id, name, role }, to }) };
  };
  const give = ({ from, gift = 'heart', count = 1, combo = count, to = null }: FakeGift): void => {
    const id = `giver-${from.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}` as ParticipantId;
    tell({ item: itemOf(gift), count, combo, from: { id, name: from, role: asRole('viewer') }, to });
  };

  slice.catalogue.value = options.catalogue ?? DEFAULT_GIFTS;
  if (options.balance !== null) setBalance(options.balance ?? 1_250);
  for (const gift of options.given ?? []) give(gift);
  if (options.goal) slice.goal.value = { ...options.goal, since: 0 };
  let nextKey = 1;
  return {
    slice,
    answers: {
      sendGift: sendOwn,
      setGiftGoal({ goal }) {
        setGoal(goal);
        return {};
      },
    },
    verbs: (request) =>
      createGiftVerbs(
        slice,
        (data) => request('sendGift', () => sendOwn(data)),
        () => `gift-key-${nextKey++}`,
      ),
    give,
    setBalance,
    setGoal,
  };
}

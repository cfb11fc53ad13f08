import { signal } from '@preact/signals-core';
import type {
  Gift,
  GiftBalance,
  GiftCatalogue,
  Gifter,
  GiftGoal,
  GiftItem,
  GiftTotals,
  ParticipantId,
  WireError,
} from '../protocol/index.ts';

/** One's own gift on its way. It leaves this list when the server has taken it. */
export interface PendingGift {
  readonly key: string;
  readonly item: GiftItem;
  readonly count: number;
  readonly to: ParticipantId | null;
  readonly state: 'sending' | 'failed';
  readonly error: WireError | null;
}

export function createGiftsSlice() {
  return {
    /** `null` until the server has told it; what follows is empty until then. */
    catalogue: signal<GiftCatalogue | null>(null),
    /** What oneself has to spend; `null` where the site keeps that to itself. */
    balance: signal<GiftBalance | null>(null),
    /** Of the room, since it is there. */
    totals: signal<GiftTotals>({ gifts: 0, amount: 0 }),
    goal: signal<GiftGoal | null>(null),
    /** Those who gave most, the most generous first. */
    top: signal<readonly Gifter[]>([]),
    /** The latest gifts, oldest first. */
    latest: signal<readonly Gift[]>([]),
    pending: signal<readonly PendingGift[]>([]),
  };
}
export type GiftsSlice = ReturnType<typeof createGiftsSlice>;

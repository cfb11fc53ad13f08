import { batch } from '@preact/signals-core';
import { LATEST_GIFTS, rankGifter } from '../../protocol/gift-rules.ts';
import type { GiftBalance } from '../../protocol/index.ts';
import { createGiftsSlice, type GiftsSlice } from '../../store/gifts.ts';
import type { Feature, FeatureParts } from '../features.ts';
import { createGiftVerbs } from '../gift-verbs.ts';
import { createKey } from '../rpc.ts';
import type { EventHandlers } from './handlers.ts';

export function createGifts({ request }: Pick<FeatureParts, 'request'>): Feature<'gifts'> {
  const slice = createGiftsSlice();
  const restore = async (): Promise<void> => {
    const { catalogue, balance, totals, goal, top, latest } = await request('getGifts', {});
    batch(() => {
      slice.catalogue.value = catalogue;
      slice.totals.value = totals;
      slice.goal.value = goal;
      slice.top.value = top;
      slice.latest.value = latest;
      if (balance) setBalance(slice, balance);
    });
  };
  return {
    slice,
    events: createGiftEvents(slice, () => void restore().catch(() => undefined)),
    signals: {
      giftBalanceChanged({ balance }) {
        setBalance(slice, balance);
      },
    },
    restore,
    // A balance that changed while the link was broken is in no event.
    restoresAfterBreak: true,
    verbs: createGiftVerbs(slice, (data, key) => request('sendGift', data, { key, patient: true }), createKey),
  };
}

/** @param handleGap called where a gift is missing: the whole is due */
export function createGiftEvents(slice: GiftsSlice, handleGap: () => void) {
  return {
    giftSent({ gift, totals, gifter }) {
      const known = slice.totals.value.gifts;
      // The whole that is on its way has it.
      if (slice.catalogue.value === null || gift.index < known) return;
      if (gift.index > known) {
        handleGap();
        return;
      }
      batch(() => {
        slice.totals.value = totals;
        slice.top.value = rankGifter(slice.top.value, gifter);
        slice.latest.value = [...slice.latest.value, gift].slice(-LATEST_GIFTS);
      });
    },
    giftGoalChanged({ goal }) {
      slice.goal.value = goal;
    },
    giftCatalogueChanged({ catalogue }) {
      if (slice.catalogue.value !== null) slice.catalogue.value = catalogue;
    },
  } satisfies Partial<EventHandlers>;
}

/** Of two balances the later counts, whichever came first ([G7]). */
function setBalance({ balance }: GiftsSlice, next: GiftBalance): void {
  if (balance.value === null || next.version >= balance.value.version) balance.value = next;
}

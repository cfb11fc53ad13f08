import { ProtocolError } from '../protocol/errors.ts';
import type { ReplyData, RequestData } from '../protocol/index.ts';
import type { GiftsSlice, PendingGift } from '../store/gifts.ts';

type SendGift = (data: RequestData<'sendGift'>, key: string) => Promise<ReplyData<'sendGift'>>;

/**
 * Giving, with what is on its way in the store. A gift that failed is sent again under its own key: if it had its effect all the same,
 * it is not paid twice ([G3]).
 */
export function createGiftVerbs({ pending, catalogue }: GiftsSlice, send: SendGift, createKey: () => string) {
  const put = (key: string, change: PendingGift | undefined): void => {
    const others = pending.value.filter((gift) => gift.key !== key);
    pending.value = change === undefined ? others : [...others, change];
  };

  const deliver = async (gift: PendingGift): Promise<ReplyData<'sendGift'>> => {
    const { key, item, count, to } = gift;
    put(key, { ...gift, state: 'sending', error: null });
    try {
      const reply = await send({ giftId: item.id, price: item.price, count, to }, key);
      put(key, undefined);
      return reply;
    } catch (error) {
      if (error instanceof ProtocolError) put(key, { ...gift, state: 'failed', error: error.toWire() });
      else put(key, undefined);
      throw error;
    }
  };

  return {
    sendGift(data: RequestData<'sendGift'>): Promise<ReplyData<'sendGift'>> {
      const { giftId, price, count, to } = data;
      const key = createKey();
      const offered = catalogue.value?.items.find(({ id }) => id === giftId);
      // What is not in the catalogue is for the server to refuse.
      if (offered === undefined) return send(data, key);
      return deliver({ key, item: { ...offered, price }, count, to, state: 'sending', error: null });
    },

    async retryGift(key: string): Promise<void> {
      const gift = pending.value.find((each) => each.key === key);
      if (gift?.state === 'failed') await deliver(gift);
    },

    discardGift(key: string): void {
      put(key, undefined);
    },
  };
}

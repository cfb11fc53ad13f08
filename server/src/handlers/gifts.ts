import type { giftRequests } from '../../../src/protocol/index.ts';
import type { Handlers, Recalls } from './handler.ts';

export const giftHandlers: Handlers<keyof typeof giftRequests> = {
  getGifts: ({ room, participant }) => room.features.gifts.wholeFor(participant),

  async sendGift({ room, participant, key }, wish) {
    return { gift: await room.features.gifts.send(participant, key, wish) };
  },

  async setGiftGoal({ room }, { goal }) {
    await room.features.gifts.setGoal(goal);
    return {};
  },
};

export const giftRecalls: Recalls = {
  async sendGift({ room, participant, key }) {
    const gift = await room.features.gifts.find(participant, key);
    return gift && { gift };
  },
};

import { ProtocolError, type reactionRequests } from '../../../src/protocol/index.ts';
import type { Handlers } from './handler.ts';

export const reactionHandlers: Handlers<keyof typeof reactionRequests> = {
  getReactions: ({ room }) => ({ available: [...room.features.reactions.available] }),

  sendReaction({ room, reactionBudget }, { emoji, count }) {
    room.features.reactions.assertAvailable(emoji);
    const counted = reactionBudget.takeUpTo(count);
    if (counted === 0) throw new ProtocolError('rateLimited', 'Too many reactions.', reactionBudget.waitMs);
    room.features.reactions.add(emoji, counted);
    return { counted };
  },
};

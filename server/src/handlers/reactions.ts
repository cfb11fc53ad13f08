import { ProtocolError, type reactionRequests } from '../../../src/protocol/index.ts';
import type { Handlers } from './handler.ts';

export const reactionHandlers: Handlers<keyof typeof reactionRequests> = {
  sendReaction({ room, reactionBudget }, { emoji, count }) {
    room.reactions.assertAvailable(emoji);
    const counted = reactionBudget.takeUpTo(count);
    if (counted === 0) throw new ProtocolError('rateLimited', 'Too many reactions.', reactionBudget.waitMs);
    room.reactions.add(emoji, counted);
    return { counted };
  },
};

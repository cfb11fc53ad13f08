import { REACTIONS_INTERVAL_MS, REACTIONS_PER_REQUEST } from '../protocol/reactions.ts';
import type { ActionParts } from './action-parts.ts';
import type { RoomActions } from './room-actions.ts';

type ReactionActions = Pick<RoomActions, 'sendReaction'>;

interface Batch {
  count: number;
  readonly sent: Promise<void>;
}

/** However fast one taps, each emoji goes out four times a second at most. */
export function createReactionActions({ request, clock }: Pick<ActionParts, 'request' | 'clock'>): ReactionActions {
  const batches = new Map<string, Batch>();

  const send = async (emoji: string): Promise<void> => {
    await new Promise<void>((resolve) => clock.after(REACTIONS_INTERVAL_MS, resolve));
    const count = batches.get(emoji)?.count ?? 0;
    batches.delete(emoji);
    await request('sendReaction', { emoji, count });
  };

  return {
    sendReaction(emoji) {
      const batch = batches.get(emoji) ?? { count: 0, sent: send(emoji) };
      batches.set(emoji, batch);
      batch.count = Math.min(REACTIONS_PER_REQUEST, batch.count + 1);
      return batch.sent;
    },
  };
}

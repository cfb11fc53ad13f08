import type { ActionParts } from './action-parts.ts';
import { createBroadcastActions } from './broadcast-actions.ts';
import { createChatActions } from './chat-actions.ts';
import { createConnectionActions } from './connection-actions.ts';
import { createMediaActions } from './media-actions.ts';
import { createParticipantActions } from './participant-actions.ts';
import type { RoomActions } from './room-actions.ts';
import { createStageActions } from './stage-actions.ts';

/** All verbs of one room, family by family; those of what few pages show are loaded with their first call. */
export function createActions(parts: ActionParts): RoomActions {
  let reactions: Promise<Pick<RoomActions, 'sendReaction'>> | undefined;
  const loadReactions = () =>
    (reactions ??= import('./reaction-actions.ts').then(({ createReactionActions }) => createReactionActions(parts)));

  return {
    ...createConnectionActions(parts),
    ...createMediaActions(parts),
    ...createParticipantActions(parts),
    ...createStageActions(parts),
    ...createChatActions(parts),
    ...createBroadcastActions(parts),
    sendReaction: async (emoji) => (await loadReactions()).sendReaction(emoji),
  };
}

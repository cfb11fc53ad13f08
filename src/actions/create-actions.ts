import type { ActionParts } from './action-parts.ts';
import { createBroadcastActions } from './broadcast-actions.ts';
import { createChatActions } from './chat-actions.ts';
import { createConnectionActions } from './connection-actions.ts';
import { createMediaActions } from './media-actions.ts';
import { createParticipantActions } from './participant-actions.ts';
import type { RoomActions } from './room-actions.ts';
import { createStageActions } from './stage-actions.ts';

/** All verbs of one room, family by family. */
export function createActions(parts: ActionParts): RoomActions {
  return {
    ...createConnectionActions(parts),
    ...createMediaActions(parts),
    ...createParticipantActions(parts),
    ...createStageActions(parts),
    ...createChatActions(parts),
    ...createBroadcastActions(parts),
  };
}

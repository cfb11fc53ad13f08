import type { ActionParts } from './action-parts.ts';
import type { RoomActions } from './room-actions.ts';

export function createStageActions({ request, store }: ActionParts): Pick<RoomActions, 'spotlight' | 'pin'> {
  return {
    async spotlight(participantId) {
      await request('spotlight', { participantId });
    },

    pin(participantId) {
      store.stage.pinned.value = participantId;
    },
  };
}

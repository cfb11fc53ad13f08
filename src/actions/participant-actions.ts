import type { ActionParts } from './action-parts.ts';
import type { RoomActions } from './room-actions.ts';

type ParticipantActions = Pick<
  RoomActions,
  'listParticipants' | 'changeRole' | 'answerRoleOffer' | 'withdrawRoleOffer' | 'removeParticipant' | 'muteParticipant'
>;

export function createParticipantActions({ request }: ActionParts): ParticipantActions {
  return {
    listParticipants: (query) => request('listParticipants', query),

    changeRole: (participantId, role, options) => request('changeRole', { participantId, role, ...options }),

    async answerRoleOffer(offerId, accept) {
      await request('answerRoleOffer', { offerId, accept });
    },

    async withdrawRoleOffer(offerId) {
      await request('withdrawRoleOffer', { offerId });
    },

    async removeParticipant(participantId, reason) {
      await request('removeParticipant', { participantId, reason });
    },

    async muteParticipant(participantId, source) {
      await request('muteParticipant', source === undefined ? { participantId } : { participantId, source });
    },
  };
}

import { ProtocolError, type participantRequests } from '../../../src/protocol/index.ts';
import type { Exemptions, Handlers } from './handler.ts';

export const participantHandlers: Handlers<keyof typeof participantRequests> = {
  listParticipants: ({ room, participant }, query) => room.roster.page(query, participant),

  changeRole({ room, participant }, { participantId, role, backstage = false }) {
    if (backstage && !participant.may('hand.manage')) {
      throw new ProtocolError('forbidden', 'This needs the permission hand.manage.');
    }
    return room.roles.changeRole(participantId, role, participant, backstage);
  },

  async answerRoleOffer({ room, participant }, { offerId, accept }) {
    await room.roles.answerOffer(participant, offerId, accept);
    return {};
  },

  async withdrawRoleOffer({ room }, { offerId }) {
    await room.roles.withdrawOffer(offerId);
    return {};
  },

  async removeParticipant({ room, participant }, { participantId, reason = '' }) {
    const { name } = room.roster.assertPresent(participantId);
    await room.remove(participantId, participant);
    await room.features.moderation.log(participant, {
      action: 'participantRemoved',
      target: { id: participantId, name },
      reason,
    });
    return {};
  },

  async muteParticipant({ room, participant }, { participantId, source }) {
    const other = room.roster.assertPresent(participantId);
    participant.assertReaches(other);
    const muted = await room.streams.muteByHost(participantId, source);
    if (muted > 0) await room.features.moderation.log(participant, { action: 'participantMuted', target: other });
    return { muted };
  },
};

export const participantExemptions: Exemptions = {
  /** Anyone may step down ([P2]). */
  changeRole: ({ room, participant }, { participantId, role }) =>
    participantId === participant.id && room.roles.isStepDown(participant, role),
};

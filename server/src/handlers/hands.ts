import { ProtocolError, type handRequests } from '../../../src/protocol/index.ts';
import type { Handlers, Recalls } from './handler.ts';

export const handHandlers: Handlers<keyof typeof handRequests> = {
  async getHands({ room, participant }) {
    const { hands, backstage, talkback } = room.features;
    const [queue, behind] = await Promise.all([hands.viewFor(participant), backstage.viewFor(participant)]);
    return { ...queue, ...behind, ...talkback.viewFor(participant) };
  },

  async raiseHand({ room, participant, key }, { note = '' }) {
    if (participant.role.publish.length > 0) throw new ProtocolError('conflict', 'Who is on stage raises no hand.');
    await room.features.hands.raise(participant, key, note.trim());
    return {};
  },

  async lowerHand({ room, participant }, { participantId = participant.id }) {
    if (participantId !== participant.id && !participant.may('hand.manage')) {
      throw new ProtocolError('forbidden', 'This needs the permission hand.manage.');
    }
    await room.features.hands.lower(participantId);
    return {};
  },

  async lowerAllHands({ room }) {
    await room.features.hands.lower(null);
    return {};
  },

  async bringOnStage({ room }, { participantId }) {
    await room.features.backstage.bringOnStage(participantId);
    return {};
  },

  async bringBackstage({ room, participant }, { participantId }) {
    await room.features.backstage.bringBackstage(participantId, participant);
    return {};
  },

  async sendBack({ room, participant }, { participantId }) {
    return { role: await room.roles.sendBack(participantId, participant) };
  },

  async talkBack({ room, participant }, { participantIds }) {
    await room.features.talkback.address(participant, participantIds);
    return {};
  },
};

export const handRecalls: Recalls = {
  raiseHand: async ({ room, participant, key }) =>
    (await room.features.hands.hasRaised(participant, key)) ? {} : null,
};

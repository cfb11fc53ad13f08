import type { roomRequests } from '../../../src/protocol/index.ts';
import type { Handlers } from './handler.ts';

export const roomHandlers: Handlers<keyof typeof roomRequests> = {
  leave({ room, participant }) {
    room.leave(participant, 'left');
    room.features.lobby.leave(participant);
    return {};
  },

  async refreshToken({ room, participant, tokens }, { token }) {
    room.refreshClaims(participant, await tokens.verify(token));
    return { expiresAt: participant.tokenExpiresAt };
  },

  async endRoom({ room, participant }) {
    await room.end(participant.id);
    return {};
  },
};

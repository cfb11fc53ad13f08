import type { lobbyRequests } from '../../../src/protocol/index.ts';
import type { Handlers } from './handler.ts';

export const lobbyHandlers: Handlers<keyof typeof lobbyRequests> = {
  getLobby: ({ room }, page) => room.features.lobby.view(page),

  async setLobby({ room, participant }, { waitBelow }) {
    await room.features.lobby.change(participant, waitBelow);
    return {};
  },

  admit: async ({ room, participant }, { participantId }) => ({
    admitted: await room.features.lobby.admit(participant, participantId),
  }),

  async turnAway({ room, participant }, { participantId, reason = '' }) {
    await room.features.lobby.turnAway(participant, participantId, reason, (id) => room.shutDoor(id));
    return {};
  },
};

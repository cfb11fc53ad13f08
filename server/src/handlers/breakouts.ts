import { BREAKOUT_WARNING_MS, type breakoutRequests } from '../../../src/protocol/index.ts';
import type { Handlers, Recalls } from './handler.ts';

export const breakoutHandlers: Handlers<keyof typeof breakoutRequests> = {
  getBreakouts: ({ room, participant }) => room.features.breakouts.deciding.viewFor(participant),

  createBreakouts: async ({ room, key }, data) => ({
    breakouts: await room.features.breakouts.deciding.create(key, data),
  }),

  async assignBreakout({ room, participant }, { participantId, roomId }) {
    await room.features.breakouts.deciding.assign(participantId, roomId, participant);
    return {};
  },

  fillBreakout: async ({ room, participant, key }, data) => ({
    sent: await room.features.breakouts.deciding.fill(key, data, participant),
  }),

  async enterBreakout({ room, participant }, { roomId }) {
    await room.features.breakouts.deciding.enter(participant, roomId);
    return {};
  },

  async openBreakouts({ room }, { durationMs = null }) {
    await room.features.breakouts.deciding.open(durationMs);
    return {};
  },

  async closeBreakouts({ room }, { warningMs = BREAKOUT_WARNING_MS }) {
    await room.features.breakouts.deciding.closeAfter(warningMs);
    return {};
  },

  async announceToBreakouts({ room, participant }, { text }) {
    await room.features.breakouts.deciding.say(text, participant);
    return {};
  },

  callForHelp({ room, participant }) {
    room.features.breakouts.deciding.callForHelp(participant, room.id);
    return {};
  },

  answerHelpCall({ room }, { roomId }) {
    room.features.breakouts.deciding.answerCall(roomId);
    return {};
  },
};

export const breakoutRecalls: Recalls = {
  async createBreakouts({ room, key }) {
    const breakouts = room.features.breakouts.deciding.findDrafted(key);
    return breakouts && { breakouts };
  },
  async fillBreakout({ room, participant, key }) {
    const sent = room.features.breakouts.deciding.findFilled(participant.id, key);
    return sent === null ? null : { sent };
  },
};

import type { stageRequests } from '../../../src/protocol/index.ts';
import type { Handlers } from './handler.ts';

export const stageHandlers: Handlers<keyof typeof stageRequests> = {
  async spotlight({ room }, { participantId }) {
    await room.spotlight(participantId);
    return {};
  },
};

import { ProtocolError, type chatRequests } from '../../../src/protocol/index.ts';
import type { Handlers, Recalls } from './handler.ts';

export const chatHandlers: Handlers<keyof typeof chatRequests> = {
  async sendChat({ room, participant, key, chatBudget }, { text }) {
    const retryAfterMs = chatBudget.take();
    if (retryAfterMs > 0) throw new ProtocolError('rateLimited', 'Too many messages.', retryAfterMs);
    return { message: await room.chat.send(participant, key, text) };
  },

  async loadChat({ room }, { before, limit }) {
    return { messages: [...(await room.chat.load(before, limit))] };
  },

  async deleteChat({ room, participant }, { messageId }) {
    await room.chat.delete(messageId, participant);
    await room.features.overlays.dropMessage(messageId);
    return {};
  },
};

export const chatRecalls: Recalls = {
  async sendChat({ room, participant, key }) {
    const message = await room.chat.find(participant, key);
    return message && { message };
  },
};

import { ProtocolError, type directChatRequests } from '../../../src/protocol/index.ts';
import type { Handlers, Recalls } from './handler.ts';

export const directChatHandlers: Handlers<keyof typeof directChatRequests> = {
  async sendDirectChat({ room, participant, key, chatBudget }, { text, to }) {
    const retryAfterMs = chatBudget.take();
    if (retryAfterMs > 0) throw new ProtocolError('rateLimited', 'Too many messages.', retryAfterMs);
    const { directChat, moderation, chatPolicies } = room.features;
    const addressee = to.kind === 'role' ? room.door.assertRole(to.role) : room.roster.assertPresent(to.participantId);
    directChat.assertMayReach(participant, addressee);
    const allowed = await chatPolicies.assertAllowed(participant, text);
    moderation.assertMayWrite(participant);
    const { text: shown } = await chatPolicies.review(participant, allowed);
    return { message: await directChat.send(participant, key, addressee, shown, room.chat.total) };
  },

  loadDirectChat: async ({ room, participant }, { before, limit }) => ({
    messages: await room.features.directChat.load(participant, before, limit),
  }),

  async deleteDirectChat({ room, participant }, { messageId }) {
    const { directChat, moderation } = room.features;
    const author = await directChat.delete(participant, messageId);
    if (author) await moderation.log(participant, { action: 'messageDeleted', target: author, messageId });
    return {};
  },
};

export const directChatRecalls: Recalls = {
  async sendDirectChat({ room, participant, key }) {
    const message = await room.features.directChat.find(participant, key);
    return message && { message };
  },
};

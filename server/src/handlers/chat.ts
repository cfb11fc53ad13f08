import { ProtocolError, type chatRequests } from '../../../src/protocol/index.ts';
import type { Handlers, Recalls } from './handler.ts';

export const chatHandlers: Handlers<keyof typeof chatRequests> = {
  async sendChat({ room, participant, key, chatBudget }, { text, replyTo }) {
    const retryAfterMs = chatBudget.take();
    if (retryAfterMs > 0) throw new ProtocolError('rateLimited', 'Too many messages.', retryAfterMs);
    const repliedTo = replyTo && (await room.chat.assertMessage(replyTo));
    const { moderation, chatPolicies } = room.features;
    const allowed = await chatPolicies.assertAllowed(participant, text);
    moderation.assertMayWrite(participant);
    const { text: shown, hold } = await chatPolicies.review(participant, allowed);
    const draft = room.chat.draft(participant, key, shown, repliedTo);
    if (hold !== null) return chatPolicies.hold(draft, hold);
    return { message: await room.chat.append(draft, await chatPolicies.samplingFor(participant)) };
  },

  async loadChat({ room }, { before, limit }) {
    return { messages: [...(await room.chat.load(before, limit))] };
  },

  async deleteChat({ room, participant }, { messageId }) {
    const author = await room.chat.delete(messageId, participant);
    const { moderation, overlays } = room.features;
    await overlays.dropMessage(messageId);
    if (author === null) return {};
    await moderation.forgetMessage(messageId);
    await moderation.log(participant, { action: 'messageDeleted', target: author, messageId });
    return {};
  },
};

export const chatRecalls: Recalls = {
  async sendChat({ room, participant, key }) {
    const message = await room.chat.find(participant, key);
    return message ? { message } : room.features.chatPolicies.findHeld(participant, key);
  },
};

import type { chatPolicyRequests } from '../../../src/protocol/index.ts';
import type { Handlers } from './handler.ts';

export const chatPolicyHandlers: Handlers<keyof typeof chatPolicyRequests> = {
  getChatPolicies: async ({ room }) => ({ policies: await room.features.chatPolicies.policies() }),

  setChatPolicies: async ({ room, participant }, change) => ({
    policies: await room.features.chatPolicies.change(participant, change),
  }),

  listHeldChat: ({ room, participant }, query) => room.features.chatPolicies.list(participant, query),

  async approveChat({ room, participant }, { messageId }) {
    await room.features.chatPolicies.approve(participant, messageId, room.chat);
    return {};
  },

  async dismissRefusedChat({ room, participant }, { messageId }) {
    await room.features.chatPolicies.dismiss(participant, messageId);
    return {};
  },

  async rejectChat({ room, participant }, { messageId, reason = '' }) {
    await room.features.chatPolicies.reject(participant, messageId, reason);
    return {};
  },
};

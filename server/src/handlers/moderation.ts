import type { moderationRequests } from '../../../src/protocol/index.ts';
import { banParticipant } from '../rooms/ban.ts';
import type { Handlers } from './handler.ts';

export const moderationHandlers: Handlers<keyof typeof moderationRequests> = {
  async getModeration({ room, participant }) {
    const { moderation, directChat, chatPolicies } = room.features;
    const [hasDirectChat, own] = await Promise.all([
      directChat.hasAnyFor(participant),
      chatPolicies.ownOf(participant),
    ]);
    return { ...moderation.viewFor(participant), hasDirectChat, ...own, sampled: [...room.chat.sampled] };
  },

  async pinChat({ room, participant }, { messageId, expiresInMs }) {
    const message = await room.chat.assertMessage(messageId);
    return { pin: await room.features.moderation.pin(participant, message, expiresInMs) };
  },

  async announce({ room, participant }, { text, expiresInMs }) {
    return { pin: await room.features.moderation.announce(participant, text, expiresInMs) };
  },

  async unpinChat({ room, participant }, { pinId }) {
    await room.features.moderation.unpin(participant, pinId);
    return {};
  },

  async setSlowMode({ room, participant }, { intervalMs }) {
    await room.features.moderation.setSlowMode(participant, intervalMs);
    return {};
  },

  async setChatWriters({ room, participant }, { roles }) {
    for (const role of roles ?? []) room.door.assertRole(role);
    await room.features.moderation.setWriters(participant, roles);
    return {};
  },

  async timeOutParticipant({ room, participant }, { participantId, durationMs, reason = '' }) {
    await room.features.moderation.timeOut(participant, participantId, durationMs, reason);
    return {};
  },

  async liftTimeOut({ room, participant }, { participantId }) {
    await room.features.moderation.lift(participant, 'timeOut', participantId);
    return {};
  },

  async banParticipant({ room, participant }, { participantId, durationMs, reason = '' }) {
    await banParticipant(room, participantId, { durationMs, reason, bannedBy: participant });
    return {};
  },

  async liftBan({ room, participant }, { participantId }) {
    await room.features.moderation.lift(participant, 'ban', participantId);
    return {};
  },

  listSanctions: ({ room }) => ({ sanctions: room.features.moderation.sanctions }),

  async lockRoom({ room, participant }, { locked }) {
    await room.features.moderation.setLocked(participant, locked);
    return {};
  },

  /** All of those within reach ([P8]), oneself left out. */
  async muteAll({ room, participant }) {
    let muted = 0;
    for (const other of room.roster) {
      if (other === participant || other.isHidden || !participant.reaches(other)) continue;
      muted += await room.streams.muteByHost(other.id, 'microphone');
    }
    if (muted > 0) await room.features.moderation.log(participant, { action: 'everyoneMuted' });
    return { muted };
  },

  async reportChat({ room, participant }, { messageId, reason = '' }) {
    await room.features.moderation.report(participant, await room.chat.assertMessage(messageId), reason);
    return {};
  },

  async listModerationLog({ room }, { before, limit }) {
    return { entries: [...(await room.features.moderation.listLog(before, limit))] };
  },
};

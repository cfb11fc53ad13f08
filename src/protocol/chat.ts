import * as v from 'valibot';
import { messageId, participantId, roleName } from './identifiers.ts';
import { LIMITS } from './limits.ts';
import { isSeen } from './seen.ts';

/** The message that another answers. Its text is looked up by its place, so that it goes when that is deleted ([C3]). */
export const repliedMessage = v.object({
  id: messageId,
  index: v.number(),
  author: v.object({ id: participantId, name: v.string() }),
});
export type RepliedMessage = v.InferOutput<typeof repliedMessage>;

/**
 * A chat message. `index` counts the room's messages from 0 without a gap, across restarts: the place in the history and the order of all ([C1]).
 * A deleted message keeps its place with an empty text.
 */
export const chatMessage = v.object({
  id: messageId,
  index: v.number(),
  author: v.object({ id: participantId, name: v.string(), role: roleName }),
  text: v.string(),
  /** Server time. Milliseconds since the epoch. */
  sentAt: v.number(),
  deleted: v.boolean(),
  /** What it answers ([C4]). */
  replyTo: v.optional(repliedMessage),
});
export type ChatMessage = v.InferOutput<typeof chatMessage>;

/** What one may write. */
export const chatText = v.pipe(v.string(), v.maxLength(LIMITS.chatTextLength), v.check(isSeen, 'empty'));

export const chatRequests = {
  sendChat: {
    data: v.object({ text: chatText, replyTo: v.optional(messageId) }),
    /** `held`: it waits for a moderator, with the index -1, and is in no event and no page until approved ([Y3]). */
    reply: v.object({ message: chatMessage, held: v.optional(v.literal(true)) }),
  },
  /** The `limit` messages before index `before` (exclusive), oldest first. */
  loadChat: {
    data: v.object({
      before: v.pipe(v.number(), v.integer(), v.minValue(0)),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.pageSize)),
    }),
    reply: v.object({ messages: v.array(chatMessage) }),
  },
  deleteChat: { data: v.object({ messageId }), reply: v.object({}) },
} as const;

export const chatEvents = {
  chatSent: v.object({ message: chatMessage }),
  chatDeleted: v.object({ messageId, index: v.number(), deletedBy: participantId }),
} as const;

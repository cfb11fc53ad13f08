import * as v from 'valibot';
import { chatText } from './chat.ts';
import { messageId, participantId, roleName } from './identifiers.ts';
import { LIMITS } from './limits.ts';
import type { Permission } from './roles.ts';

const person = v.object({ id: participantId, name: v.string() });

/** Whom a message is for alone. */
export const directTarget = v.variant('kind', [
  v.object({ kind: v.literal('role'), role: roleName }),
  v.object({ kind: v.literal('participant'), participantId }),
]);
export type DirectTarget = v.InferOutput<typeof directTarget>;

/** A message for those of one role, or for one person: known to them and to its author, and in no event ([J1]). */
export const directMessage = v.object({
  id: messageId,
  /** How many messages the room's chat had when it was sent: it stands behind them. */
  after: v.number(),
  author: v.object({ id: participantId, name: v.string(), role: roleName }),
  to: v.variant('kind', [
    v.object({ kind: v.literal('role'), role: roleName }),
    v.object({ kind: v.literal('participant'), participant: person }),
  ]),
  /** Empty once it is deleted ([J4]). */
  text: v.string(),
  /** Server time. Milliseconds since the epoch. */
  sentAt: v.number(),
});
export type DirectMessage = v.InferOutput<typeof directMessage>;

export const directChatRequests = {
  /** Without `chat.direct`: to those alone who have it ([J2]). */
  sendDirectChat: {
    data: v.object({ text: chatText, to: directTarget }),
    reply: v.object({ message: directMessage }),
  },
  /** The `limit` messages before another one, or the latest, as far as they are one's own to read; oldest first ([J3]). */
  loadDirectChat: {
    data: v.object({
      before: v.optional(messageId),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.pageSize)),
    }),
    reply: v.object({ messages: v.array(directMessage) }),
  },
  /** Erases what it says, for everyone who could read it: by its author, or by who moderates ([J4]). */
  deleteDirectChat: { data: v.object({ messageId }), reply: v.object({}) },
} as const;

/** What each request needs beyond having joined ([P1]). */
export const DIRECT_CHAT_PERMISSIONS = {
  sendDirectChat: 'chat.send',
  loadDirectChat: null,
  deleteDirectChat: null,
} as const satisfies Record<keyof typeof directChatRequests, Permission | null>;

export const directChatSignals = {
  /** To those whom it is for, and to its author. */
  directChatSent: v.object({ message: directMessage }),
  /** To the same: it says nothing any more. */
  directChatDeleted: v.object({ messageId }),
} as const;

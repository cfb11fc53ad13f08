import * as v from 'valibot';
import { chatMessage } from './chat.ts';
import { messageId, participantId, roleName } from './identifiers.ts';
import { LIMITS } from './limits.ts';
import type { Permission } from './roles.ts';

/** Who may post an address of the web: anyone; anyone, once a moderator has read it; nobody; those who moderate alone. */
export const LINK_POLICIES = ['allow', 'hold', 'refuse', 'moderators'] as const;
export type LinkPolicy = (typeof LINK_POLICIES)[number];

/** What becomes of a message with a word of the list: refused, told with stars in its place, held for a moderator. */
export const WORD_ACTIONS = ['block', 'mask', 'hold'] as const;
export type WordAction = (typeof WORD_ACTIONS)[number];

/** What holds for messages before they are told ([Y1]). */
export const chatPolicies = v.object({
  /** The first message of each who has not written yet waits for a moderator. */
  holdsFirstMessages: v.boolean(),
  links: v.picklist(LINK_POLICIES),
  /** Whole words or phrases, however written: in capitals, in other forms of the letters, with what is not seen between. */
  words: v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64))),
  wordAction: v.picklist(WORD_ACTIONS),
  /** Asks the filter that the server is set up with, if any. */
  usesFilter: v.boolean(),
  /**
   * Messages a second of which everyone is told each; beyond it a fair sample ([C5]). `null`: all of them.
   * As the server is set up (100), unless a room says otherwise.
   */
  mostPerSecond: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
});
export type ChatPolicies = v.InferOutput<typeof chatPolicies>;

export const DEFAULT_CHAT_POLICIES: ChatPolicies = {
  holdsFirstMessages: false,
  links: 'allow',
  words: [],
  wordAction: 'block',
  usesFilter: true,
  mostPerSecond: null,
};

/** Most words of a list. */
export const MOST_FILTERED_WORDS = 500;
/** Most messages that wait in a room, and of one participant ([Y3]). */
export const MOST_HELD_MESSAGES = 1_000;
export const MOST_HELD_OF_ONE = 3;

/** What is left out stays as it is. */
export const chatPolicyChange = v.partial(
  v.object({ ...chatPolicies.entries, words: v.pipe(chatPolicies.entries.words, v.maxLength(MOST_FILTERED_WORDS)) }),
);

export const HOLD_REASONS = ['firstMessage', 'link', 'word', 'filter'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** A message that waits for a moderator: known to them and to its author alone. */
export const heldMessage = v.object({
  id: messageId,
  author: v.object({ id: participantId, name: v.string(), role: roleName }),
  text: v.string(),
  /** Server time. Milliseconds since the epoch. */
  sentAt: v.number(),
  reason: v.picklist(HOLD_REASONS),
});
export type HeldMessage = v.InferOutput<typeof heldMessage>;

/** Messages of which a sample was told: from index to index, and how many were left out. */
export const sampledRange = v.object({ from: v.number(), to: v.number(), skipped: v.number() });

export const chatPolicyRequests = {
  getChatPolicies: { data: v.object({}), reply: v.object({ policies: chatPolicies }) },
  setChatPolicies: { data: chatPolicyChange, reply: v.object({ policies: chatPolicies }) },
  /** Those that wait, oldest first; for who does not moderate, their own. `after` is the `id` of the last one known. */
  listHeldChat: {
    data: v.object({
      after: v.optional(messageId),
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.pageSize))),
    }),
    reply: v.object({ held: v.array(heldMessage), total: v.number() }),
  },
  approveChat: { data: v.object({ messageId }), reply: v.object({}) },
  /** Takes one of one's own that was refused out of what one is told of it ([Y5]). */
  dismissRefusedChat: { data: v.object({ messageId }), reply: v.object({}) },
  rejectChat: {
    data: v.object({ messageId, reason: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(300))) }),
    reply: v.object({}),
  },
} as const;

/** What each request needs beyond having joined ([P1]). */
export const CHAT_POLICY_PERMISSIONS = {
  getChatPolicies: 'chat.moderate',
  setChatPolicies: 'chat.moderate',
  listHeldChat: null,
  approveChat: 'chat.moderate',
  dismissRefusedChat: null,
  rejectChat: 'chat.moderate',
} as const satisfies Record<keyof typeof chatPolicyRequests, Permission | null>;

export const chatPolicyEvents = {
  /** Of the messages from `from` to `to` so many were told to moderators alone ([C5]); they are in the history. */
  chatSampled: sampledRange,
} as const;

export const chatPolicySignals = {
  /** To those who moderate: the list of words is theirs to know. */
  chatPoliciesChanged: v.object({ policies: chatPolicies }),
  /** To those who moderate and to the author: it waits. */
  chatHeld: v.object({ message: heldMessage }),
  /** To those who moderate, and to those whom a message answers or names: what a sample left out, in the order of index ([C5]). */
  chatUnsampled: v.object({ messages: v.array(chatMessage) }),
  /** To the same: it waits no more. One that was approved is told to everyone by `chatSent`. */
  heldChatReviewed: v.object({ messageId, outcome: v.picklist(['approved', 'rejected']) }),
} as const;

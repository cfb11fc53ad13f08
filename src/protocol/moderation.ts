import * as v from 'valibot';
import { heldMessage, sampledRange } from './chat-policies.ts';
import { messageId, participantId, roleName } from './identifiers.ts';
import { LIMITS } from './limits.ts';
import type { Permission } from './roles.ts';

/** Most that stand over the chat at one time ([D2]). */
export const MOST_PINS = 5;
/** Longest slow mode. Milliseconds. */
export const LONGEST_SLOW_MODE_MS = 3_600_000;

const reason = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(300)));
const durationMs = v.pipe(v.number(), v.integer(), v.minValue(1_000), v.maxValue(366 * 86_400_000));
const pinId = v.pipe(v.string(), v.maxLength(64));

/** Roles that may write, besides those who moderate ([D10]); empty: nobody, `null`: everyone. */
export const chatWriters = v.nullable(v.pipe(v.array(roleName), v.maxLength(32)));

/** A message or an announcement that stands over the chat. */
export const chatPin = v.object({
  id: pinId,
  /** The message; `null` for an announcement. */
  message: v.nullable(
    v.object({
      id: messageId,
      index: v.number(),
      author: v.object({ id: participantId, name: v.string(), role: roleName }),
    }),
  ),
  text: v.string(),
  pinnedBy: v.object({ id: participantId, name: v.string() }),
  /** Milliseconds since the epoch, server time. */
  pinnedAt: v.number(),
  /** Milliseconds since the epoch, server time; `null`: until it is taken down. */
  expiresAt: v.nullable(v.number()),
});
export type ChatPin = v.InferOutput<typeof chatPin>;

const person = v.object({ id: participantId, name: v.string() });

/** Keeps a participant from writing, or out of the room. */
export const sanction = v.object({
  kind: v.picklist(['timeOut', 'ban']),
  participant: person,
  /** Milliseconds since the epoch; `null`: for good. */
  until: v.nullable(v.number()),
  reason: v.string(),
  /** `null`: the site's back end. */
  givenBy: v.nullable(person),
});
export type Sanction = v.InferOutput<typeof sanction>;

export const MODERATION_ACTIONS = [
  'messageDeleted',
  'messageReported',
  'pinned',
  'announced',
  'unpinned',
  'slowModeChanged',
  'chatWritersChanged',
  'timedOut',
  'timeOutLifted',
  'banned',
  'banLifted',
  'roomLocked',
  'roomUnlocked',
  'participantRemoved',
  'participantMuted',
  'everyoneMuted',
  'chatPoliciesChanged',
  'messageApproved',
  'messageRejected',
  'lobbyOpened',
  'lobbyClosed',
  'participantAdmitted',
  'everyoneAdmitted',
  'participantTurnedAway',
] as const;
export type ModerationAction = (typeof MODERATION_ACTIONS)[number];

/** Who did what to whom, and why ([D7]). It holds no text of the chat. */
export const moderationEntry = v.object({
  number: v.number(),
  /** Server time. Milliseconds since the epoch. */
  at: v.number(),
  action: v.picklist(MODERATION_ACTIONS),
  actor: v.nullable(person),
  target: v.nullable(person),
  messageId: v.nullable(messageId),
  /** How long, where that says something: of a slow mode, a time-out, a ban. Milliseconds. */
  durationMs: v.nullable(v.number()),
  reason: v.string(),
});
export type ModerationEntry = v.InferOutput<typeof moderationEntry>;

export const moderationRequests = {
  /** All that one may know of it: a snapshot for whoever shows it. */
  getModeration: {
    data: v.object({}),
    reply: v.object({
      pins: v.array(chatPin),
      slowModeMs: v.number(),
      writers: chatWriters,
      locked: v.boolean(),
      /** Until when oneself may not write. Milliseconds since the epoch. */
      timedOutUntil: v.nullable(v.number()),
      timeOutReason: v.string(),
      /** When oneself last wrote in slow mode. Milliseconds since the epoch. */
      wroteAt: v.nullable(v.number()),
      /** There are messages for oneself alone: `loadDirectChat` has them ([J3]). */
      hasDirectChat: v.boolean(),
      /** One's own messages that wait for a moderator, oldest first, and the last few that were refused ([Y5]). */
      held: v.array(heldMessage),
      refused: v.array(messageId),
      /** Where the chat of the last minute was told as a sample ([C5]). */
      sampled: v.array(sampledRange),
    }),
  },
  pinChat: { data: v.object({ messageId, expiresInMs: v.optional(durationMs) }), reply: v.object({ pin: chatPin }) },
  announce: {
    data: v.object({
      text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LIMITS.chatTextLength)),
      expiresInMs: v.optional(durationMs),
    }),
    reply: v.object({ pin: chatPin }),
  },
  unpinChat: { data: v.object({ pinId }), reply: v.object({}) },
  /** At most one message in so long from each who does not moderate; 0: off ([D3]). Milliseconds. */
  setSlowMode: {
    data: v.object({
      intervalMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LONGEST_SLOW_MODE_MS)),
    }),
    reply: v.object({}),
  },
  /** Closes the chat for those of other roles, or opens it ([D10]). */
  setChatWriters: { data: v.object({ roles: chatWriters }), reply: v.object({}) },
  /** Keeps a participant from writing for a time ([D4]). */
  timeOutParticipant: { data: v.object({ participantId, durationMs, reason }), reply: v.object({}) },
  liftTimeOut: { data: v.object({ participantId }), reply: v.object({}) },
  /** Removes a participant and keeps them out, whatever token they bring; without a duration for good ([D5]). */
  banParticipant: {
    data: v.object({ participantId, durationMs: v.optional(durationMs), reason }),
    reply: v.object({}),
  },
  liftBan: { data: v.object({ participantId }), reply: v.object({}) },
  /** Time-outs and bans that are in force. */
  listSanctions: { data: v.object({}), reply: v.object({ sanctions: v.array(sanction) }) },
  lockRoom: { data: v.object({ locked: v.boolean() }), reply: v.object({}) },
  muteAll: { data: v.object({}), reply: v.object({ muted: v.number() }) },
  /** Tells those who moderate of a message; once for each participant and message ([D8]). */
  reportChat: { data: v.object({ messageId, reason }), reply: v.object({}) },
  /** The log, newest first. */
  listModerationLog: {
    data: v.object({
      before: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.pageSize)),
    }),
    reply: v.object({ entries: v.array(moderationEntry) }),
  },
} as const;

/** What each request needs beyond having joined ([P1]). */
export const MODERATION_PERMISSIONS = {
  getModeration: null,
  pinChat: 'chat.moderate',
  announce: 'chat.moderate',
  unpinChat: 'chat.moderate',
  setSlowMode: 'chat.moderate',
  setChatWriters: 'chat.moderate',
  timeOutParticipant: 'chat.moderate',
  liftTimeOut: 'chat.moderate',
  banParticipant: 'participant.remove',
  liftBan: 'participant.remove',
  listSanctions: 'participant.remove',
  lockRoom: 'participant.remove',
  muteAll: 'participant.mute',
  reportChat: null,
  listModerationLog: 'chat.moderate',
} as const satisfies Record<keyof typeof moderationRequests, Permission | null>;

export const moderationEvents = {
  /** `at` in milliseconds since the epoch, server time. */
  pinsChanged: v.object({ pins: v.array(chatPin), at: v.number() }),
  /** How fast one may write, and who may at all. */
  chatRulesChanged: v.object({ slowModeMs: v.number(), writers: chatWriters }),
  roomLocked: v.object({ locked: v.boolean(), changedBy: v.nullable(participantId) }),
} as const;

export const moderationSignals = {
  /** To the one alone who may not write, or may again. Milliseconds since the epoch. */
  timedOut: v.object({ until: v.nullable(v.number()), reason: v.string() }),
  /** To one who comes in: `getModeration` has something for them ([D1]). */
  chatModerated: v.object({}),
  /** To those who moderate. */
  chatReported: v.object({ messageId, index: v.number(), reportedBy: person, reason: v.string() }),
} as const;

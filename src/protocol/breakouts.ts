import * as v from 'valibot';
import { participantId, roleName, roomId } from './identifiers.ts';
import type { Permission } from './roles.ts';

/** Rooms that a room may have at one time ([F1]). */
export const MOST_BREAKOUTS = 50;

/** How long before they close people are warned, unless the one who closes them says otherwise ([F5]). Milliseconds. */
export const BREAKOUT_WARNING_MS = 60_000;

/** How often changes are told ([F6]). Milliseconds. */
export const BREAKOUTS_INTERVAL_MS = 250;

const DAY_MS = 86_400_000;

/** Who says where one goes: a host for each · chance · everybody for themselves. */
export const BREAKOUT_ASSIGNMENTS = ['byHand', 'atRandom', 'selfChosen'] as const;
export type BreakoutAssignment = (typeof BREAKOUT_ASSIGNMENTS)[number];

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));
const size = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)));
const person = v.object({ id: participantId, name: v.string() });

export const breakoutRoom = v.object({
  roomId,
  name: v.string(),
  /** How many may be sent there; `null`: as many as like. */
  size: v.nullable(v.number()),
  /** How many were sent there. */
  assigned: v.number(),
  /** How many are there now. */
  present: v.number(),
});
export type BreakoutRoom = v.InferOutput<typeof breakoutRoom>;

/** The rooms of a room, as everybody may know them. */
export const breakoutsView = v.object({
  /** The room that they belong to. */
  homeId: roomId,
  /** Before that they are a draft, which only those with `breakout.manage` know. */
  isOpen: v.boolean(),
  assignment: v.picklist(BREAKOUT_ASSIGNMENTS),
  /** What people are there; `null`: what they are at home. Who may manage them stays what they are. */
  role: v.nullable(roleName),
  rooms: v.array(breakoutRoom),
  /** When everybody is brought home. Server time, milliseconds since the epoch; `null`: when somebody says so. */
  closesAt: v.nullable(v.number()),
  /** What was last said to all of them. `by` is `null` for the site's own back end. */
  announcement: v.nullable(v.object({ text: v.string(), by: v.nullable(person), at: v.number() })),
});
export type BreakoutsView = v.InferOutput<typeof breakoutsView>;

/** Where somebody belongs; `null`: at home, because they or a host said so. */
export const breakoutPerson = v.object({ participantId, name: v.string(), roomId: v.nullable(roomId) });
export type BreakoutPerson = v.InferOutput<typeof breakoutPerson>;

/** Somebody asks a host to come. */
export const helpCall = v.object({ participantId, name: v.string(), roomId, at: v.number() });
export type HelpCall = v.InferOutput<typeof helpCall>;

const announcementText = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300));

export const breakoutRequests = {
  /** All of it that the one who asks may know; `people` and `calls` are for those with `breakout.manage`. */
  getBreakouts: {
    data: v.object({}),
    reply: v.object({
      breakouts: v.nullable(breakoutsView),
      people: v.array(breakoutPerson),
      calls: v.array(helpCall),
    }),
  },
  /** Drafts them in place of an earlier draft. Who is sent where by chance is so at once, and may be changed. */
  createBreakouts: {
    data: v.object({
      rooms: v.pipe(v.array(v.object({ name, size: v.optional(size) })), v.minLength(1), v.maxLength(MOST_BREAKOUTS)),
      assignment: v.picklist(BREAKOUT_ASSIGNMENTS),
      role: v.optional(v.nullable(roleName)),
    }),
    reply: v.object({ breakouts: breakoutsView }),
  },
  /** Sends somebody to one of them, or with `null` home: at once where they are open, else when they open. */
  assignBreakout: { data: v.object({ participantId, roomId: v.nullable(roomId) }), reply: v.object({}) },
  /** Sends so many there whom chance chooses among those at home who belong nowhere yet, as far as there are places ([F7]). */
  fillBreakout: {
    data: v.object({ roomId, count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)) }),
    reply: v.object({
      /** How many that were. */
      sent: v.number(),
    }),
  },
  /** Goes there oneself, or with `null` home. */
  enterBreakout: { data: v.object({ roomId: v.nullable(roomId) }), reply: v.object({}) },
  /** Opens them and moves everybody; again: with another time from now, or without `durationMs` with none. */
  openBreakouts: {
    data: v.object({
      durationMs: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1_000), v.maxValue(DAY_MS)))),
    }),
    reply: v.object({}),
  },
  /** Brings everybody home after a warning; 0: at once. A draft is dropped. */
  closeBreakouts: {
    data: v.object({
      warningMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(DAY_MS))),
    }),
    reply: v.object({}),
  },
  /** Says something to all of them. */
  announceToBreakouts: { data: v.object({ text: announcementText }), reply: v.object({}) },
  /** Asks a host to come to the room that one is in. */
  callForHelp: { data: v.object({}), reply: v.object({}) },
  /** No one needs to come there any more. */
  answerHelpCall: { data: v.object({ roomId }), reply: v.object({}) },
} as const;

export const breakoutSignals = {
  /** To all at home and in the rooms; `null`: there are none any more. A draft is told to those with `breakout.manage`. */
  breakoutsChanged: v.object({ breakouts: v.nullable(breakoutsView) }),
  /** To those with `breakout.manage`: who belongs elsewhere now. */
  breakoutPeopleChanged: v.object({ people: v.array(breakoutPerson) }),
  /** To those with `breakout.manage`: all calls that stand. */
  helpCallsChanged: v.object({ calls: v.array(helpCall) }),
} as const;

export const BREAKOUT_PERMISSIONS = {
  getBreakouts: null,
  createBreakouts: 'breakout.manage',
  assignBreakout: 'breakout.manage',
  fillBreakout: 'breakout.manage',
  enterBreakout: null,
  openBreakouts: 'breakout.manage',
  closeBreakouts: 'breakout.manage',
  announceToBreakouts: 'breakout.manage',
  callForHelp: null,
  answerHelpCall: 'breakout.manage',
} as const satisfies Record<keyof typeof breakoutRequests, Permission | null>;

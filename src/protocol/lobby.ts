import * as v from 'valibot';
import { participantId, roleName } from './identifiers.ts';
import { LIMITS } from './limits.ts';
import type { Permission } from './roles.ts';

/** The role that one has while one waits to be let in ([I1]). */
export const LOBBY_ROLE_NAME = 'lobby';

/** Somebody who waits at the door, as those who may let them in see them. */
export const waitingParticipant = v.object({
  id: participantId,
  name: v.string(),
  /** What they will be. */
  role: roleName,
  /** Server time. Milliseconds since the epoch. */
  waitingSince: v.number(),
});
export type WaitingParticipant = v.InferOutput<typeof waitingParticipant>;

export const lobbyView = v.object({
  /** Newcomers of a lesser role than this wait; `null`: nobody does. */
  waitBelow: v.nullable(roleName),
  /** By how long they wait, the longest first; a page of them. */
  waiting: v.array(waitingParticipant),
  /** How many wait in all. */
  total: v.number(),
});
export type LobbyView = v.InferOutput<typeof lobbyView>;

const reason = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(300)));

export const lobbyRequests = {
  /** `after` is the id of the last one known. */
  getLobby: {
    data: v.object({
      after: v.optional(participantId),
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.pageSize))),
    }),
    reply: lobbyView,
  },
  /** To end it lets in everyone who waits ([I3]). */
  setLobby: { data: v.object({ waitBelow: v.nullable(roleName) }), reply: v.object({}) },
  /** Lets one in, or all who wait now. */
  admit: {
    data: v.object({ participantId: v.nullable(participantId) }),
    reply: v.object({ admitted: v.number() }),
  },
  /** Sends one away; the tokens that they have open the door no more ([P6]). */
  turnAway: { data: v.object({ participantId, reason }), reply: v.object({}) },
} as const;

/** What each request needs beyond having joined ([P1]). */
export const LOBBY_PERMISSIONS = {
  getLobby: 'participant.remove',
  setLobby: 'participant.remove',
  admit: 'participant.remove',
  turnAway: 'participant.remove',
} as const satisfies Record<keyof typeof lobbyRequests, Permission | null>;

export const lobbySignals = {
  /** To those who may let people in: the lobby as it is now, at most every 250 ms. */
  lobbyChanged: lobbyView,
} as const;

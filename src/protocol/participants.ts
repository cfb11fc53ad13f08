import * as v from 'valibot';
import { offerId, participantId, roleName } from './identifiers.ts';
import { LIMITS } from './limits.ts';
import { SOURCES } from './roles.ts';

/** What everyone may know of a participant. */
export const participantView = v.object({
  id: participantId,
  name: v.string(),
  role: roleName,
  /** Server time of the join. Milliseconds since the epoch. */
  joinedAt: v.number(),
  /** The link is broken and the place is kept for a while. */
  lost: v.boolean(),
});
export type ParticipantView = v.InferOutput<typeof participantView>;

/** An invitation to a role that publishes; it waits for consent ([P2]). */
export const roleOffer = v.object({
  id: offerId,
  participantId,
  role: roleName,
  offeredBy: participantId,
  expiresAt: v.number(),
  /** Who accepts is backstage first ([Z5]). */
  backstage: v.optional(v.boolean()),
});
export type RoleOffer = v.InferOutput<typeof roleOffer>;

/** What the site says of a participant's company ([T5]). */
export const COMPANY_LIMITS = { groups: 8, groupLength: 60, friends: 100 } as const;

/** A participant as one finds them in the list: with what relates them to oneself ([T5]). */
export const listedParticipant = v.object({
  ...participantView.entries,
  isFriend: v.optional(v.literal(true)),
  /** Groups of the site that both belong to. */
  groups: v.optional(v.array(v.string())),
});
export type ListedParticipant = v.InferOutput<typeof listedParticipant>;

export const participantRequests = {
  /** A page of everyone in the room, by name; `after` is the `next` of the page before. */
  listParticipants: {
    data: v.object({
      search: v.optional(v.pipe(v.string(), v.maxLength(LIMITS.nameLength))),
      role: v.optional(roleName),
      /** Friends of one's own, and those with whom one shares a group, alone. */
      related: v.optional(v.boolean()),
      after: v.optional(v.pipe(v.string(), v.maxLength(256))),
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.pageSize))),
    }),
    reply: v.object({
      participants: v.array(listedParticipant),
      total: v.number(),
      /** How many in the room are friends, or share a group with oneself. */
      related: v.number(),
      next: v.nullable(v.string()),
    }),
  },
  /** Moves anyone, oneself included. To a role that publishes more than now it only offers ([P2]); `backstage`: at first not on stage ([Z5]). */
  changeRole: {
    data: v.object({ participantId, role: roleName, backstage: v.optional(v.boolean()) }),
    reply: v.object({ status: v.picklist(['changed', 'offered', 'unchanged']), offerId: v.optional(offerId) }),
  },
  answerRoleOffer: { data: v.object({ offerId, accept: v.boolean() }), reply: v.object({}) },
  withdrawRoleOffer: { data: v.object({ offerId }), reply: v.object({}) },
  /** `reason` is for the log of moderation. */
  removeParticipant: {
    data: v.object({ participantId, reason: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(300))) }),
    reply: v.object({}),
  },
  /** Mutes a participant's streams (all, or those of one source). Only they can unmute themselves ([P5]). */
  muteParticipant: {
    data: v.object({ participantId, source: v.optional(v.picklist(SOURCES)) }),
    reply: v.object({ muted: v.number() }),
  },
} as const;

export const participantEvents = {
  participantJoined: v.object({ participant: participantView }),
  /** `reason` tells a removal from a broken link from a leave. */
  participantLeft: v.object({ participantId, reason: v.picklist(['left', 'lost', 'removed', 'hidden']) }),
  participantLost: v.object({ participantId }),
  participantReturned: v.object({ participantId }),
  roleOffered: v.object({ offer: roleOffer }),
  roleOfferEnded: v.object({
    offerId,
    participantId,
    outcome: v.picklist(['accepted', 'declined', 'expired', 'withdrawn']),
  }),
  /** Also the first word of a participant who was only counted before. */
  roleChanged: v.object({ participant: participantView, previousRole: roleName, changedBy: v.nullable(participantId) }),
} as const;

export const participantSignals = {
  /** Participants by role, at most once a second ([N3]). */
  participantsCounted: v.object({ counts: v.record(v.string(), v.number()), total: v.number() }),
} as const;

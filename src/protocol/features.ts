import { QUESTION_PERMISSIONS, questionEvents, questionRequests, questionSignals } from './questions.ts';
import { reactionRequests, reactionSignals } from './reactions.ts';
import type { Permission } from './roles.ts';

/*
 * What the audience takes part by. A client loads the half of it that a page shows, so each has a request for all of its
 * own that a snapshot would hold.
 */

export const featureRequests = {
  ...questionRequests,
  ...reactionRequests,
} as const;

export const featureEvents = {
  ...questionEvents,
} as const;

export const featureSignals = {
  ...questionSignals,
  ...reactionSignals,
} as const;

/** What each request needs beyond having joined ([P1]). */
export const FEATURE_PERMISSIONS = {
  ...QUESTION_PERMISSIONS,
  getReactions: null,
  sendReaction: 'reaction.send',
} as const satisfies Record<keyof typeof featureRequests, Permission | null>;

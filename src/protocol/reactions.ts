import * as v from 'valibot';

/** What may be shown of a feeling: one emoji, however many code points it is made of. */
export const reactionEmoji = v.pipe(
  v.string(),
  v.regex(/^[\p{Extended_Pictographic}\p{Regional_Indicator}]/u),
  v.maxLength(32),
);

/** The reactions of a room whose template names none. */
export const DEFAULT_REACTIONS: readonly string[] = ['❤️', '👏', '🎉', '😂', '😮', '🔥'];

/** Most of a kind in one request; what comes faster is for the next one ([X2]). */
export const REACTIONS_PER_REQUEST = 20;

/** How often reactions are told ([X1]). Milliseconds. */
export const REACTIONS_INTERVAL_MS = 250;

export const reactionRequests = {
  /** Emoji that people may react with in this room, in the order to show them. */
  getReactions: { data: v.object({}), reply: v.object({ available: v.array(v.string()) }) },
  /** Reacts `count` times with one of the room's reactions. `counted`: how many the budget let through ([X2]). */
  sendReaction: {
    data: v.object({
      emoji: v.pipe(v.string(), v.maxLength(32)),
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(REACTIONS_PER_REQUEST)),
    }),
    reply: v.object({ counted: v.number() }),
  },
} as const;

export const reactionSignals = {
  /** What the room felt since the last one ([X1]). */
  reactionsCounted: v.object({ counts: v.array(v.tuple([v.string(), v.number()])) }),
} as const;

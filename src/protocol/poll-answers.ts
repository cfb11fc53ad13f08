import * as v from 'valibot';
import { isSeen } from './seen.ts';

export const ANSWER_LIMITS = { textLength: 280, wordLength: 32, words: 12, choices: 12 } as const;

const line = (length: number) => v.pipe(v.string(), v.trim(), v.maxLength(length), v.check(isSeen, 'empty'));

/** An answer to a poll. */
export const pollAnswer = v.variant('type', [
  /** Places of options, from 0; for a ranking all of them, the best first. */
  v.object({
    type: v.literal('choices'),
    choices: v.pipe(
      v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(ANSWER_LIMITS.choices - 1))),
      v.minLength(1),
      v.maxLength(ANSWER_LIMITS.choices),
    ),
  }),
  /** A rating or a guess. */
  v.object({
    type: v.literal('number'),
    number: v.pipe(v.number(), v.finite(), v.minValue(-1e12), v.maxValue(1e12)),
  }),
  v.object({
    type: v.literal('words'),
    words: v.pipe(v.array(line(ANSWER_LIMITS.wordLength)), v.minLength(1), v.maxLength(ANSWER_LIMITS.words)),
  }),
  v.object({ type: v.literal('text'), text: line(ANSWER_LIMITS.textLength) }),
]);
export type PollAnswer = v.InferOutput<typeof pollAnswer>;

/** Results of a poll so far. */
export const pollTally = v.object({
  pollId: v.pipe(v.string(), v.brand('PollId')),
  /** Counts the changes: of two tallies of a poll the one with more is newer. */
  revision: v.number(),
  /** Participants who answered. */
  voters: v.number(),
  /**
   * Choices: by option the answers; ranking: by option the points, as many as options for a first place, one for the last;
   * rating: by step from 1; number: by band from the least; words: the 60 most frequent.
   */
  counts: v.array(v.object({ label: v.string(), count: v.number() })),
  /** Of ratings and guesses. */
  average: v.nullable(v.number()),
  least: v.nullable(v.number()),
  most: v.nullable(v.number()),
  /** Open text: the latest 50, the newest first. `author`: their name, unless the poll is anonymous. */
  texts: v.array(v.object({ text: v.string(), author: v.nullable(v.string()) })),
});
export type PollTally = v.InferOutput<typeof pollTally>;

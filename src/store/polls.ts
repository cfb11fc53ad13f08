import { signal } from '@preact/signals-core';
import type { PollId, PollScore, PollStanding, PollTally, PollView, PollVote } from '../protocol/index.ts';

export function createPollsSlice() {
  return {
    /** Whether the server has said what there is. */
    known: signal(false),
    /** In the order of making; drafts are those of who manages polls. */
    byId: signal<ReadonlyMap<PollId, PollView>>(new Map()),
    /** One's own answers. */
    votes: signal<ReadonlyMap<PollId, PollVote>>(new Map()),
    /** Results so far, as far as one may see them. */
    tallies: signal<ReadonlyMap<PollId, PollTally>>(new Map()),
    /** What one's own answers to questions of a quiz were worth. */
    scores: signal<ReadonlyMap<PollId, PollScore>>(new Map()),
    /** One's own place in the leaderboard; `null` without points. */
    standing: signal<PollStanding | null>(null),
  };
}
export type PollsSlice = ReturnType<typeof createPollsSlice>;

import { batch } from '@preact/signals-core';
import type { PollId, PollTally, PollView } from '../../protocol/index.ts';
import { createPollsSlice, type PollsSlice } from '../../store/polls.ts';
import type { Feature, FeatureParts } from '../features.ts';

export function createPolls({ request }: FeatureParts): Feature<'polls'> {
  const slice = createPollsSlice();
  /** Erased ones, for an answer that was on its way meanwhile. */
  const removed = new Set<PollId>();
  const restore = async () => {
    const { polls, votes, tallies, scores, standing } = await request('getPolls', {});
    batch(() => {
      const known = slice.byId.value;
      const newest = polls.filter(({ id }) => !removed.has(id)).map((poll) => newerOf(known.get(poll.id), poll));
      slice.byId.value = new Map(newest.map((poll) => [poll.id, poll]));
      slice.votes.value = new Map(votes.map((vote) => [vote.pollId, vote]));
      slice.tallies.value = new Map(tallies.map((tally) => [tally.pollId, tally]));
      slice.scores.value = new Map(scores.map((score) => [score.pollId, score]));
      slice.standing.value = standing;
      slice.known.value = true;
    });
  };
  const remove = ({ pollId }: { readonly pollId: PollId }) => {
    removed.add(pollId);
    const polls = new Map(slice.byId.value);
    polls.delete(pollId);
    slice.byId.value = polls;
  };
  return {
    slice,
    events: { pollChanged: ({ poll }) => putPoll(slice, poll), pollRemoved: remove },
    signals: {
      pollManaged: ({ poll }) => putPoll(slice, poll),
      pollDiscarded: remove,
      pollsTallied: ({ tallies }) => putTallies(slice, tallies),
      pollVoted({ vote }) {
        slice.votes.value = new Map(slice.votes.value).set(vote.pollId, vote);
      },
      pollScored({ score, standing }) {
        slice.scores.value = new Map(slice.scores.value).set(score.pollId, score);
        slice.standing.value = standing;
      },
      // Told on every return too: what only some may know is not in the events that were missed ([V1]).
      permissionsChanged: () => void restore().catch(() => undefined),
    },
    restore,
  };
}

function putPoll(slice: PollsSlice, poll: PollView): void {
  const newer = newerOf(slice.byId.value.get(poll.id), poll);
  slice.byId.value = new Map(slice.byId.value).set(poll.id, newer);
}

/** What is right, once known, stays so: the view for all leaves it out. */
function newerOf(known: PollView | undefined, poll: PollView): PollView {
  if (known === undefined) return poll;
  if (known.revision > poll.revision) return known;
  const { quiz } = poll;
  const isSame = poll.question === known.question && poll.kind === known.kind;
  if (quiz === null || quiz.right !== null || !isSame) return poll;
  return { ...poll, quiz: { ...quiz, right: known.quiz?.right ?? null }, tally: poll.tally ?? known.tally };
}

function putTallies(slice: PollsSlice, tallies: readonly PollTally[]): void {
  const known = new Map(slice.tallies.value);
  for (const tally of tallies) {
    if ((known.get(tally.pollId)?.revision ?? -1) <= tally.revision) known.set(tally.pollId, tally);
  }
  slice.tallies.value = known;
}

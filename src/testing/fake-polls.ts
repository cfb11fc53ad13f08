import { completePoll } from '../protocol/index.ts';
import type {
  LeaderboardEntry,
  PollId,
  PollInput,
  PollScore,
  PollStanding,
  PollTally,
  PollView,
  PollVote,
} from '../protocol/index.ts';
import { createPollsSlice } from '../store/polls.ts';
import type { FakeFeature } from './fake-features.ts';

/** A poll of a fake room: open and without answers unless told. */
export type FakePoll = PollInput & Partial<Omit<PollView, 'id' | keyof PollInput>> & { readonly id?: string };

export interface FakePollsOptions {
  readonly polls?: readonly FakePoll[];
  readonly votes?: readonly PollVote[];
  readonly tallies?: readonly PollTally[];
  readonly scores?: readonly PollScore[];
  readonly standing?: PollStanding;
  readonly leaderboard?: readonly LeaderboardEntry[];
}

function createPoll({ id, ...poll }: FakePoll, place: number, now: number): PollView {
  const { state = 'open', openedAt, closesAt, closedAt, revealedAt, tally, revision, createdAt, ...input } = poll;
  const definition = completePoll(input);
  const opened = openedAt ?? (state === 'open' || state === 'closed' ? now : null);
  return {
    ...definition,
    id: (id ?? `poll-${place + 1}`) as PollId,
    state,
    createdAt: createdAt ?? now,
    openedAt: opened,
    closesAt: closesAt ?? (opened === null || definition.durationMs === null ? null : opened + definition.durationMs),
    closedAt: closedAt ?? (state === 'closed' ? now : null),
    revealedAt: revealedAt ?? null,
    revision: revision ?? 1,
    tally: tally ?? null,
  };
}

export function createFakePolls(options: FakePollsOptions = {}): FakeFeature<'polls'> {
  const slice = createPollsSlice();
  const now = Date.now();
  const polls = (options.polls ?? []).map((poll, place) => createPoll(poll, place, now));
  slice.byId.value = new Map(polls.map((poll) => [poll.id, poll]));
  slice.votes.value = new Map((options.votes ?? []).map((vote) => [vote.pollId, vote]));
  slice.tallies.value = new Map((options.tallies ?? []).map((tally) => [tally.pollId, tally]));
  slice.scores.value = new Map((options.scores ?? []).map((score) => [score.pollId, score]));
  slice.standing.value = options.standing ?? null;
  slice.known.value = true;

  const change = (pollId: PollId, changed: Partial<PollView>) => {
    const known = slice.byId.value.get(pollId);
    if (!known) throw new Error('the fake room has no such poll');
    const poll = { ...known, ...changed, revision: known.revision + 1 };
    slice.byId.value = new Map(slice.byId.value).set(pollId, poll);
    return { poll };
  };
  return {
    slice,
    answers: {
      vote({ pollId, answer }) {
        const vote = { pollId, answer, votedAt: Date.now() };
        slice.votes.value = new Map(slice.votes.value).set(pollId, vote);
        return { vote };
      },
      getLeaderboard({ after = 0, limit = 50 }) {
        const all = options.leaderboard ?? [];
        const end = after + limit;
        return {
          entries: all.slice(after, end),
          total: all.length,
          standing: slice.standing.value,
          next: end < all.length ? end : null,
        };
      },
      createPoll(input) {
        const state = typeof input.launchAt === 'number' ? 'scheduled' : 'draft';
        const poll = createPoll({ ...input, state }, slice.byId.value.size, Date.now());
        slice.byId.value = new Map(slice.byId.value).set(poll.id, poll);
        return { poll };
      },
      updatePoll({ pollId, change: changed }) {
        const { launchAt } = changed;
        const state = launchAt === undefined ? {} : ({ state: launchAt === null ? 'draft' : 'scheduled' } as const);
        const known = slice.byId.value.get(pollId);
        if (!known) throw new Error('the fake room has no such poll');
        const { quiz, ...asked } = known;
        const right = quiz?.right ?? null;
        const kept = { ...asked, quiz: quiz === null || right === null ? null : { ...quiz, right } };
        const input = {
          ...kept,
          ...changed,
          question: changed.question ?? asked.question,
          kind: changed.kind ?? asked.kind,
        };
        return change(pollId, { ...completePoll(input), ...state });
      },
      exportPoll({ pollId, format }) {
        const text = format === 'csv' ? 'name,answer\r\n' : '[]';
        return {
          fileName: `poll-${pollId}.${format}`,
          mediaType: format === 'csv' ? 'text/csv' : 'application/json',
          text,
        };
      },
      launchPoll({ pollId }) {
        const openedAt = Date.now();
        const durationMs = slice.byId.value.get(pollId)?.durationMs ?? null;
        return change(pollId, {
          state: 'open',
          openedAt,
          closesAt: durationMs === null ? null : openedAt + durationMs,
        });
      },
      closePoll: ({ pollId }) =>
        change(pollId, { state: 'closed', closedAt: Date.now(), tally: slice.tallies.value.get(pollId) ?? null }),
      revealPoll: ({ pollId }) => change(pollId, { revealedAt: Date.now() }),
      deletePoll({ pollId }) {
        const left = new Map(slice.byId.value);
        left.delete(pollId);
        slice.byId.value = left;
        return {};
      },
    },
  };
}

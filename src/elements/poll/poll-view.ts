import type { PollTally, PollView, RequestName } from '../../protocol/index.ts';
import type { ReadonlyFeature, Store } from '../../store/store.ts';

/** Requests of those who manage polls. */
export type PollRequest = Extract<RequestName, `${string}Poll`>;

export type Polls = ReadonlyFeature<'polls'>;

/** The server's time in the reader's own picture; milliseconds since the epoch. `until`: infinite where that is live. */
export function readTime(store: Store, until: number): number {
  return Math.min(until, Date.now() + store.connection.serverOffsetMs.peek());
}

/** A poll as it was when the reader's own picture was made; `null` before its opening. */
export function asShown(poll: PollView, until: number): PollView | null {
  if (poll.openedAt === null || poll.openedAt > until) return null;
  const isClosed = poll.closedAt !== null && poll.closedAt <= until;
  const isRevealed = poll.revealedAt !== null && poll.revealedAt <= until;
  if (isRevealed || (isClosed && poll.revealedAt === null) || (poll.closedAt === null && poll.revealedAt === null)) {
    return poll;
  }
  return {
    ...poll,
    state: isClosed ? 'closed' : 'open',
    revealedAt: null,
    quiz: poll.quiz && { ...poll.quiz, right: null },
    tally: isClosed && poll.results !== 'hosts' ? poll.tally : null,
  };
}

/** The one to show: what was opened last of those open, else of all. */
export function choosePoll(polls: Iterable<PollView>, until: number): PollView | null {
  let chosen: PollView | null = null;
  for (const each of polls) {
    const poll = asShown(each, until);
    if (poll === null) continue;
    const isBetter =
      chosen === null ||
      (poll.state === chosen.state ? (poll.openedAt ?? 0) >= (chosen.openedAt ?? 0) : poll.state === 'open');
    if (isBetter) chosen = poll;
  }
  return chosen;
}

/** The result, as far as the reader may see it. */
export function resultOf(polls: Polls, poll: PollView): PollTally | null {
  return poll.tally ?? polls.tallies.value.get(poll.id) ?? null;
}

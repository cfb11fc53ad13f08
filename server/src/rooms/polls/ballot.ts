import {
  findAnswerFault,
  POLL_GRACE_MS,
  POLL_LATENESS_MS,
  POLL_LIMITS,
  ProtocolError,
  type PollAnswer,
} from '../../../../src/protocol/index.ts';
import type { Participant } from '../participant.ts';
import type { Poll } from './poll.ts';

/** How far behind the live edge a participant may be ([V5]). Milliseconds. */
export const latenessOf = ({ role }: Participant): number => POLL_LATENESS_MS[role.watch];

interface Attempt {
  readonly participant: Participant;
  readonly answer: PollAnswer;
  /** As the client says. Milliseconds since the epoch. */
  readonly shownAt: number | undefined;
  readonly now: number;
}

/**
 * Throws `badRequest`, `conflict`, `expired` or `forbidden` where the answer may not be given ([V3], [V4], [V5]).
 * @returns from the question's being shown to now; milliseconds
 */
export function assertMayVote(poll: Poll, { participant, answer, shownAt, now }: Attempt): number {
  const { definition, state, openedAt, closesAt } = poll.record;
  if (!poll.mayVote(participant)) throw new ProtocolError('forbidden', 'This poll is for others.');
  if (state !== 'open' || poll.isClosing) throw new ProtocolError('expired', 'The poll is closed.');
  const fault = findAnswerFault(definition, answer);
  if (fault !== null) throw new ProtocolError('badRequest', `answer: ${fault}`);
  const given = poll.voteOf(participant.id)?.given ?? 0;
  if (given > 0 && !definition.changeable) throw new ProtocolError('conflict', 'You have answered.');
  if (given >= POLL_LIMITS.changes) throw new ProtocolError('conflict', 'The answer was changed too often.');
  const opened = openedAt ?? 0;
  const latenessMs = Math.min(latenessOf(participant), Math.max(0, (shownAt ?? opened) - opened));
  if (closesAt !== null && now > closesAt + latenessMs + POLL_GRACE_MS) {
    throw new ProtocolError('expired', 'Time is up.');
  }
  // A picture's time has fractions, and what is stored is whole.
  return Math.round(Math.max(0, now - opened - latenessMs));
}

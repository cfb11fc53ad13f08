import { isRightAnswer, type ParticipantId, type PollDefinition } from '../../../../src/protocol/index.ts';
import type { StoredScore, StoredVote } from '../../store/poll-store.ts';

const STREAK_POINTS = 100;
const MOST_STREAK_POINTS = 500;

/** What the answers to a question of a quiz were worth ([V8]). `streaks`: right answers in a row up to the question before. */
export function scoreVotes(
  definition: PollDefinition,
  votes: readonly StoredVote[],
  streaks: ReadonlyMap<ParticipantId, number>,
): StoredScore[] {
  const { quiz, durationMs } = definition;
  if (quiz === null) return [];
  return votes.map(({ participantId, name, answer, elapsedMs }) => {
    if (!isRightAnswer(definition, answer)) return { participantId, name, right: false, points: 0, streak: 0 };
    const streak = (streaks.get(participantId) ?? 0) + 1;
    const speed = quiz.speedBonus && durationMs !== null ? 0.5 + 0.5 * Math.max(0, 1 - elapsedMs / durationMs) : 1;
    const bonus = quiz.streakBonus ? Math.min(MOST_STREAK_POINTS, STREAK_POINTS * (streak - 1)) : 0;
    return { participantId, name, right: true, points: Math.round(quiz.points * speed) + bonus, streak };
  });
}

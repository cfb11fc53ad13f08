import type { QuestionView } from '../../protocol/index.ts';

export type QuestionSort = 'popular' | 'newest' | 'unanswered';

const byVotes = (a: QuestionView, b: QuestionView): number => b.votes - a.votes || b.index - a.index;
const rank = ({ state }: QuestionView): number => (state === 'open' ? 0 : 1);

/** Those to show, in their order: what waits is the moderator's first, what was dismissed comes last. */
export function sortQuestions(
  questions: Iterable<QuestionView>,
  sort: QuestionSort,
): { readonly waiting: QuestionView[]; readonly shown: QuestionView[]; readonly dismissed: QuestionView[] } {
  const all = [...questions];
  const waiting = all.filter(({ state }) => state === 'waiting').sort((a, b) => a.index - b.index);
  const dismissed = all.filter(({ state }) => state === 'dismissed').sort((a, b) => b.index - a.index);
  const seen = all.filter(({ state }) => state === 'open' || state === 'answered');
  if (sort === 'newest') return { waiting, dismissed, shown: seen.sort((a, b) => b.index - a.index) };
  if (sort === 'unanswered') {
    return { waiting, dismissed, shown: seen.filter(({ state }) => state === 'open').sort(byVotes) };
  }
  return { waiting, dismissed, shown: seen.sort((a, b) => rank(a) - rank(b) || byVotes(a, b)) };
}

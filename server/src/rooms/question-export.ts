import type { QuestionView } from '../../../src/protocol/index.ts';
import { toCsvText } from './csv.ts';

const HEAD = ['number', 'time', 'asker', 'name', 'anonymous', 'state', 'votes', 'question', 'answer', 'answered', 'by'];

const toTime = (at: number): string => new Date(at).toISOString();

/** One line for each question, with its asker's name: for the site's back end. */
export function exportQuestions(questions: readonly QuestionView[]): string {
  const lines = questions.map(({ index, askedAt, asker, isAnonymous, state, votes, text, answer }) => [
    String(index + 1),
    toTime(askedAt),
    asker?.id ?? '',
    asker?.name ?? '',
    isAnonymous ? 'yes' : 'no',
    state,
    String(votes),
    text,
    answer?.text ?? '',
    answer ? toTime(answer.at) : '',
    answer?.by?.name ?? '',
  ]);
  return toCsvText([HEAD, ...lines]);
}

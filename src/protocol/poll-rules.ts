import type { PollAnswer } from './poll-answers.ts';
import type { PollDefinition, PollInput, PollKind } from './polls.ts';

/** What of a poll says how it is asked. */
type Asked = Pick<PollDefinition, 'kind' | 'options' | 'maxChoices' | 'scale' | 'range'>;

/** Fills in what was not said. */
export function completePoll(input: PollInput): PollDefinition {
  const { quiz = null } = input;
  return {
    question: input.question,
    kind: input.kind,
    options: input.options ?? [],
    maxChoices: input.maxChoices ?? (input.kind === 'words' ? 3 : Math.max(1, input.options?.length ?? 1)),
    scale: input.scale ?? 5,
    range: input.range ?? null,
    unit: input.unit ?? '',
    anonymous: input.anonymous ?? quiz === null,
    changeable: input.changeable ?? false,
    results: input.results ?? 'live',
    voters: input.voters ?? null,
    watchers: input.watchers ?? null,
    durationMs: input.durationMs ?? null,
    launchAt: input.launchAt ?? null,
    quiz: quiz && {
      right: quiz.right,
      tolerance: quiz.tolerance ?? 0,
      points: quiz.points ?? 1_000,
      speedBonus: quiz.speedBonus ?? true,
      streakBonus: quiz.streakBonus ?? true,
    },
  };
}

export const hasOptions = (kind: PollKind): boolean => kind === 'single' || kind === 'multiple' || kind === 'ranking';

/** Why a poll cannot be asked like this, or `null` ([V2]). */
export function findPollFault(poll: PollDefinition): string | null {
  const { kind, options, range, quiz } = poll;
  if (hasOptions(kind) !== options.length > 0)
    return 'options: for single, multiple and ranking, and for no other kind';
  if (options.length === 1) return 'options: at least two';
  if (new Set(options).size < options.length) return 'options: each once';
  if (range !== null && range.least >= range.most) return 'range: the least must be below the most';
  if (quiz === null) return null;
  if (poll.anonymous) return 'anonymous: a quiz names who answered';
  if (poll.changeable) return 'changeable: answers to a quiz stay as they are';
  if (kind === 'rating' || kind === 'words') return 'quiz: not for ratings and word clouds';
  if (quiz.right === null) return 'quiz.right: missing';
  if (kind === 'text') return quiz.right.type === 'words' ? null : 'quiz.right: the accepted words';
  const fault = findAnswerFault(poll, quiz.right);
  return fault && `quiz.right: ${fault}`;
}

/** Why this is no answer to that poll, or `null` ([V3]). */
export function findAnswerFault(poll: Asked, answer: PollAnswer): string | null {
  switch (poll.kind) {
    case 'single':
    case 'multiple':
    case 'ranking':
      return answer.type === 'choices' ? findChoicesFault(poll, answer.choices) : 'choices are asked for';
    case 'rating':
    case 'number':
      return answer.type === 'number' ? findNumberFault(poll, answer.number) : 'a number is asked for';
    case 'words':
      if (answer.type !== 'words') return 'words are asked for';
      return answer.words.length > poll.maxChoices ? `at most ${poll.maxChoices} words` : null;
    case 'text':
      return answer.type === 'text' ? null : 'a text is asked for';
  }
}

function findChoicesFault({ kind, options, maxChoices }: Asked, choices: readonly number[]): string | null {
  if (new Set(choices).size < choices.length) return 'each choice once';
  if (choices.some((choice) => choice >= options.length)) return 'there is no such option';
  if (kind === 'single' && choices.length > 1) return 'one choice';
  if (kind === 'multiple' && choices.length > maxChoices) return `at most ${maxChoices} choices`;
  if (kind === 'ranking' && choices.length < options.length) return 'every option has its place';
  return null;
}

function findNumberFault({ kind, scale, range }: Asked, number: number): string | null {
  if (kind === 'rating') return Number.isInteger(number) && number >= 1 && number <= scale ? null : `1 to ${scale}`;
  if (range === null) return null;
  return number >= range.least && number <= range.most ? null : `${range.least} to ${range.most}`;
}

/** A word as it is counted: however it was written, and with what is not seen in it. */
export const foldWord = (word: string): string =>
  word
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trim()
    .replaceAll(/\s+/g, ' ')
    .toLowerCase();

/** Whether that answers the question of a quiz. */
export function isRightAnswer({ kind, quiz }: Pick<PollDefinition, 'kind' | 'quiz'>, answer: PollAnswer): boolean {
  const right = quiz?.right;
  if (quiz === null || right === null || right === undefined) return false;
  if (right.type === 'number') {
    // What cannot be written exactly in binary must not cost the points.
    return answer.type === 'number' && Math.abs(answer.number - right.number) <= quiz.tolerance + 1e-9;
  }
  if (right.type === 'words') {
    return answer.type === 'text' && right.words.some((word) => foldWord(word) === foldWord(answer.text));
  }
  if (right.type !== 'choices' || answer.type !== 'choices') return false;
  const inOrder = (choices: readonly number[]) => (kind === 'ranking' ? choices : choices.toSorted((a, b) => a - b));
  return inOrder(right.choices).join() === inOrder(answer.choices).join();
}

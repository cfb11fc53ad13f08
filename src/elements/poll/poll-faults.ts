import { msg, str } from '../../locales/localization.ts';
import { filledPlaces, fromLocalTime, hasOptions, isQuiz, linesOf, numberOf, type PollDraft } from './poll-draft.ts';

const MOST_POINTS = 10_000;
const FARTHEST = 1e12;
const WORD_LENGTH = 32;
const MOST_WORDS = 12;

/** Parts of the form that may be wrong, in its order. */
export const FAULTY = [
  'question',
  'options',
  'range',
  'right',
  'tolerance',
  'points',
  'voters',
  'watchers',
  'launchAt',
] as const;
export type Faulty = (typeof FAULTY)[number];

/** What is wrong, in words, by part of the form. */
export type PollFaults = Readonly<Partial<Record<Faulty, string>>>;

/** Everything that the server would refuse in this poll, said where it can be put right. */
export function findFaults(draft: PollDraft, nowMs: number): PollFaults {
  const faults: Partial<Record<Faulty, string>> = {};
  const say = (part: Faulty, words: string | null) => {
    if (words !== null) faults[part] = words;
  };
  say('question', draft.question.trim() === '' ? msg('Write a question.') : null);
  if (hasOptions(draft.kind)) say('options', findOptionsFault(draft));
  if (draft.kind === 'number') say('range', findRangeFault(draft));
  if (isQuiz(draft)) {
    say('right', findRightFault(draft));
    if (draft.kind === 'number') say('tolerance', findToleranceFault(draft));
    say('points', isPoints(draft.points) ? null : msg(str`Give a whole number from 0 to ${MOST_POINTS}.`));
  }
  const noRole = msg('Choose at least one role.');
  say('voters', draft.voters?.length === 0 ? noRole : null);
  say('watchers', draft.watchers?.length === 0 ? noRole : null);
  if (draft.launchAt !== null && (fromLocalTime(draft.launchAt) ?? 0) <= nowMs) {
    say('launchAt', msg('Choose a time that is still to come.'));
  }
  return faults;
}

function findOptionsFault(draft: PollDraft): string | null {
  const filled = filledPlaces(draft).map((place) => draft.options[place]?.trim() ?? '');
  if (filled.length < 2) return msg('Write at least two options.');
  const twice = filled.find((option, place) => filled.indexOf(option) < place);
  return twice === undefined ? null : msg(str`“${twice}” is there twice.`);
}

function findRangeFault({ least, most }: PollDraft): string | null {
  if (least.trim() === '' && most.trim() === '') return null;
  const from = numberOf(least);
  const to = numberOf(most);
  if (from === null || to === null || Math.abs(from) > FARTHEST || Math.abs(to) > FARTHEST) {
    return msg('Give both numbers, or neither.');
  }
  return from < to ? null : msg('The first number must be below the second.');
}

function findRightFault(draft: PollDraft): string | null {
  switch (draft.kind) {
    case 'single':
    case 'multiple': {
      const filled = filledPlaces(draft);
      const count = draft.right.filter((place) => filled.includes(place)).length;
      if (count === 0) return msg('Mark what is right.');
      const isTooMany = draft.kind === 'multiple' && count > (draft.maxChoices ?? filled.length);
      return isTooMany ? msg('More options are right than one may choose.') : null;
    }
    case 'number': {
      const number = numberOf(draft.rightNumber);
      if (number === null || Math.abs(number) > FARTHEST) return msg('Write the right answer.');
      const isOutside = number < (numberOf(draft.least) ?? -FARTHEST) || number > (numberOf(draft.most) ?? FARTHEST);
      return isOutside ? msg('The right answer is outside what one may guess.') : null;
    }
    case 'text': {
      const words = linesOf(draft.rightWords);
      if (words.length === 0) return msg('Write the right answer.');
      const fits = words.length <= MOST_WORDS && words.every((word) => word.length <= WORD_LENGTH);
      return fits ? null : msg(str`At most ${MOST_WORDS} answers of ${WORD_LENGTH} letters each.`);
    }
    default:
      return null;
  }
}

function findToleranceFault({ tolerance }: PollDraft): string | null {
  const number = tolerance.trim() === '' ? 0 : numberOf(tolerance);
  return number !== null && number >= 0 && number <= FARTHEST ? null : msg('Give a number from 0 up.');
}

function isPoints(text: string): boolean {
  const points = numberOf(text);
  return points !== null && Number.isInteger(points) && points >= 0 && points <= MOST_POINTS;
}

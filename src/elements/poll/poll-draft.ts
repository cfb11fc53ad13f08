import type { PollAnswer, PollInput, PollKind, PollView, RoleName } from '../../protocol/index.ts';

export const MOST_OPTIONS = 12;

type Results = NonNullable<PollInput['results']>;

/** A poll as it stands in the form: numbers and times as they were typed, right or not. */
export interface PollDraft {
  readonly kind: PollKind;
  readonly question: string;
  readonly options: readonly string[];
  /** How many one may choose; `null`: all. */
  readonly maxChoices: number | null;
  /** Words that one may give. */
  readonly wordCount: number;
  readonly scale: number;
  readonly least: string;
  readonly most: string;
  readonly unit: string;
  readonly isQuiz: boolean;
  /** Places of the options that are right. */
  readonly right: readonly number[];
  readonly rightNumber: string;
  readonly tolerance: string;
  /** What counts as right, one on each line. */
  readonly rightWords: string;
  readonly points: string;
  readonly speedBonus: boolean;
  readonly streakBonus: boolean;
  readonly isNamed: boolean;
  readonly isChangeable: boolean;
  readonly results: Results;
  /** Roles; `null`: all. */
  readonly voters: readonly RoleName[] | null;
  readonly watchers: readonly RoleName[] | null;
  /** 0: no limit. */
  readonly seconds: number;
  /** As the reader's own clock and calendar have it; `null`: not by itself. */
  readonly launchAt: string | null;
}

export const EMPTY_DRAFT: PollDraft = {
  kind: 'single',
  question: '',
  options: ['', ''],
  maxChoices: null,
  wordCount: 3,
  scale: 5,
  least: '',
  most: '',
  unit: '',
  isQuiz: false,
  right: [],
  rightNumber: '',
  tolerance: '',
  rightWords: '',
  points: '1000',
  speedBonus: true,
  streakBonus: true,
  isNamed: false,
  isChangeable: false,
  results: 'live',
  voters: null,
  watchers: null,
  seconds: 0,
  launchAt: null,
};

export const hasOptions = (kind: PollKind): boolean => kind === 'single' || kind === 'multiple' || kind === 'ranking';
export const mayBeQuiz = (kind: PollKind): boolean => kind !== 'rating' && kind !== 'words';
export const isQuiz = ({ kind, isQuiz: wanted }: PollDraft): boolean => wanted && mayBeQuiz(kind);

/** A poll that is there as the form shows it. */
export function draftOf(poll: PollView): PollDraft {
  const { kind, quiz, range } = poll;
  const right = quiz?.right ?? null;
  const isOrder = kind === 'ranking' && right?.type === 'choices';
  const options = isOrder ? right.choices.map((place) => poll.options[place] ?? '') : poll.options;
  const asksOptions = hasOptions(kind);
  return {
    ...EMPTY_DRAFT,
    kind,
    question: poll.question,
    options: asksOptions ? options : EMPTY_DRAFT.options,
    maxChoices: kind === 'multiple' && poll.maxChoices < options.length ? poll.maxChoices : null,
    wordCount: kind === 'words' ? poll.maxChoices : EMPTY_DRAFT.wordCount,
    scale: poll.scale,
    least: range === null ? '' : String(range.least),
    most: range === null ? '' : String(range.most),
    unit: poll.unit,
    isQuiz: quiz !== null,
    right: right?.type === 'choices' && !isOrder ? right.choices : [],
    rightNumber: right?.type === 'number' ? String(right.number) : '',
    rightWords: right?.type === 'words' ? right.words.join('\n') : '',
    ...(quiz === null
      ? {}
      : {
          tolerance: quiz.tolerance === 0 ? '' : String(quiz.tolerance),
          points: String(quiz.points),
          speedBonus: quiz.speedBonus,
          streakBonus: quiz.streakBonus,
        }),
    isNamed: quiz === null && !poll.anonymous,
    isChangeable: poll.changeable,
    results: poll.results,
    voters: poll.voters,
    watchers: poll.watchers,
    seconds: poll.durationMs === null ? 0 : poll.durationMs / 1_000,
    launchAt: poll.launchAt === null ? null : toLocalTime(poll.launchAt),
  };
}

/** What the server is asked for; only of a draft without faults. */
export function toPoll(draft: PollDraft): PollInput {
  const { kind } = draft;
  const withPoints = isQuiz(draft);
  const filled = hasOptions(kind) ? filledPlaces(draft) : [];
  // In the order written it would show what is right.
  const shown = withPoints && kind === 'ranking' ? shuffled(filled) : filled;
  const least = numberOf(draft.least);
  const most = numberOf(draft.most);
  return {
    question: draft.question.trim(),
    kind,
    options: shown.map((place) => draft.options[place]?.trim() ?? ''),
    maxChoices: kind === 'words' ? draft.wordCount : Math.max(1, Math.min(draft.maxChoices ?? Infinity, shown.length)),
    scale: draft.scale,
    range: kind === 'number' && least !== null && most !== null ? { least, most } : null,
    unit: kind === 'number' ? draft.unit.trim() : '',
    anonymous: !withPoints && !draft.isNamed,
    changeable: !withPoints && draft.isChangeable,
    results: draft.results,
    voters: draft.voters === null ? null : [...draft.voters],
    watchers: draft.watchers === null ? null : [...draft.watchers],
    durationMs: draft.seconds === 0 ? null : draft.seconds * 1_000,
    launchAt: draft.launchAt === null ? null : fromLocalTime(draft.launchAt),
    quiz: withPoints
      ? {
          right: toRight(draft, filled, shown),
          tolerance: kind === 'number' ? (numberOf(draft.tolerance) ?? 0) : 0,
          points: Number(draft.points),
          speedBonus: draft.speedBonus,
          streakBonus: draft.streakBonus,
        }
      : null,
  };
}

function toRight(draft: PollDraft, filled: readonly number[], shown: readonly number[]): PollAnswer {
  if (draft.kind === 'number') return { type: 'number', number: Number(draft.rightNumber) };
  if (draft.kind === 'text') return { type: 'words', words: [...linesOf(draft.rightWords)] };
  const right = draft.kind === 'ranking' ? filled : filled.filter((place) => draft.right.includes(place));
  return { type: 'choices', choices: right.map((place) => shown.indexOf(place)) };
}

/** Places of the options that are written; the others are left out. */
export function filledPlaces({ options }: PollDraft): readonly number[] {
  return options.flatMap((option, place) => (option.trim() === '' ? [] : [place]));
}

export const linesOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

export function numberOf(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

/** 2026-03-01T18:30, as a field for date and time wants it. Milliseconds since the epoch. */
export function toLocalTime(timeMs: number): string {
  const date = new Date(timeMs);
  return new Date(timeMs - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Milliseconds since the epoch; `null` where that is no time. */
export function fromLocalTime(text: string): number | null {
  const timeMs = text === '' ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(timeMs) ? null : timeMs;
}

function shuffled(places: readonly number[]): number[] {
  const mixed = [...places];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] ?? 0, mixed[last] ?? 0];
  }
  return mixed.some((place, index) => place !== places[index]) ? mixed : mixed.reverse();
}

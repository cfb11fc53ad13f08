import * as v from 'valibot';
import { participantId, questionId } from './identifiers.ts';
import type { Permission } from './roles.ts';
import { isSeen } from './seen.ts';

/** Longest question and answer, in UTF-16 code units. */
export const QUESTION_LENGTH = 300;
export const ANSWER_LENGTH = 1_000;

/** Questions of one participant that may wait for an answer at one time ([U2]). */
export const WAITING_QUESTIONS = 5;

/** Questions that a room holds at most ([U2]). */
export const QUESTIONS_PER_ROOM = 2_000;

/** How often votes are told ([U4]). Milliseconds. */
export const QUESTION_VOTES_INTERVAL_MS = 250;

const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest), v.check(isSeen, 'empty'));

/** `waiting`: for a moderator, before others see it · `open` · `answered` · `dismissed`: nobody else sees it any more. */
export const QUESTION_STATES = ['waiting', 'open', 'answered', 'dismissed'] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];

const person = v.object({ id: participantId, name: v.string() });

/** What was answered: in writing, or on stage (`text` is `null`). `by` is `null` for the site's own back end. */
export const questionAnswer = v.object({
  text: v.nullable(v.string()),
  by: v.nullable(person),
  /** Server time. Milliseconds since the epoch. */
  at: v.number(),
});
export type QuestionAnswer = v.InferOutput<typeof questionAnswer>;

export const questionView = v.object({
  id: questionId,
  /** Counts the room's questions from 0 without a gap. */
  index: v.number(),
  text: v.string(),
  /** Server time. Milliseconds since the epoch. */
  askedAt: v.number(),
  isAnonymous: v.boolean(),
  /** `null` where it is anonymous, for all but the asker and those who moderate ([U3]). */
  asker: v.nullable(person),
  state: v.picklist(QUESTION_STATES),
  votes: v.number(),
  answer: v.nullable(questionAnswer),
});
export type QuestionView = v.InferOutput<typeof questionView>;

export const questionSettings = v.object({
  /** Questions are taken. */
  isOpen: v.boolean(),
  /** A question is seen by all only once a moderator let it through. */
  isModerated: v.boolean(),
  /** One may ask without a name. */
  allowsAnonymous: v.boolean(),
});
export type QuestionSettings = v.InferOutput<typeof questionSettings>;

export const DEFAULT_QUESTION_SETTINGS: QuestionSettings = { isOpen: true, isModerated: false, allowsAnonymous: true };

export const questionRequests = {
  /** All of it that the one who asks may know ([U3]); `voted` are those that they voted for. */
  getQuestions: {
    data: v.object({}),
    reply: v.object({
      settings: questionSettings,
      questions: v.array(questionView),
      highlighted: v.nullable(questionId),
      /** Since when; `null` where that is not known any more. Milliseconds since the epoch, server time. */
      highlightedAt: v.nullable(v.number()),
      voted: v.array(questionId),
    }),
  },
  askQuestion: {
    data: v.object({ text: text(QUESTION_LENGTH), isAnonymous: v.optional(v.boolean()) }),
    reply: v.object({ question: questionView }),
  },
  /** Votes for an open question, or takes the vote back ([U4]). */
  voteForQuestion: { data: v.object({ questionId, voted: v.boolean() }), reply: v.object({}) },
  /** In writing, or with `null` as answered on stage. Again: another answer. */
  answerQuestion: { data: v.object({ questionId, text: v.nullable(text(ANSWER_LENGTH)) }), reply: v.object({}) },
  /** Lets a waiting one through, brings a dismissed one back, and takes an answer away. */
  openQuestion: { data: v.object({ questionId }), reply: v.object({}) },
  dismissQuestion: { data: v.object({ questionId }), reply: v.object({}) },
  /** Shows one on everybody's screen, or with `null` none. */
  highlightQuestion: { data: v.object({ questionId: v.nullable(questionId) }), reply: v.object({}) },
  /** Changes what is named. */
  changeQuestionSettings: { data: v.partial(questionSettings), reply: v.object({ settings: questionSettings }) },
} as const;

export const questionEvents = {
  /** It is open to all: asked just now, let through, or open again. */
  questionOpened: v.object({ question: questionView }),
  questionAnswered: v.object({ questionId, answer: questionAnswer }),
  questionDismissed: v.object({ questionId }),
  /** Votes of each question that got or lost any ([U4]). */
  questionVotesCounted: v.object({ votes: v.array(v.tuple([questionId, v.number()])) }),
  /** `at` in milliseconds since the epoch, server time: a picture that is behind shows it from then on. */
  questionHighlighted: v.object({ question: v.nullable(questionView), at: v.number() }),
  questionSettingsChanged: v.object({ settings: questionSettings }),
} as const;

export const questionSignals = {
  /** All of one question, to those alone who may know more of it than everyone: its asker and the moderators ([U3]). */
  questionReviewed: v.object({ question: questionView }),
  /** To the voter alone, wherever they are: whether their vote counts. */
  questionVoted: v.object({ questionId, voted: v.boolean() }),
} as const;

export const QUESTION_PERMISSIONS = {
  getQuestions: null,
  askQuestion: 'question.ask',
  voteForQuestion: 'question.ask',
  answerQuestion: 'question.moderate',
  openQuestion: 'question.moderate',
  dismissQuestion: 'question.moderate',
  highlightQuestion: 'question.moderate',
  changeQuestionSettings: 'question.moderate',
} as const satisfies Record<keyof typeof questionRequests, Permission | null>;

import * as v from 'valibot';
import { roleName } from './identifiers.ts';
import { LIMITS } from './limits.ts';
import { pollAnswer, pollTally } from './poll-answers.ts';
import { isSeen } from './seen.ts';

export const pollId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.:-]{1,64}$/), v.brand('PollId'));
export type PollId = v.InferOutput<typeof pollId>;

/** `single`, `multiple`, `ranking`: of options · `rating`: 1 to `scale` · `words`: a cloud · `number`: a guess · `text`: open. */
export const POLL_KINDS = ['single', 'multiple', 'rating', 'ranking', 'words', 'number', 'text'] as const;
export type PollKind = (typeof POLL_KINDS)[number];

/** `draft` and `scheduled` are known to those who manage polls alone ([V1]). */
export const POLL_STATES = ['draft', 'scheduled', 'open', 'closed'] as const;
export type PollState = (typeof POLL_STATES)[number];

/** When the results are shown to others than those who manage polls; `hosts`: once they are revealed ([V6]). */
export const POLL_RESULTS = ['live', 'closed', 'hosts'] as const;

export const POLL_LIMITS = {
  /** Polls of one room. */
  polls: 200,
  questionLength: 300,
  options: 12,
  optionLength: 120,
  /** Answers of one participant to one poll that may be changed. */
  changes: 100,
} as const;

/** How often tallies are told ([V7]). Milliseconds. */
export const TALLY_INTERVAL_MS = 250;

/** How far behind the live edge a viewer may be and still have all of their time, by how they watch ([V5]). Milliseconds. */
export const POLL_LATENESS_MS = { webrtc: 2_000, hls: 10_000, none: 2_000 } as const;

/** For what is on its way when time is up. Milliseconds. */
export const POLL_GRACE_MS = 1_000;

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const text = (length: number) => v.pipe(v.string(), v.trim(), v.maxLength(length), v.check(isSeen, 'empty'));
const finite = v.pipe(v.number(), v.finite(), v.minValue(-1e12), v.maxValue(1e12));
const roles = v.nullable(v.pipe(v.array(roleName), v.minLength(1), v.maxLength(32)));

/** What makes a question of a quiz. `right`: for `text` the accepted words, else an answer of the poll's kind. */
const quizInput = v.object({
  right: pollAnswer,
  /** How far a guess may be off. */
  tolerance: v.optional(v.pipe(finite, v.minValue(0))),
  /** For a right answer. 1000 unless told. */
  points: v.optional(whole(0, 10_000)),
  /** Half of the points are for speed; needs `durationMs`. */
  speedBonus: v.optional(v.boolean()),
  /** 100 more for each right answer before in a row, up to 500. */
  streakBonus: v.optional(v.boolean()),
});

const settings = {
  question: text(POLL_LIMITS.questionLength),
  kind: v.picklist(POLL_KINDS),
  /** In the order to show them; an answer names them by place, from 0. */
  options: v.pipe(v.array(text(POLL_LIMITS.optionLength)), v.maxLength(POLL_LIMITS.options)),
  /** Options of `multiple` that one may choose, words of `words` that one may give. */
  maxChoices: whole(1, POLL_LIMITS.options),
  /** The best of a `rating`. */
  scale: whole(2, 10),
  /** What a `number` may be. */
  range: v.nullable(v.object({ least: finite, most: finite })),
  /** Said beside numbers. */
  unit: v.pipe(v.string(), v.trim(), v.maxLength(16)),
  /** Nobody, hosts and exports included, is told who gave which answer. */
  anonymous: v.boolean(),
  /** The answer may be changed while the poll is open. */
  changeable: v.boolean(),
  results: v.picklist(POLL_RESULTS),
  /** Roles that may answer; `null`: all with `poll.vote`. */
  voters: roles,
  /** Roles that may see the results, besides those who manage polls; `null`: all. */
  watchers: roles,
  /** How long each has for the answer. Milliseconds. */
  durationMs: v.nullable(whole(5_000, 86_400_000)),
  /** When it opens by itself. Milliseconds since the epoch. */
  launchAt: v.nullable(whole(0, Number.MAX_SAFE_INTEGER)),
} as const;

const optional = <T extends v.GenericSchema>(schema: T) => v.optional(schema);

/** A poll to be made; what is not said is as in {@link completePoll}. */
export const pollInput = v.object({
  question: settings.question,
  kind: settings.kind,
  options: optional(settings.options),
  maxChoices: optional(settings.maxChoices),
  scale: optional(settings.scale),
  range: optional(settings.range),
  unit: optional(settings.unit),
  anonymous: optional(settings.anonymous),
  changeable: optional(settings.changeable),
  results: optional(settings.results),
  voters: optional(settings.voters),
  watchers: optional(settings.watchers),
  durationMs: optional(settings.durationMs),
  launchAt: optional(settings.launchAt),
  quiz: optional(v.nullable(quizInput)),
});
export type PollInput = v.InferOutput<typeof pollInput>;

/** What is to be different in a poll that is not open yet. */
export const pollChange = v.partial(pollInput);
export type PollChange = v.InferOutput<typeof pollChange>;

const pollQuiz = v.object({
  /** `null` until it is revealed, save for those who manage polls ([V6]). */
  right: v.nullable(pollAnswer),
  tolerance: v.number(),
  points: v.number(),
  speedBonus: v.boolean(),
  streakBonus: v.boolean(),
});

const definitionEntries = { ...settings, quiz: v.nullable(pollQuiz) };
const pollDefinition = v.object(definitionEntries);
export type PollDefinition = v.InferOutput<typeof pollDefinition>;

/** A poll as the reader may know it. Times are the server's, in milliseconds since the epoch. */
export const pollView = v.object({
  id: pollId,
  ...definitionEntries,
  state: v.picklist(POLL_STATES),
  createdAt: v.number(),
  openedAt: v.nullable(v.number()),
  /** When time is up for who watches without a delay; for others as much later as they watch ([V5]). */
  closesAt: v.nullable(v.number()),
  closedAt: v.nullable(v.number()),
  revealedAt: v.nullable(v.number()),
  /** Counts the changes of the poll: of two views the one with more is newer. */
  revision: v.number(),
  /** The result, once it is final and everyone may see it. */
  tally: v.nullable(pollTally),
});
export type PollView = v.InferOutput<typeof pollView>;

/** One's own answer. */
export const pollVote = v.object({ pollId, answer: pollAnswer, votedAt: v.number() });
export type PollVote = v.InferOutput<typeof pollVote>;

/** What one's own answer to a question of a quiz was worth, once it is revealed. */
export const pollScore = v.object({
  pollId,
  right: v.boolean(),
  points: v.number(),
  /** Right answers in a row, this one counted. */
  streak: v.number(),
});
export type PollScore = v.InferOutput<typeof pollScore>;

/** One's own place in the leaderboard. */
export const pollStanding = v.object({ rank: v.number(), points: v.number(), of: v.number() });
export type PollStanding = v.InferOutput<typeof pollStanding>;

export const leaderboardEntry = v.object({
  /** From 1; those with as many points share it. */
  rank: v.number(),
  name: v.string(),
  points: v.number(),
  /** Questions answered rightly. */
  right: v.number(),
  streak: v.number(),
});
export type LeaderboardEntry = v.InferOutput<typeof leaderboardEntry>;

const one = v.object({ pollId });
const changed = v.object({ poll: pollView });

export const pollRequests = {
  /** All that one may know of the room's polls, the oldest first; of those closed without oneself the latest 20. */
  getPolls: {
    data: v.object({}),
    reply: v.object({
      polls: v.array(pollView),
      votes: v.array(pollVote),
      /** Of open polls, and of closed ones whose result not everyone may see. */
      tallies: v.array(pollTally),
      scores: v.array(pollScore),
      standing: v.nullable(pollStanding),
    }),
  },
  /** Answers. `shownAt`: when the question reached one's own picture, by the server's clock ([V5]); as it opened unless told. */
  vote: {
    data: v.object({ pollId, answer: pollAnswer, shownAt: v.optional(v.number()) }),
    reply: v.object({ vote: pollVote }),
  },
  /** A page of the leaderboard from place `after` (0 unless told). */
  getLeaderboard: {
    data: v.object({
      after: v.optional(whole(0, Number.MAX_SAFE_INTEGER)),
      limit: v.optional(whole(1, LIMITS.pageSize)),
    }),
    reply: v.object({
      entries: v.array(leaderboardEntry),
      total: v.number(),
      standing: v.nullable(pollStanding),
      next: v.nullable(v.number()),
    }),
  },
  /** Makes a draft, or a scheduled poll where `launchAt` is given. */
  createPoll: { data: pollInput, reply: changed },
  /** Changes one that is not open yet. */
  updatePoll: { data: v.object({ pollId, change: pollChange }), reply: changed },
  /** Erases a poll with its answers and points. */
  deletePoll: { data: one, reply: v.object({}) },
  launchPoll: { data: one, reply: changed },
  /** Ends the time for answers; where some watch with a delay, once more to not wait for them ([V5]). */
  closePoll: { data: one, reply: changed },
  /** Shows the results, and the right answer of a quiz, to everyone who may see them. */
  revealPoll: { data: one, reply: changed },
  /** The answers as a file. */
  exportPoll: {
    data: v.object({ pollId, format: v.picklist(['csv', 'json']) }),
    reply: v.object({ fileName: v.string(), mediaType: v.string(), text: v.string() }),
  },
} as const;

export const pollEvents = {
  /** A poll that everyone may know of has opened or changed ([V1]). */
  pollChanged: changed,
  pollRemoved: one,
} as const;

export const pollSignals = {
  /** To those who may see them, at most every 250 ms ([V7]). */
  pollsTallied: v.object({ tallies: v.array(pollTally) }),
  /** To those who manage polls: drafts, and the right answers of all. */
  pollManaged: changed,
  pollDiscarded: one,
  /** To oneself: the answer is stored. */
  pollVoted: v.object({ vote: pollVote }),
  /** To oneself: the question is revealed. */
  pollScored: v.object({ score: pollScore, standing: v.nullable(pollStanding) }),
} as const;

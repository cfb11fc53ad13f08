import {
  isRightAnswer,
  type PollAnswer,
  type PollDefinition,
  type PollTally,
  type PollView,
} from '../../../../src/protocol/index.ts';
import type { PollRecord, StoredScore, StoredVote } from '../../store/poll-store.ts';
import { toCsvText } from '../csv.ts';
import { toPollView } from './poll.ts';
import { Tally } from './tally.ts';

/** One answer as the site's back end and those who manage polls may know it. */
export interface ExportedVote {
  /** `null` in an anonymous poll. */
  readonly participantId: string | null;
  readonly name: string | null;
  readonly answer: PollAnswer;
  readonly votedAt: number;
  readonly right: boolean | null;
  readonly points: number | null;
}

export interface PollResults {
  readonly poll: PollView;
  readonly tally: PollTally;
  readonly votes: ExportedVote[];
}

export function collectResults(
  record: PollRecord,
  votes: readonly StoredVote[],
  scores: readonly StoredScore[],
): PollResults {
  const { definition } = record;
  const tally = new Tally(record.id, definition);
  for (const { answer, name, given } of votes) tally.add(answer, name, given);
  const points = new Map(scores.map((score) => [score.participantId, score.points]));
  const exported = votes.map(({ participantId, name, answer, votedAt }): ExportedVote => ({
    participantId: definition.anonymous ? null : participantId,
    name: definition.anonymous ? null : name,
    answer,
    // The order of answering, and its moment, would give away who it was.
    votedAt: definition.anonymous ? (record.openedAt ?? 0) : votedAt,
    right: definition.quiz ? isRightAnswer(definition, answer) : null,
    points: points.get(participantId) ?? null,
  }));
  if (definition.anonymous) exported.sort((one, other) => compare(toText(definition, one), toText(definition, other)));
  return { poll: toPollView(record, record.tally, true), tally: tally.view(), votes: exported };
}

/** One line for each participant. */
export function toCsv({ poll, votes }: PollResults): string {
  const { quiz, anonymous } = poll;
  const definition = { ...poll, quiz };
  const head = [
    ...(anonymous ? [] : ['participant', 'name', 'time']),
    'answer',
    ...(quiz === null ? [] : ['right', 'points']),
  ];
  const lines = votes.map((vote) => [
    ...(anonymous ? [] : [vote.participantId ?? '', vote.name ?? '', new Date(vote.votedAt).toISOString()]),
    toText(definition, vote),
    ...(quiz === null ? [] : [vote.right ? 'yes' : 'no', vote.points === null ? '' : String(vote.points)]),
  ]);
  return toCsvText([head, ...lines]);
}

/** An answer in words. */
function toText({ options }: Pick<PollDefinition, 'options'>, { answer }: ExportedVote): string {
  switch (answer.type) {
    case 'choices':
      return answer.choices.map((choice) => options[choice] ?? '').join('; ');
    case 'number':
      return String(answer.number);
    case 'words':
      return answer.words.join('; ');
    case 'text':
      return answer.text;
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

import type { ParticipantId, PollAnswer, PollTally, PollView } from '../../../../src/protocol/index.ts';
import type { PollRecord, StoredVote } from '../../store/poll-store.ts';
import type { Participant } from '../participant.ts';
import { Tally } from './tally.ts';

interface CountedVote {
  readonly answer: PollAnswer;
  /** Of the request that brought it. */
  readonly key: string | null;
  readonly votedAt: number;
  /** How often it was given, the first time counted. */
  readonly given: number;
}

/** A poll as all may see it, or in full. */
export function toPollView(record: PollRecord, tally: PollTally | null, inFull: boolean): PollView {
  const { definition, ...rest } = record;
  const { quiz } = definition;
  const showsRight = inFull || record.revealedAt !== null;
  return { ...rest, ...definition, quiz: quiz && (showsRight ? quiz : { ...quiz, right: null }), tally };
}

/** One poll in memory: what is stored of it, and while it is open the answers counted. */
export class Poll {
  record: PollRecord;
  /** Answers are no longer taken, though it is not stored yet. */
  isClosing = false;
  cancelTimer: (() => void) | null = null;
  /** Answers that are being stored, by participant: one at a time. */
  readonly pending = new Map<ParticipantId, Promise<unknown>>();
  #votes = new Map<ParticipantId, CountedVote>();
  #tally: Tally;

  constructor(record: PollRecord, votes: readonly StoredVote[] = []) {
    this.record = record;
    this.#tally = new Tally(record.id, record.definition);
    for (const { participantId, name, answer, votedAt, given } of votes) {
      this.#tally.add(answer, name, given);
      this.#votes.set(participantId, { answer, key: null, votedAt, given });
    }
  }

  /** Drafts and scheduled polls are for those who manage them alone. */
  get isKnown(): boolean {
    return this.record.state === 'open' || this.record.state === 'closed';
  }

  /** The result as it stands. */
  get tally(): PollTally {
    return this.record.tally ?? this.#tally.view();
  }

  /** Whether everyone may see the results now ([V6]). */
  get isPublic(): boolean {
    return this.record.definition.watchers === null && this.#isShown;
  }

  maySee(participant: Participant): boolean {
    if (participant.may('poll.manage')) return true;
    const { watchers } = this.record.definition;
    return this.#isShown && (watchers === null || watchers.includes(participant.role.name));
  }

  mayVote(participant: Participant): boolean {
    const { voters } = this.record.definition;
    return voters === null || voters.includes(participant.role.name);
  }

  voteOf(participantId: ParticipantId): CountedVote | undefined {
    return this.#votes.get(participantId);
  }

  count(participantId: ParticipantId, name: string, key: string | null, answer: PollAnswer, votedAt: number): void {
    const before = this.#votes.get(participantId);
    if (before) this.#tally.remove(before.answer);
    this.#tally.add(answer, name);
    this.#votes.set(participantId, { answer, key, votedAt, given: (before?.given ?? 0) + 1 });
  }

  /** Settles when the answers under way are stored, or not. */
  async whenCounted(): Promise<void> {
    while (this.pending.size > 0) await Promise.allSettled(this.pending.values());
  }

  /** Makes it what was stored; a closed one needs its answers no more. */
  become(record: PollRecord): void {
    if (record.definition !== this.record.definition) {
      this.#tally = new Tally(record.id, record.definition);
    }
    this.record = record;
    if (record.state === 'closed') this.#votes = new Map();
  }

  /** For everyone, with the result once that is final and everyone may see it. */
  toPublicView(): PollView {
    return toPollView(this.record, this.isPublic ? this.record.tally : null, false);
  }

  /** For those who manage polls. */
  toFullView(): PollView {
    return toPollView(this.record, this.record.tally, true);
  }

  get #isShown(): boolean {
    const { definition, state, revealedAt } = this.record;
    if (definition.results === 'live') return state === 'open' || state === 'closed';
    return revealedAt !== null || (definition.results === 'closed' && state === 'closed');
  }
}

import { randomUUID } from 'node:crypto';
import {
  POLL_LIMITS,
  ProtocolError,
  type PollChange,
  type PollId,
  type PollInput,
  type PollState,
  type PollView,
  type PollVote,
  type ReplyData,
  type RequestData,
  type RoomId,
} from '../../../src/protocol/index.ts';
import type { PollRecord, PollRequestKey, PollStore, StoredScore } from '../store/poll-store.ts';
import type { RoomAnnounce } from './announcer.ts';
import type { Clock } from './clock.ts';
import type { Feature, FeatureParts } from './features.ts';
import { Lane } from './lane.ts';
import type { Participant } from './participant.ts';
import { assertMayVote } from './polls/ballot.ts';
import { changeDefinition, createDefinition } from './polls/definitions.ts';
import type { Leaderboard } from './polls/leaderboard.ts';
import { findLatestQuestion, noPoll, PollArchive } from './polls/poll-archive.ts';
import { PollTeller } from './polls/poll-teller.ts';
import { findLatenessMs, PollTimers } from './polls/poll-timers.ts';
import { Poll } from './polls/poll.ts';
import { scoreVotes } from './polls/scores.ts';
import type { Roster } from './roster.ts';

/** Closed polls that whoever did not answer them is told of. */
const LATEST_CLOSED = 20;

export type PollsParts = Pick<
  FeatureParts,
  'roomId' | 'channel' | 'roster' | 'clock' | 'logger' | 'announce' | 'stores'
>;

/** A room's polls: each change and each answer is stored first, then told ([V1]–[V9]). */
export class Polls implements Feature {
  readonly archive: PollArchive;
  readonly #roomId: RoomId;
  readonly #store: PollStore;
  readonly #roster: Roster;
  readonly #clock: Clock;
  readonly #announce: RoomAnnounce;
  readonly #teller: PollTeller;
  readonly #timers: PollTimers;
  /** Changes of polls, one after another; answers go beside it. */
  readonly #changes = new Lane();
  readonly #polls = new Map<PollId, Poll>();
  #loading: Promise<void> | null = null;
  #leaderboard: Promise<Leaderboard> | null = null;
  #isClosed = false;

  constructor({ roomId, channel, roster, clock, logger, announce, stores }: PollsParts) {
    this.#roomId = roomId;
    this.#store = stores.polls;
    this.archive = new PollArchive(stores.polls, roomId);
    this.#roster = roster;
    this.#clock = clock;
    this.#announce = announce;
    this.#teller = new PollTeller(channel, roster, clock);
    this.#timers = new PollTimers({
      roomId,
      roster,
      clock,
      logger,
      comeDue: (poll, state) => this.#comeDue(poll, state),
    });
  }

  get settled(): Promise<unknown> {
    return Promise.all([this.#changes.idle, ...[...this.#polls.values()].map((poll) => poll.whenCounted())]);
  }

  close(): void {
    this.#isClosed = true;
    this.#teller.close();
    this.#timers.close();
    for (const poll of this.#polls.values()) poll.cancelTimer?.();
  }

  /** All that a participant may know. */
  async load(participant: Participant): Promise<ReplyData<'getPolls'>> {
    await this.#load();
    const [votes, scores, leaderboard] = await Promise.all([
      this.#store.loadOwnVotes(this.#roomId, participant.id),
      this.#store.loadOwnScores(this.#roomId, participant.id),
      this.#getLeaderboard(),
    ]);
    const isManager = participant.may('poll.manage');
    const answered = new Set(votes.map(({ pollId }) => pollId));
    const known = [...this.#polls.values()].filter((poll) => isManager || poll.isKnown);
    const closed = known.filter(({ record }) => record.state === 'closed');
    const latest = new Set(closed.slice(-LATEST_CLOSED));
    const polls = known.filter(
      (poll) => isManager || poll.record.state === 'open' || latest.has(poll) || answered.has(poll.record.id),
    );
    const told = polls.filter((poll) => poll.isKnown && poll.maySee(participant) && !this.#saysResult(poll, isManager));
    return {
      polls: polls.map((poll) => (isManager ? poll.toFullView() : poll.toPublicView())),
      votes: [...votes],
      tallies: told.map(({ tally }) => tally),
      scores: [...scores],
      standing: leaderboard.standingOf(participant.id),
    };
  }

  /** What an earlier request with this key changed ([Q2]). */
  async findChanged(request: PollRequestKey): Promise<PollId | null> {
    return this.#store.findRequest(this.#roomId, request);
  }

  /** Throws `notFound`. */
  async view(pollId: PollId): Promise<PollView> {
    return (await this.#find(pollId)).toFullView();
  }

  create(request: PollRequestKey, input: PollInput): Promise<PollView> {
    return this.#change(async () => {
      const definition = createDefinition(input);
      if (this.#polls.size >= POLL_LIMITS.polls) throw new ProtocolError('conflict', 'The room has too many polls.');
      const record: PollRecord = {
        id: randomUUID() as PollId,
        definition,
        state: definition.launchAt === null ? 'draft' : 'scheduled',
        createdAt: this.#clock.now(),
        openedAt: null,
        closesAt: null,
        closedAt: null,
        revealedAt: null,
        revision: 1,
        tally: null,
      };
      await this.#store.savePoll(this.#roomId, record, request);
      const poll = new Poll(record);
      this.#polls.set(record.id, poll);
      return this.#told(poll);
    });
  }

  /** Throws `conflict` once it is open. */
  update(request: PollRequestKey, pollId: PollId, change: PollChange): Promise<PollView> {
    return this.#change(async () => {
      const poll = await this.#find(pollId);
      if (poll.isKnown) throw new ProtocolError('conflict', 'An open poll stays as it is.');
      const definition = changeDefinition(poll.record.definition, change);
      const state = definition.launchAt === null ? 'draft' : 'scheduled';
      await this.#save(poll, { definition, state }, request);
      return this.#told(poll);
    });
  }

  /** Erases it with its answers. */
  remove(request: PollRequestKey, pollId: PollId): Promise<void> {
    return this.#change(async () => {
      const poll = await this.#find(pollId);
      poll.isClosing = true;
      await poll.whenCounted();
      try {
        await this.#store.removePoll(this.#roomId, pollId, request);
      } catch (error) {
        poll.isClosing = false;
        throw error;
      }
      poll.cancelTimer?.();
      this.#polls.delete(pollId);
      this.#leaderboard = null;
      this.#teller.tellRemoved(pollId, poll.isKnown);
    });
  }

  /** Opens it; an open one stays as it is. Throws `conflict` for one that is closed. */
  launch(request: PollRequestKey, pollId: PollId): Promise<PollView> {
    return this.#change(async () => this.#launch(await this.#find(pollId), request));
  }

  /** Ends the time for answers; asked twice, it does not wait for those who watch with a delay ([V5]). */
  end(request: PollRequestKey, pollId: PollId): Promise<PollView> {
    return this.#change(async () => {
      const poll = await this.#find(pollId);
      const { state, closesAt } = poll.record;
      if (!poll.isKnown) throw new ProtocolError('conflict', 'The poll is not open.');
      const now = this.#clock.now();
      const isOver = closesAt !== null && closesAt <= now;
      if (state === 'closed') await this.#save(poll, {}, request);
      else if (isOver || findLatenessMs(this.#roster) === 0) await this.#close(poll, request);
      else {
        await this.#save(poll, { closesAt: now }, request);
        this.#told(poll);
      }
      return poll.toFullView();
    });
  }

  /** Shows the results, and what is right, to everyone who may see them. Throws `conflict` for one that is not closed. */
  reveal(request: PollRequestKey, pollId: PollId): Promise<PollView> {
    return this.#change(async () => {
      const poll = await this.#find(pollId);
      const { state, revealedAt, definition } = poll.record;
      if (state !== 'closed') throw new ProtocolError('conflict', 'The poll is not closed.');
      if (revealedAt !== null) {
        await this.#save(poll, {}, request);
        return poll.toFullView();
      }
      const scores = definition.quiz === null ? [] : await this.#score(poll);
      await this.#save(poll, { revealedAt: this.#clock.now() }, request, scores);
      this.#told(poll);
      if (definition.quiz !== null) await this.#tellScores(pollId, scores);
      return poll.toFullView();
    });
  }

  /** The answer that this request gave before, if any ([Q2]). */
  findVote(participant: Participant, key: string): Promise<PollVote | null> {
    return this.#store.findVote(this.#roomId, participant.id, key);
  }

  /** Takes an answer: one for each participant ([V4]). Throws `badRequest`, `conflict`, `expired`, `forbidden`, `notFound`. */
  async vote(
    participant: Participant,
    key: string,
    { pollId, answer, shownAt }: RequestData<'vote'>,
  ): Promise<PollVote> {
    const poll = await this.#find(pollId);
    if (!poll.isKnown) throw noPoll();
    // Who left and came back while their answer was being stored waits for it.
    for (let before = poll.pending.get(participant.id); before; before = poll.pending.get(participant.id)) {
      await before.catch(() => {});
    }
    const known = poll.voteOf(participant.id);
    if (known?.key === key) return { pollId, answer: known.answer, votedAt: known.votedAt };
    const votedAt = this.#clock.now();
    const elapsedMs = assertMayVote(poll, { participant, answer, shownAt, now: votedAt });
    const { id: participantId, name } = participant;
    const storing = this.#store
      .appendVote(this.#roomId, { pollId, participantId, name, key, answer, votedAt, elapsedMs })
      .then(({ vote, repeated }) => {
        if (repeated) return vote;
        poll.count(participantId, name, key, vote.answer, vote.votedAt);
        this.#teller.tellTally(poll);
        this.#teller.tellVoted(participant, vote);
        return vote;
      })
      .finally(() => poll.pending.delete(participantId));
    poll.pending.set(participantId, storing);
    return storing;
  }

  /** A page of who leads. */
  async leaderboard(participant: Participant, after = 0, limit = 50): Promise<ReplyData<'getLeaderboard'>> {
    await this.#load();
    const leaderboard = await this.#getLeaderboard();
    return { ...leaderboard.page(after, limit), standing: leaderboard.standingOf(participant.id) };
  }

  async #launch(poll: Poll, request: PollRequestKey | null): Promise<PollView> {
    const { state, definition } = poll.record;
    if (state === 'closed') throw new ProtocolError('conflict', 'The poll is closed.');
    if (state === 'open') {
      await this.#save(poll, {}, request);
      return poll.toFullView();
    }
    const openedAt = this.#clock.now();
    const closesAt = definition.durationMs === null ? null : openedAt + definition.durationMs;
    await this.#save(poll, { state: 'open', openedAt, closesAt }, request);
    this.#announce('poll.launched', { poll: poll.toFullView() });
    return this.#told(poll);
  }

  async #close(poll: Poll, request: PollRequestKey | null): Promise<void> {
    poll.isClosing = true;
    try {
      await poll.whenCounted();
      const closedAt = this.#clock.now();
      const closesAt = Math.min(poll.record.closesAt ?? closedAt, closedAt);
      await this.#save(poll, { state: 'closed', closedAt, closesAt, tally: poll.tally }, request);
    } finally {
      poll.isClosing = false;
    }
    this.#announce('poll.closed', { poll: poll.toFullView() });
    this.#told(poll);
  }

  async #score({ record }: Poll): Promise<StoredScore[]> {
    const records = [...this.#polls.values()].map((poll) => poll.record);
    const previous = findLatestQuestion(records, record.id);
    const [votes, before] = await Promise.all([
      this.#store.loadVotes(this.#roomId, record.id),
      previous ? this.#store.loadScores(this.#roomId, previous.id) : [],
    ]);
    return scoreVotes(record.definition, votes, new Map(before.map((each) => [each.participantId, each.streak])));
  }

  async #tellScores(pollId: PollId, scores: readonly StoredScore[]): Promise<void> {
    this.#leaderboard = null;
    const leaderboard = await this.#getLeaderboard();
    for (const { participantId, right, points, streak } of scores) {
      const participant = this.#roster.get(participantId);
      if (!participant) continue;
      this.#teller.tellScored(participant, { pollId, right, points, streak }, leaderboard.standingOf(participantId));
    }
  }

  #getLeaderboard(): Promise<Leaderboard> {
    const loading = (this.#leaderboard ??= this.archive.leaderboard());
    // The next one who asks tries again.
    loading.catch(() => {
      if (this.#leaderboard === loading) this.#leaderboard = null;
    });
    return loading;
  }

  /** Stores what is different, and the key of who asked, then makes it so. */
  async #save(
    poll: Poll,
    change: Partial<PollRecord>,
    request: PollRequestKey | null,
    scores: readonly StoredScore[] = [],
  ): Promise<void> {
    const isChange = Object.keys(change).length > 0;
    const record = { ...poll.record, ...change, revision: poll.record.revision + (isChange ? 1 : 0) };
    await this.#store.savePoll(this.#roomId, record, request, scores);
    poll.become(record);
  }

  /** Tells of the change that is stored, and waits for what comes next by itself. */
  #told(poll: Poll): PollView {
    this.#teller.tellChanged(poll);
    this.#timers.schedule(poll);
    return poll.toFullView();
  }

  async #comeDue(poll: Poll, state: PollState): Promise<void> {
    await this.#changes.run(async () => {
      // Somebody may have been faster.
      if (this.#isClosed || poll.record.state !== state || !this.#polls.has(poll.record.id)) return;
      if (state === 'scheduled') await this.#launch(poll, null);
      else await this.#close(poll, null);
    });
  }

  /** Whether the view itself says the result. */
  #saysResult({ record, isPublic }: Poll, isManager: boolean): boolean {
    return record.tally !== null && (isManager || isPublic);
  }

  async #find(pollId: PollId): Promise<Poll> {
    await this.#load();
    const poll = this.#polls.get(pollId);
    if (!poll) throw noPoll();
    return poll;
  }

  #change<T>(task: () => Promise<T>): Promise<T> {
    return this.#changes.run(async () => {
      await this.#load();
      if (this.#isClosed) throw new ProtocolError('unavailable', 'The room closes.');
      return task();
    });
  }

  /** Takes up what is stored, once: those that are open go on with all their answers. */
  #load(): Promise<void> {
    this.#loading ??= this.#takeUp().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  async #takeUp(): Promise<void> {
    const records = await this.archive.list();
    const polls = await Promise.all(
      records.map(async (record) => {
        const votes = record.state === 'open' ? await this.#store.loadVotes(this.#roomId, record.id) : [];
        return new Poll(record, votes);
      }),
    );
    for (const poll of polls) {
      this.#polls.set(poll.record.id, poll);
      this.#timers.schedule(poll);
    }
  }
}

import { ProtocolError, type PollId, type RoomId } from '../../../../src/protocol/index.ts';
import type { PollRecord, PollStore } from '../../store/poll-store.ts';
import { Leaderboard } from './leaderboard.ts';
import { collectResults, type PollResults } from './poll-export.ts';

/** The question of a quiz that was revealed last, of those that opened last. */
export function findLatestQuestion(records: Iterable<PollRecord>, except?: PollId): PollRecord | null {
  let latest: PollRecord | null = null;
  for (const record of records) {
    const { id, definition, revealedAt, openedAt } = record;
    if (definition.quiz === null || revealedAt === null || id === except) continue;
    if (latest === null || (openedAt ?? 0) >= (latest.openedAt ?? 0)) latest = record;
  }
  return latest;
}

/** What is stored of a room's polls, whether the room is in memory, over, or neither. */
export class PollArchive {
  readonly #store: PollStore;
  readonly #roomId: RoomId;

  constructor(store: PollStore, roomId: RoomId) {
    this.#store = store;
    this.#roomId = roomId;
  }

  list(): Promise<readonly PollRecord[]> {
    return this.#store.loadPolls(this.#roomId);
  }

  /** Throws `notFound`. */
  async find(pollId: PollId): Promise<PollRecord> {
    const record = (await this.list()).find(({ id }) => id === pollId);
    if (!record) throw noPoll();
    return record;
  }

  /** Every answer. Throws `notFound`. */
  async results(pollId: PollId): Promise<PollResults> {
    const record = await this.find(pollId);
    const [votes, scores] = await Promise.all([
      this.#store.loadVotes(this.#roomId, pollId),
      this.#store.loadScores(this.#roomId, pollId),
    ]);
    return collectResults(record, votes, scores);
  }

  async leaderboard(): Promise<Leaderboard> {
    const latest = findLatestQuestion(await this.list());
    const [totals, scores] = await Promise.all([
      this.#store.loadTotals(this.#roomId),
      latest ? this.#store.loadScores(this.#roomId, latest.id) : [],
    ]);
    return new Leaderboard(totals, scores);
  }
}

export const noPoll = (): ProtocolError => new ProtocolError('notFound', 'There is no such poll.');

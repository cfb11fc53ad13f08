import type { ParticipantId, PollId, PollScore, PollVote, RoomId } from '../../../../src/protocol/index.ts';
import type {
  PollRecord,
  PollRequestKey,
  PollStore,
  StoredScore,
  StoredTotal,
  StoredVote,
  VoteDraft,
} from '../poll-store.ts';
import type { Row } from './rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

interface VoteRow extends Row {
  poll_id: string;
  participant_id: string;
  name: string;
  answer: string;
  voted_at: number;
  elapsed_ms: number;
}

interface LatestVoteRow extends VoteRow {
  given: number;
}

interface ScoreRow extends Row {
  poll_id: string;
  participant_id: string;
  name: string;
  is_right: number;
  points: number;
  streak: number;
}

interface TotalRow extends Row {
  participant_id: string;
  name: string;
  points: number;
  right_answers: number;
}

export class SqlitePollStore implements PollStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  loadPolls(roomId: RoomId): Promise<readonly PollRecord[]> {
    return this.#file.read(() =>
      this.#statements.loadPolls.all(roomId).map((row) => JSON.parse(String(row['record'])) as PollRecord),
    );
  }

  async savePoll(
    roomId: RoomId,
    poll: PollRecord,
    request: PollRequestKey | null,
    scores: readonly StoredScore[] = [],
  ): Promise<void> {
    const { id, createdAt } = poll;
    const row = { roomId, id, createdAt, record: JSON.stringify(poll) };
    await this.#writeWhole(() => {
      this.#statements.savePoll.run(row);
      if (request) this.#statements.saveRequest.run({ roomId, ...request, pollId: id });
      for (const { participantId, name, right, points, streak } of scores) {
        const isRight = right ? 1 : 0;
        this.#statements.saveScore.run({ roomId, pollId: id, participantId, name, isRight, points, streak });
      }
    });
  }

  async removePoll(roomId: RoomId, pollId: PollId, request: PollRequestKey): Promise<void> {
    await this.#writeWhole(() => {
      this.#statements.removePoll.run(roomId, pollId);
      this.#statements.saveRequest.run({ roomId, ...request, pollId });
    });
  }

  findRequest(roomId: RoomId, { author, key }: PollRequestKey): Promise<PollId | null> {
    return this.#file.read(() => {
      const row = this.#statements.findRequest.get(roomId, author, key);
      return row ? (row['poll_id'] as PollId) : null;
    });
  }

  appendVote(roomId: RoomId, draft: VoteDraft): Promise<{ vote: PollVote; repeated: boolean }> {
    return this.#file.write(() => {
      const appended = this.#statements.appendVote.get({ roomId, ...draft, answer: JSON.stringify(draft.answer) });
      if (appended) return { vote: toVote(appended), repeated: false };
      const first = this.#statements.findVote.get(roomId, draft.participantId, draft.key);
      if (!first) throw new Error('An answer was refused as a repeat, but the first is not there.');
      return { vote: toVote(first), repeated: true };
    });
  }

  findVote(roomId: RoomId, participantId: ParticipantId, key: string): Promise<PollVote | null> {
    return this.#file.read(() => {
      const row = this.#statements.findVote.get(roomId, participantId, key);
      return row ? toVote(row) : null;
    });
  }

  loadVotes(roomId: RoomId, pollId: PollId): Promise<readonly StoredVote[]> {
    return this.#file.read(() => this.#statements.loadVotes.all(roomId, pollId).map(toStoredVote));
  }

  loadOwnVotes(roomId: RoomId, participantId: ParticipantId): Promise<readonly PollVote[]> {
    return this.#file.read(() => this.#statements.loadOwnVotes.all(roomId, participantId).map(toVote));
  }

  loadOwnScores(roomId: RoomId, participantId: ParticipantId): Promise<readonly PollScore[]> {
    return this.#file.read(() =>
      this.#statements.loadOwnScores.all(roomId, participantId).map((row) => {
        const { poll_id, is_right, points, streak } = row as ScoreRow;
        return { pollId: poll_id as PollId, right: is_right === 1, points, streak };
      }),
    );
  }

  loadScores(roomId: RoomId, pollId: PollId): Promise<readonly StoredScore[]> {
    return this.#file.read(() =>
      this.#statements.loadScores.all(roomId, pollId).map((row) => {
        const { participant_id, name, is_right, points, streak } = row as ScoreRow;
        return { participantId: participant_id as ParticipantId, name, right: is_right === 1, points, streak };
      }),
    );
  }

  loadTotals(roomId: RoomId): Promise<readonly StoredTotal[]> {
    return this.#file.read(() =>
      this.#statements.loadTotals.all(roomId).map((row) => {
        const { participant_id, name, points, right_answers } = row as TotalRow;
        return { participantId: participant_id as ParticipantId, name, points, right: right_answers };
      }),
    );
  }

  /** Several statements that take effect together or not at all, whatever else the transaction holds. */
  #writeWhole(run: () => void): Promise<void> {
    const { begin, release, undo } = this.#statements;
    return this.#file.write(() => {
      begin.run();
      try {
        run();
      } catch (error) {
        undo.run();
        release.run();
        throw error;
      }
      release.run();
    });
  }
}

const VOTE_COLUMNS = 'poll_id, participant_id, name, answer, voted_at, elapsed_ms';

function prepareStatements(file: SqliteFile) {
  return {
    begin: file.prepare('SAVEPOINT poll'),
    undo: file.prepare('ROLLBACK TO poll'),
    release: file.prepare('RELEASE poll'),
    loadPolls: file.prepare('SELECT record FROM polls WHERE room_id = ? ORDER BY number'),
    savePoll: file.prepare(
      `INSERT INTO polls (room_id, id, created_at, record) VALUES (:roomId, :id, :createdAt, :record)
       ON CONFLICT DO UPDATE SET record = excluded.record`,
    ),
    removePoll: file.prepare('DELETE FROM polls WHERE room_id = ? AND id = ?'),
    saveRequest: file.prepare(
      `INSERT INTO poll_requests (room_id, author_id, request_key, poll_id) VALUES (:roomId, :author, :key, :pollId)
       ON CONFLICT DO NOTHING`,
    ),
    findRequest: file.prepare(
      'SELECT poll_id FROM poll_requests WHERE room_id = ? AND author_id = ? AND request_key = ?',
    ),
    appendVote: file.prepare(
      `INSERT INTO poll_votes (room_id, poll_id, participant_id, name, request_key, answer, voted_at, elapsed_ms)
       VALUES (:roomId, :pollId, :participantId, :name, :key, :answer, :votedAt, :elapsedMs)
       ON CONFLICT (room_id, participant_id, request_key) DO NOTHING RETURNING ${VOTE_COLUMNS}`,
    ),
    findVote: file.prepare(
      `SELECT ${VOTE_COLUMNS} FROM poll_votes WHERE room_id = ? AND participant_id = ? AND request_key = ?`,
    ),
    // With max() the other columns are those of the row that has it.
    loadVotes: file.prepare(
      `SELECT ${VOTE_COLUMNS}, max(number) AS latest, count(*) AS given FROM poll_votes
       WHERE room_id = ? AND poll_id = ? GROUP BY participant_id ORDER BY latest`,
    ),
    loadOwnVotes: file.prepare(
      `SELECT ${VOTE_COLUMNS}, max(number) AS latest FROM poll_votes
       WHERE room_id = ? AND participant_id = ? GROUP BY poll_id ORDER BY latest`,
    ),
    saveScore: file.prepare(
      `INSERT INTO poll_scores (room_id, poll_id, participant_id, name, is_right, points, streak)
       VALUES (:roomId, :pollId, :participantId, :name, :isRight, :points, :streak) ON CONFLICT DO NOTHING`,
    ),
    loadScores: file.prepare('SELECT * FROM poll_scores WHERE room_id = ? AND poll_id = ?'),
    loadOwnScores: file.prepare('SELECT * FROM poll_scores WHERE room_id = ? AND participant_id = ?'),
    loadTotals: file.prepare(
      `SELECT participant_id, max(name) AS name, sum(points) AS points, sum(is_right) AS right_answers
       FROM poll_scores WHERE room_id = ? GROUP BY participant_id
       ORDER BY points DESC, name, participant_id`,
    ),
  };
}

function toVote(row: Row): PollVote {
  const { poll_id, answer, voted_at } = row as VoteRow;
  return { pollId: poll_id as PollId, answer: JSON.parse(answer), votedAt: voted_at };
}

function toStoredVote(row: Row): StoredVote {
  const { participant_id, name, answer, voted_at, elapsed_ms, given } = row as LatestVoteRow;
  return {
    participantId: participant_id as ParticipantId,
    name,
    answer: JSON.parse(answer),
    votedAt: voted_at,
    elapsedMs: elapsed_ms,
    given,
  };
}

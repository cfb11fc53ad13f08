import type {
  ParticipantId,
  QuestionAnswer,
  QuestionId,
  QuestionState,
  RoomId,
} from '../../../../src/protocol/index.ts';
import type {
  QuestionDraft,
  QuestionPageQuery,
  QuestionStore,
  StoredQuestion,
  StoredQuestions,
} from '../question-store.ts';
import type { Row } from './rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

const COLUMNS = `question_index, id, asker_id, asker_name, is_anonymous, text, asked_at, state, answer,
  (SELECT count(*) FROM question_votes AS v WHERE v.room_id = questions.room_id AND v.question_id = questions.id) AS votes`;

interface QuestionRow extends Row {
  question_index: number;
  id: string;
  asker_id: string;
  asker_name: string;
  is_anonymous: number;
  text: string;
  asked_at: number;
  state: string;
  answer: string | null;
  votes: number;
}

/** Questions in the embedded store. The votes are the voters' rows, so that none is counted twice. */
export class SqliteQuestionStore implements QuestionStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  loadQuestions(roomId: RoomId): Promise<StoredQuestions> {
    return this.#file.read(() => {
      const desk = this.#statements.loadDesk.get(roomId);
      return {
        settings: desk
          ? {
              isOpen: desk['is_open'] === 1,
              isModerated: desk['is_moderated'] === 1,
              allowsAnonymous: desk['allows_anonymous'] === 1,
            }
          : null,
        highlighted: (desk?.['highlighted'] ?? null) as QuestionId | null,
        questions: this.#statements.loadQuestions.all(roomId).map(toQuestion),
      };
    });
  }

  listQuestions(roomId: RoomId, { after, limit, state = undefined }: QuestionPageQuery): Promise<StoredQuestion[]> {
    return this.#file.read(() =>
      this.#statements.listQuestions.all({ roomId, after, limit, state: state ?? null }).map(toQuestion),
    );
  }

  askQuestion(roomId: RoomId, draft: QuestionDraft): Promise<{ question: StoredQuestion; repeated: boolean }> {
    const { id, key, asker, isAnonymous, text, askedAt, state } = draft;
    return this.#file.write(() => {
      const asked = this.#statements.askQuestion.get({
        roomId,
        id,
        key,
        askerId: asker.id,
        askerName: asker.name,
        isAnonymous: isAnonymous ? 1 : 0,
        text,
        askedAt,
        state,
      });
      if (asked) return { question: toQuestion({ ...asked, votes: 0 }), repeated: false };
      const first = this.#statements.findQuestion.get({ roomId, askerId: asker.id, key });
      if (!first) throw new Error('A question was refused as a repeat, but the first is not there.');
      return { question: toQuestion(first), repeated: true };
    });
  }

  findQuestion(roomId: RoomId, askerId: ParticipantId, key: string): Promise<StoredQuestion | null> {
    return this.#file.read(() => {
      const row = this.#statements.findQuestion.get({ roomId, askerId, key });
      return row ? toQuestion(row) : null;
    });
  }

  async voteForQuestion(
    roomId: RoomId,
    questionId: QuestionId,
    voterId: ParticipantId,
    voted: boolean,
  ): Promise<boolean> {
    const statement = voted ? this.#statements.addVote : this.#statements.removeVote;
    const { changes } = await this.#file.write(() => statement.run({ roomId, questionId, voterId }));
    return changes > 0;
  }

  listVotes(roomId: RoomId, voterId: ParticipantId): Promise<readonly QuestionId[]> {
    return this.#file.read(() =>
      this.#statements.listVotes.all({ roomId, voterId }).map((row) => row['question_id'] as QuestionId),
    );
  }

  async saveQuestion(
    roomId: RoomId,
    questionId: QuestionId,
    { state, answer }: { readonly state: QuestionState; readonly answer: QuestionAnswer | null },
  ): Promise<void> {
    const stored = answer && JSON.stringify(answer);
    await this.#file.write(() => this.#statements.saveQuestion.run({ roomId, questionId, state, answer: stored }));
  }

  async saveQuestionDesk(
    roomId: RoomId,
    { settings, highlighted }: Parameters<QuestionStore['saveQuestionDesk']>[1],
  ): Promise<void> {
    await this.#file.write(() =>
      this.#statements.saveDesk.run({
        roomId,
        isOpen: settings.isOpen ? 1 : 0,
        isModerated: settings.isModerated ? 1 : 0,
        allowsAnonymous: settings.allowsAnonymous ? 1 : 0,
        highlighted,
      }),
    );
  }
}

function prepareStatements(file: SqliteFile) {
  const prepare = (sql: string) => file.prepare(sql);
  return {
    loadDesk: prepare('SELECT * FROM question_desks WHERE room_id = ?'),
    loadQuestions: prepare(`SELECT ${COLUMNS} FROM questions WHERE room_id = ? ORDER BY question_index`),
    listQuestions: prepare(
      `SELECT ${COLUMNS} FROM questions
       WHERE room_id = :roomId AND question_index > :after AND (:state IS NULL OR state = :state)
       ORDER BY question_index LIMIT :limit`,
    ),
    askQuestion: prepare(
      `INSERT INTO questions
         (room_id, question_index, id, asker_id, asker_name, request_key, is_anonymous, text, asked_at, state)
       SELECT :roomId, coalesce(max(question_index) + 1, 0),
              :id, :askerId, :askerName, :key, :isAnonymous, :text, :askedAt, :state
         FROM questions WHERE room_id = :roomId
       ON CONFLICT (room_id, asker_id, request_key) DO NOTHING
       RETURNING question_index, id, asker_id, asker_name, is_anonymous, text, asked_at, state, answer`,
    ),
    findQuestion: prepare(
      `SELECT ${COLUMNS} FROM questions WHERE room_id = :roomId AND asker_id = :askerId AND request_key = :key`,
    ),
    addVote: prepare(
      `INSERT INTO question_votes (room_id, question_id, voter_id) VALUES (:roomId, :questionId, :voterId)
       ON CONFLICT DO NOTHING`,
    ),
    removeVote: prepare(
      'DELETE FROM question_votes WHERE room_id = :roomId AND question_id = :questionId AND voter_id = :voterId',
    ),
    listVotes: prepare('SELECT question_id FROM question_votes WHERE room_id = :roomId AND voter_id = :voterId'),
    saveQuestion: prepare(
      'UPDATE questions SET state = :state, answer = :answer WHERE room_id = :roomId AND id = :questionId',
    ),
    saveDesk: prepare(
      `INSERT INTO question_desks (room_id, is_open, is_moderated, allows_anonymous, highlighted)
       VALUES (:roomId, :isOpen, :isModerated, :allowsAnonymous, :highlighted)
       ON CONFLICT DO UPDATE SET is_open = excluded.is_open, is_moderated = excluded.is_moderated,
         allows_anonymous = excluded.allows_anonymous, highlighted = excluded.highlighted`,
    ),
  };
}

function toQuestion(row: Row): StoredQuestion {
  const { id, question_index, asker_id, asker_name, is_anonymous, text, asked_at, state, answer, votes } =
    row as QuestionRow;
  return {
    id: id as QuestionId,
    index: question_index,
    asker: { id: asker_id as ParticipantId, name: asker_name },
    isAnonymous: is_anonymous === 1,
    text,
    askedAt: asked_at,
    state: state as QuestionState,
    answer: answer === null ? null : (JSON.parse(answer) as QuestionAnswer),
    votes,
  };
}

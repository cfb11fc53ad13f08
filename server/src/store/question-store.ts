import type {
  ParticipantId,
  QuestionAnswer,
  QuestionId,
  QuestionSettings,
  QuestionState,
  RoomId,
} from '../../../src/protocol/index.ts';

/** A question as it is kept: with its asker's name, also where others do not learn it. */
export interface StoredQuestion {
  readonly id: QuestionId;
  readonly index: number;
  readonly asker: { readonly id: ParticipantId; readonly name: string };
  readonly isAnonymous: boolean;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly state: QuestionState;
  readonly answer: QuestionAnswer | null;
  readonly votes: number;
}

export interface QuestionDraft extends Omit<StoredQuestion, 'index' | 'votes' | 'answer'> {
  /** Idempotency key of the request ([Q2]). */
  readonly key: string;
}

export interface StoredQuestions {
  /** `null` where they never were changed. */
  readonly settings: QuestionSettings | null;
  readonly highlighted: QuestionId | null;
  readonly questions: readonly StoredQuestion[];
}

export interface QuestionPageQuery {
  /** Those after this index. */
  readonly after: number;
  readonly limit: number;
  readonly state?: QuestionState | undefined;
}

/** What is kept of a room's questions. A promise that resolved is on disk; failures are `unavailable`. */
export interface QuestionStore {
  loadQuestions(roomId: RoomId): Promise<StoredQuestions>;
  /** By index. */
  listQuestions(roomId: RoomId, query: QuestionPageQuery): Promise<readonly StoredQuestion[]>;
  /** Gives it the room's next index; the same key of the same asker asks once. Resolves in the order of the calls. */
  askQuestion(roomId: RoomId, draft: QuestionDraft): Promise<{ question: StoredQuestion; repeated: boolean }>;
  findQuestion(roomId: RoomId, askerId: ParticipantId, key: string): Promise<StoredQuestion | null>;
  /** Whether it changed anything: one identity votes once. */
  voteForQuestion(roomId: RoomId, questionId: QuestionId, voterId: ParticipantId, voted: boolean): Promise<boolean>;
  listVotes(roomId: RoomId, voterId: ParticipantId): Promise<readonly QuestionId[]>;
  saveQuestion(
    roomId: RoomId,
    questionId: QuestionId,
    change: { readonly state: QuestionState; readonly answer: QuestionAnswer | null },
  ): Promise<void>;
  saveQuestionDesk(
    roomId: RoomId,
    desk: { readonly settings: QuestionSettings; readonly highlighted: QuestionId | null },
  ): Promise<void>;
}

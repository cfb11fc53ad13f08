import type {
  ParticipantId,
  PollAnswer,
  PollDefinition,
  PollId,
  PollScore,
  PollState,
  PollTally,
  PollVote,
  RoomId,
} from '../../../src/protocol/index.ts';

/** A poll as it is kept. Times are milliseconds since the epoch. */
export interface PollRecord {
  readonly id: PollId;
  readonly definition: PollDefinition;
  readonly state: PollState;
  readonly createdAt: number;
  readonly openedAt: number | null;
  readonly closesAt: number | null;
  readonly closedAt: number | null;
  readonly revealedAt: number | null;
  readonly revision: number;
  /** The final one, once the poll is closed. */
  readonly tally: PollTally | null;
}

/** Under which key who asked for a change ([Q2]); `author` is empty for the site's back end. */
export interface PollRequestKey {
  readonly author: string;
  readonly key: string;
}

export interface VoteDraft {
  readonly pollId: PollId;
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly key: string;
  readonly answer: PollAnswer;
  readonly votedAt: number;
  /** From the question's being shown to the answer. */
  readonly elapsedMs: number;
}

/** A participant's latest answer to a poll. */
export interface StoredVote extends Omit<VoteDraft, 'key' | 'pollId'> {
  /** How often they answered this poll. */
  readonly given: number;
}

export interface StoredScore extends Omit<PollScore, 'pollId'> {
  readonly participantId: ParticipantId;
  readonly name: string;
}

/** What a participant has earned in all questions of a room that are revealed. */
export interface StoredTotal {
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly points: number;
  readonly right: number;
}

/** A promise that resolved is on disk. Failures of the storage are thrown as `ProtocolError` `unavailable`. */
export interface PollStore {
  /** The oldest first. */
  loadPolls(roomId: RoomId): Promise<readonly PollRecord[]>;
  /** Adds it or replaces it, with the key of who asked and what its answers were worth, or nothing of all that. */
  savePoll(
    roomId: RoomId,
    poll: PollRecord,
    request: PollRequestKey | null,
    scores?: readonly StoredScore[],
  ): Promise<void>;
  /** Erases it with its answers and scores. */
  removePoll(roomId: RoomId, pollId: PollId, request: PollRequestKey): Promise<void>;
  /** The poll that was changed under that key. */
  findRequest(roomId: RoomId, request: PollRequestKey): Promise<PollId | null>;
  /** Adds an answer; the same key of the same participant adds once: a repeat gives the first. */
  appendVote(roomId: RoomId, vote: VoteDraft): Promise<{ readonly vote: PollVote; readonly repeated: boolean }>;
  findVote(roomId: RoomId, participantId: ParticipantId, key: string): Promise<PollVote | null>;
  /** The latest answer of each participant, in the order of answering. */
  loadVotes(roomId: RoomId, pollId: PollId): Promise<readonly StoredVote[]>;
  /** The latest answer of one to each poll. */
  loadOwnVotes(roomId: RoomId, participantId: ParticipantId): Promise<readonly PollVote[]>;
  loadOwnScores(roomId: RoomId, participantId: ParticipantId): Promise<readonly PollScore[]>;
  loadScores(roomId: RoomId, pollId: PollId): Promise<readonly StoredScore[]>;
  /** Those with the most points first. */
  loadTotals(roomId: RoomId): Promise<readonly StoredTotal[]>;
}

import type { ParticipantId, RoomId } from '../../../src/protocol/index.ts';

export interface StoredHand {
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly note: string;
  /** Milliseconds since the epoch. */
  readonly raisedAt: number;
}

/** Hands and who is backstage. A promise that resolved is on disk; failures are `unavailable`. */
export interface HandStore {
  /** In the order raised. */
  loadHands(roomId: RoomId): Promise<readonly StoredHand[]>;
  /**
   * One that is raised already keeps its place and time. The request's key is kept with it, and longer than the hand: a
   * repeat raises no hand that was lowered since.
   */
  raiseHand(roomId: RoomId, hand: StoredHand, key: string): Promise<void>;
  /** Whether this participant's request with that key was carried out. */
  hasRaisedHand(roomId: RoomId, participantId: ParticipantId, key: string): Promise<boolean>;
  /** `null`: all of them. */
  lowerHand(roomId: RoomId, participantId: ParticipantId | null): Promise<void>;
  loadBackstage(roomId: RoomId): Promise<readonly ParticipantId[]>;
  keepBackstage(roomId: RoomId, participantId: ParticipantId, isBackstage: boolean): Promise<void>;
}

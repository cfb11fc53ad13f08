import type { ParticipantId, RoleName, RoomId } from '../../../src/protocol/index.ts';

/** Needed at the door, and so loaded with the room. */
export interface StoredLobby {
  readonly waitBelow: RoleName | null;
  /** Those who were let in once: they wait no more. */
  readonly admitted: readonly ParticipantId[];
}

/** What a lobby keeps across restarts ([I2]). */
export interface LobbyStore {
  loadLobby(roomId: RoomId): Promise<StoredLobby>;
  saveLobby(roomId: RoomId, waitBelow: RoleName | null): Promise<void>;
  saveAdmission(roomId: RoomId, participantId: ParticipantId): Promise<void>;
  /** They wait again. */
  forgetAdmission(roomId: RoomId, participantId: ParticipantId): Promise<void>;
}

import type { ParticipantId, RoleName, RoomId } from '../../../../src/protocol/index.ts';
import type { LobbyStore, StoredLobby } from '../lobby-store.ts';
import type { SqliteFile } from './sqlite-file.ts';

/** Lobbies in the embedded store. */
export class SqliteLobbyStore implements LobbyStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  loadLobby(roomId: RoomId): Promise<StoredLobby> {
    return this.#file.read(() => ({
      waitBelow: (this.#statements.load.get(roomId)?.['wait_below'] ?? null) as RoleName | null,
      admitted: this.#statements.admissions.all(roomId).map((row) => row['participant_id'] as ParticipantId),
    }));
  }

  async saveLobby(roomId: RoomId, waitBelow: RoleName | null): Promise<void> {
    await this.#file.write(() => this.#statements.save.run({ roomId, waitBelow }));
  }

  async saveAdmission(roomId: RoomId, participantId: ParticipantId): Promise<void> {
    await this.#file.write(() => this.#statements.admit.run({ roomId, participantId }));
  }

  async forgetAdmission(roomId: RoomId, participantId: ParticipantId): Promise<void> {
    await this.#file.write(() => this.#statements.forget.run({ roomId, participantId }));
  }
}

function prepareStatements(file: SqliteFile) {
  const prepare = (sql: string) => file.prepare(sql);
  return {
    load: prepare('SELECT wait_below FROM lobbies WHERE room_id = ?'),
    save: prepare(
      `INSERT INTO lobbies (room_id, wait_below) VALUES (:roomId, :waitBelow)
       ON CONFLICT DO UPDATE SET wait_below = excluded.wait_below`,
    ),
    admissions: prepare('SELECT participant_id FROM admissions WHERE room_id = ?'),
    admit: prepare(
      'INSERT INTO admissions (room_id, participant_id) VALUES (:roomId, :participantId) ON CONFLICT DO NOTHING',
    ),
    forget: prepare('DELETE FROM admissions WHERE room_id = :roomId AND participant_id = :participantId'),
  };
}

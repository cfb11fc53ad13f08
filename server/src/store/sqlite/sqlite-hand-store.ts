import type { ParticipantId, RoomId } from '../../../../src/protocol/index.ts';
import type { HandStore, StoredHand } from '../hand-store.ts';
import type { SqliteFile } from './sqlite-file.ts';

/** Keys of one participant: more than wait for a reply at one time. */
const KEPT_KEYS = 16;

/** Hands and backstage in the embedded store. */
export class SqliteHandStore implements HandStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  loadHands(roomId: RoomId): Promise<readonly StoredHand[]> {
    return this.#file.read(() =>
      this.#statements.loadHands.all(roomId).map((row) => ({
        participantId: row['participant_id'] as ParticipantId,
        name: String(row['name']),
        note: String(row['note']),
        raisedAt: Number(row['raised_at']),
      })),
    );
  }

  async raiseHand(roomId: RoomId, { participantId, name, note, raisedAt }: StoredHand, key: string): Promise<void> {
    await this.#file.write(() => {
      this.#statements.raiseHand.run({ roomId, participantId, name, note, raisedAt });
      this.#statements.keepKey.run({ roomId, participantId, key });
      this.#statements.dropKeys.run({ roomId, participantId, kept: KEPT_KEYS });
    });
  }

  hasRaisedHand(roomId: RoomId, participantId: ParticipantId, key: string): Promise<boolean> {
    return this.#file.read(() => this.#statements.findKey.get({ roomId, participantId, key }) !== undefined);
  }

  async lowerHand(roomId: RoomId, participantId: ParticipantId | null): Promise<void> {
    await this.#file.write(() => this.#statements.lowerHand.run({ roomId, participantId }));
  }

  loadBackstage(roomId: RoomId): Promise<readonly ParticipantId[]> {
    return this.#file.read(() =>
      this.#statements.loadBackstage.all(roomId).map((row) => row['participant_id'] as ParticipantId),
    );
  }

  async keepBackstage(roomId: RoomId, participantId: ParticipantId, isBackstage: boolean): Promise<void> {
    const statement = isBackstage ? this.#statements.enterBackstage : this.#statements.leaveBackstage;
    await this.#file.write(() => statement.run({ roomId, participantId }));
  }
}

function prepareStatements(file: SqliteFile) {
  const prepare = (sql: string) => file.prepare(sql);
  return {
    loadHands: prepare('SELECT * FROM hands WHERE room_id = ? ORDER BY place'),
    raiseHand: prepare(
      `INSERT INTO hands (room_id, participant_id, place, name, note, raised_at)
       SELECT :roomId, :participantId, coalesce(max(place) + 1, 0), :name, :note, :raisedAt
         FROM hands WHERE room_id = :roomId
       ON CONFLICT (room_id, participant_id) DO UPDATE SET note = excluded.note, name = excluded.name`,
    ),
    keepKey: prepare(
      `INSERT INTO hand_keys (room_id, participant_id, request_key) VALUES (:roomId, :participantId, :key)
       ON CONFLICT DO NOTHING`,
    ),
    dropKeys: prepare(
      `DELETE FROM hand_keys WHERE room_id = :roomId AND participant_id = :participantId AND number NOT IN
         (SELECT number FROM hand_keys WHERE room_id = :roomId AND participant_id = :participantId
          ORDER BY number DESC LIMIT :kept)`,
    ),
    findKey: prepare(
      'SELECT 1 FROM hand_keys WHERE room_id = :roomId AND participant_id = :participantId AND request_key = :key',
    ),
    lowerHand: prepare(
      `DELETE FROM hands WHERE room_id = :roomId
         AND (:participantId IS NULL OR participant_id = :participantId)`,
    ),
    loadBackstage: prepare('SELECT participant_id FROM backstage WHERE room_id = ?'),
    enterBackstage: prepare(
      'INSERT INTO backstage (room_id, participant_id) VALUES (:roomId, :participantId) ON CONFLICT DO NOTHING',
    ),
    leaveBackstage: prepare('DELETE FROM backstage WHERE room_id = :roomId AND participant_id = :participantId'),
  };
}

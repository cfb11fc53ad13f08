import type { BreakoutPerson, ParticipantId, RoomId } from '../../../../src/protocol/index.ts';
import type { BreakoutStore, StoredBreakouts, StoredDesk } from '../breakout-store.ts';
import type { SqliteFile } from './sqlite-file.ts';

/** Rooms of rooms in the embedded store. */
export class SqliteBreakoutStore implements BreakoutStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  load(roomId: RoomId): Promise<StoredBreakouts> {
    return this.#file.read(() => {
      const desk = this.#statements.loadDesk.get(roomId)?.['desk'];
      return {
        desk: typeof desk === 'string' ? (JSON.parse(desk) as StoredDesk) : null,
        people: this.#statements.loadPeople.all(roomId).map((row) => ({
          participantId: row['participant_id'] as ParticipantId,
          name: String(row['name']),
          roomId: row['breakout_id'] as RoomId | null,
        })),
        homeId: (this.#statements.findHome.get(roomId)?.['home_id'] ?? null) as RoomId | null,
      };
    });
  }

  async save(roomId: RoomId, desk: StoredDesk, people: readonly BreakoutPerson[]): Promise<void> {
    await this.#file.write(() => {
      this.#statements.saveDesk.run({ roomId, desk: JSON.stringify(desk) });
      this.#statements.clearRooms.run(roomId);
      if (desk.isOpen) for (const { id } of desk.rooms) this.#statements.addRoom.run({ id, roomId });
      for (const { participantId, name, roomId: breakoutId } of people) {
        this.#statements.savePerson.run({ roomId, participantId, name, breakoutId });
      }
    });
  }

  async clear(roomId: RoomId): Promise<void> {
    await this.#file.write(() => {
      for (const statement of [this.#statements.clearDesk, this.#statements.clearRooms, this.#statements.clearPeople]) {
        statement.run(roomId);
      }
    });
  }
}

function prepareStatements(file: SqliteFile) {
  const prepare = (sql: string) => file.prepare(sql);
  return {
    loadDesk: prepare('SELECT desk FROM breakout_desks WHERE room_id = ?'),
    loadPeople: prepare('SELECT participant_id, name, breakout_id FROM breakout_people WHERE room_id = ?'),
    findHome: prepare('SELECT home_id FROM breakout_rooms WHERE room_id = ?'),
    saveDesk: prepare(
      `INSERT INTO breakout_desks (room_id, desk) VALUES (:roomId, :desk)
       ON CONFLICT (room_id) DO UPDATE SET desk = excluded.desk`,
    ),
    addRoom: prepare('INSERT INTO breakout_rooms (room_id, home_id) VALUES (:id, :roomId)'),
    savePerson: prepare(
      `INSERT INTO breakout_people (room_id, participant_id, name, breakout_id)
       VALUES (:roomId, :participantId, :name, :breakoutId)
       ON CONFLICT (room_id, participant_id) DO UPDATE SET name = excluded.name, breakout_id = excluded.breakout_id`,
    ),
    clearDesk: prepare('DELETE FROM breakout_desks WHERE room_id = ?'),
    clearRooms: prepare('DELETE FROM breakout_rooms WHERE home_id = ?'),
    clearPeople: prepare('DELETE FROM breakout_people WHERE room_id = ?'),
  };
}

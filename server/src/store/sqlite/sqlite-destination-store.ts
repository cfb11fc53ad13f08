import type { RoomId } from '../../../../src/protocol/index.ts';
import type { DestinationRecord, DestinationStore } from '../destination-store.ts';
import type { Row } from './rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

interface DestinationRow extends Row {
  id: string;
  room_id: string;
  url: string;
  stream_key: string;
  created_at: number;
}

export class SqliteDestinationStore implements DestinationStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  async addDestination(record: DestinationRecord): Promise<void> {
    await this.#file.write(() => this.#statements.add.run({ ...record }));
  }

  listDestinations(roomId: RoomId): Promise<readonly DestinationRecord[]> {
    return this.#file.read(() => this.#statements.list.all(roomId).map(toRecord));
  }

  async removeDestination(roomId: RoomId, id: string): Promise<boolean> {
    const { changes } = await this.#file.write(() => this.#statements.remove.run({ roomId, id }));
    return changes > 0;
  }
}

function prepareStatements(file: SqliteFile) {
  return {
    add: file.prepare(
      `INSERT INTO destinations (id, room_id, url, stream_key, created_at) VALUES (:id, :roomId, :url, :key, :createdAt)`,
    ),
    list: file.prepare('SELECT * FROM destinations WHERE room_id = ? ORDER BY created_at, id'),
    remove: file.prepare('DELETE FROM destinations WHERE room_id = :roomId AND id = :id'),
  };
}

function toRecord(row: Row): DestinationRecord {
  const { id, room_id, url, stream_key, created_at } = row as DestinationRow;
  return { id, roomId: room_id as RoomId, url, key: stream_key, createdAt: created_at };
}

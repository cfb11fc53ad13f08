import type { BroadcastView, RoomId } from '../../../../src/protocol/index.ts';
import type { BroadcastPolicy, BroadcastStore, StoredBroadcast } from '../broadcast-store.ts';
import type { SqliteFile } from './sqlite-file.ts';

export class SqliteBroadcastStore implements BroadcastStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  loadBroadcast(roomId: RoomId): Promise<StoredBroadcast | null> {
    return this.#file.read(() => {
      const row = this.#statements.load.get(roomId);
      if (!row) return null;
      const view: BroadcastView = JSON.parse(String(row['view']));
      return { broadcastId: String(row['broadcast_id']), on: row['is_on'] === 1, view };
    });
  }

  async saveBroadcast(roomId: RoomId, { broadcastId, on, view }: StoredBroadcast): Promise<void> {
    const row = { roomId, broadcastId, on: on ? 1 : 0, view: JSON.stringify(view) };
    await this.#file.write(() => this.#statements.save.run(row));
  }

  listBroadcasting(): Promise<readonly RoomId[]> {
    return this.#file.read(() => this.#statements.listOn.all().map((row) => String(row['room_id']) as RoomId));
  }

  loadPolicy(roomId: RoomId): Promise<BroadcastPolicy | null> {
    return this.#file.read(() => {
      const row = this.#statements.loadPolicy.get(roomId);
      if (!row) return null;
      const stopAfterMs = row['stop_after_ms'];
      return {
        startWithAudience: row['start_with_audience'] === 1,
        stopAfterMs: stopAfterMs === null ? null : Number(stopAfterMs),
      };
    });
  }

  async savePolicy(roomId: RoomId, { startWithAudience, stopAfterMs }: BroadcastPolicy): Promise<void> {
    const row = { roomId, startWithAudience: startWithAudience ? 1 : 0, stopAfterMs };
    await this.#file.write(() => this.#statements.savePolicy.run(row));
  }
}

function prepareStatements(file: SqliteFile) {
  return {
    load: file.prepare('SELECT * FROM broadcasts WHERE room_id = ?'),
    save: file.prepare(
      `INSERT INTO broadcasts (room_id, broadcast_id, is_on, view) VALUES (:roomId, :broadcastId, :on, :view)
       ON CONFLICT DO UPDATE SET broadcast_id = excluded.broadcast_id, is_on = excluded.is_on, view = excluded.view`,
    ),
    listOn: file.prepare(
      `SELECT room_id FROM broadcasts JOIN rooms ON rooms.id = room_id WHERE is_on = 1 AND ended_at IS NULL`,
    ),
    loadPolicy: file.prepare('SELECT * FROM broadcast_policies WHERE room_id = ?'),
    savePolicy: file.prepare(
      `INSERT INTO broadcast_policies (room_id, start_with_audience, stop_after_ms)
       VALUES (:roomId, :startWithAudience, :stopAfterMs)
       ON CONFLICT DO UPDATE SET
         start_with_audience = excluded.start_with_audience, stop_after_ms = excluded.stop_after_ms`,
    ),
  };
}

import type { RoomId } from '../../../../src/protocol/index.ts';
import type { OverlayStore, StoredShow } from '../overlay-store.ts';
import type { SqliteFile } from './sqlite-file.ts';

export class SqliteOverlayStore implements OverlayStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  loadShow(roomId: RoomId): Promise<StoredShow | null> {
    return this.#file.read(() => {
      const row = this.#statements.load.get(roomId);
      return row ? JSON.parse(String(row['show'])) : null;
    });
  }

  async saveShow(roomId: RoomId, show: StoredShow): Promise<void> {
    await this.#file.write(() => this.#statements.save.run({ roomId, show: JSON.stringify(show) }));
  }
}

function prepareStatements(file: SqliteFile) {
  return {
    load: file.prepare('SELECT show FROM overlays WHERE room_id = ?'),
    save: file.prepare('INSERT INTO overlays VALUES (:roomId, :show) ON CONFLICT DO UPDATE SET show = excluded.show'),
  };
}

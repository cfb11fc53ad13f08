import type { RoomId } from '../../../../src/protocol/index.ts';
import type { RecordingPageQuery, RecordingRecord, RecordingState, RecordingStore } from '../recording-store.ts';
import type { Row } from './rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

interface RecordingRow extends Row {
  id: string;
  room_id: string;
  state: string;
  started_at: number;
  ended_at: number | null;
  duration_ms: number;
  bytes: number;
  has_file: number;
  has_poster: number;
  failure: string | null;
  expires_at: number | null;
  live: number;
  captions: string;
}

export class SqliteRecordingStore implements RecordingStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  async saveRecording({ hasFile, hasPoster, live, failure, captions, ...record }: RecordingRecord): Promise<void> {
    const row = {
      ...record,
      hasFile: hasFile ? 1 : 0,
      hasPoster: hasPoster ? 1 : 0,
      live: live ? 1 : 0,
      failure: failure === null ? null : JSON.stringify(failure),
      captions: JSON.stringify(captions),
    };
    await this.#file.write(() => this.#statements.save.run(row));
  }

  findRecording(id: string): Promise<RecordingRecord | null> {
    return this.#file.read(() => {
      const row = this.#statements.find.get(id);
      return row ? toRecord(row) : null;
    });
  }

  listRecordings({ roomId, before, limit }: RecordingPageQuery): Promise<readonly RecordingRecord[]> {
    const { startedAt = Number.MAX_SAFE_INTEGER, id = '' } = before ?? {};
    return this.#file.read(() =>
      (roomId === undefined
        ? this.#statements.list.all({ startedAt, id, limit })
        : this.#statements.listOfRoom.all({ roomId, startedAt, id, limit })
      ).map(toRecord),
    );
  }

  listUnfinished(): Promise<readonly RecordingRecord[]> {
    return this.#file.read(() => this.#statements.listUnfinished.all().map(toRecord));
  }

  listExpired(now: number, limit: number): Promise<readonly RecordingRecord[]> {
    return this.#file.read(() => this.#statements.listExpired.all(now, limit).map(toRecord));
  }

  async removeRecording(id: string): Promise<boolean> {
    const { changes } = await this.#file.write(() => this.#statements.remove.run(id));
    return changes > 0;
  }
}

function prepareStatements(file: SqliteFile) {
  const before = '(started_at, id) < (:startedAt, :id) ORDER BY started_at DESC, id DESC LIMIT :limit';
  return {
    save: file.prepare(
      `INSERT INTO recordings VALUES (:id, :roomId, :state, :startedAt, :endedAt, :durationMs, :bytes, :hasFile,
         :hasPoster, :failure, :expiresAt, :live, :captions)
       ON CONFLICT DO UPDATE SET state = excluded.state, started_at = excluded.started_at, ended_at = excluded.ended_at,
         duration_ms = excluded.duration_ms, bytes = excluded.bytes, has_file = excluded.has_file,
         has_poster = excluded.has_poster, failure = excluded.failure, expires_at = excluded.expires_at,
         live = excluded.live, captions = excluded.captions`,
    ),
    find: file.prepare('SELECT * FROM recordings WHERE id = ?'),
    list: file.prepare(`SELECT * FROM recordings WHERE ${before}`),
    listOfRoom: file.prepare(`SELECT * FROM recordings WHERE room_id = :roomId AND ${before}`),
    listUnfinished: file.prepare(`SELECT * FROM recordings WHERE state <> 'ready' OR has_file = 0`),
    listExpired: file.prepare('SELECT * FROM recordings WHERE expires_at <= ? LIMIT ?'),
    remove: file.prepare('DELETE FROM recordings WHERE id = ?'),
  };
}

function toRecord(row: Row): RecordingRecord {
  const {
    id,
    room_id,
    state,
    started_at,
    ended_at,
    duration_ms,
    bytes,
    has_file,
    has_poster,
    failure,
    expires_at,
    live,
    captions,
  } = row as RecordingRow;
  return {
    id,
    roomId: room_id as RoomId,
    state: state as RecordingState,
    live: live === 1,
    startedAt: started_at,
    endedAt: ended_at,
    durationMs: duration_ms,
    bytes,
    hasFile: has_file === 1,
    hasPoster: has_poster === 1,
    failure: failure === null ? null : JSON.parse(failure),
    expiresAt: expires_at,
    captions: JSON.parse(captions),
  };
}

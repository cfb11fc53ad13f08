import type { Caption, ParticipantId, RoomId } from '../../../../src/protocol/index.ts';
import type { CaptionRecord, CaptionStore } from '../caption-store.ts';
import type { Row } from './rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

interface CaptionRow extends Row {
  caption_index: number;
  id: string;
  language: string;
  participant_id: string | null;
  speaker_name: string | null;
  text: string;
  started_at: number;
  ended_at: number;
}

export class SqliteCaptionStore implements CaptionStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  appendCaption(roomId: RoomId, { speaker, ...record }: CaptionRecord): Promise<Caption | null> {
    const row = {
      ...record,
      roomId,
      participantId: speaker?.participantId ?? null,
      speakerName: speaker?.name ?? null,
    };
    return this.#file.write(() => {
      const appended = this.#statements.append.get(row);
      return appended ? toCaption(appended) : null;
    });
  }

  loadCaptions(roomId: RoomId, before: number, limit: number): Promise<readonly Caption[]> {
    return this.#file.read(() => this.#statements.load.all({ roomId, before, limit }).map(toCaption).reverse());
  }
}

function prepareStatements(file: SqliteFile) {
  return {
    append: file.prepare(
      `INSERT INTO captions
       SELECT :roomId, coalesce(max(caption_index) + 1, 0),
              :id, :language, :participantId, :speakerName, :text, :startedAt, :endedAt
         FROM captions WHERE room_id = :roomId
       ON CONFLICT (room_id, id) DO NOTHING
       RETURNING *`,
    ),
    load: file.prepare(
      `SELECT * FROM captions WHERE room_id = :roomId AND caption_index < :before
       ORDER BY caption_index DESC LIMIT :limit`,
    ),
  };
}

function toCaption(row: Row): Caption {
  const { caption_index, id, language, participant_id, speaker_name, text, started_at, ended_at } = row as CaptionRow;
  return {
    id,
    language,
    speaker:
      speaker_name === null ? null : { participantId: participant_id as ParticipantId | null, name: speaker_name },
    text,
    startedAt: started_at,
    index: caption_index,
    endedAt: ended_at,
  };
}

import type { DirectMessage, MessageId, ParticipantId, RoleName, RoomId } from '../../../../src/protocol/index.ts';
import type { DirectChatStore, DirectDraft, DirectReader } from '../direct-chat-store.ts';
import type { Row } from './rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

const IS_FOR_READER = `room_id = :roomId AND (author_id = :readerId OR to_id = :readerId OR to_role = :readerRole)`;

interface DirectRow extends Row {
  number: number;
  id: string;
  place: number;
  author_id: string;
  author_name: string;
  author_role: string;
  to_role: string | null;
  to_id: string | null;
  to_name: string | null;
  text: string;
  sent_at: number;
}

export class SqliteDirectChatStore implements DirectChatStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  appendDirect(roomId: RoomId, draft: DirectDraft): Promise<{ message: DirectMessage; repeated: boolean }> {
    const { id, after, author, to, key, text, sentAt } = draft;
    const isToRole = to.kind === 'role';
    const row = {
      roomId,
      id,
      place: after,
      authorId: author.id,
      authorName: author.name,
      authorRole: author.role,
      key,
      toRole: isToRole ? to.role : null,
      toId: isToRole ? null : to.participant.id,
      toName: isToRole ? null : to.participant.name,
      text,
      sentAt,
    };
    return this.#file.write(() => {
      const appended = this.#statements.append.get(row);
      if (appended) return { message: toDirectMessage(appended), repeated: false };
      const first = this.#statements.find.get({ roomId, authorId: author.id, key });
      if (!first) throw new Error('A message was refused as a repeat, but the first is not there.');
      return { message: toDirectMessage(first), repeated: true };
    });
  }

  findDirect(roomId: RoomId, authorId: ParticipantId, key: string): Promise<DirectMessage | null> {
    return this.#file.read(() => {
      const row = this.#statements.find.get({ roomId, authorId, key });
      return row ? toDirectMessage(row) : null;
    });
  }

  getDirect(roomId: RoomId, messageId: MessageId): Promise<DirectMessage | null> {
    return this.#file.read(() => {
      const row = this.#statements.get.get({ roomId, id: messageId });
      return row ? toDirectMessage(row) : null;
    });
  }

  async eraseDirect(roomId: RoomId, messageId: MessageId): Promise<void> {
    await this.#file.write(() => this.#statements.erase.run({ roomId, id: messageId }));
  }

  hasDirect(roomId: RoomId, { id, role }: DirectReader): Promise<boolean> {
    return this.#file.read(
      () => this.#statements.hasAny.get({ roomId, readerId: id, readerRole: role })?.['found'] === 1,
    );
  }

  loadDirect(
    roomId: RoomId,
    { id, role }: DirectReader,
    before: MessageId | null,
    limit: number,
  ): Promise<readonly DirectMessage[] | null> {
    const reader = { roomId, readerId: id, readerRole: role };
    return this.#file.read(() => {
      let end = Number.MAX_SAFE_INTEGER;
      if (before !== null) {
        const row = this.#statements.locate.get({ ...reader, before });
        if (!row) return null;
        end = Number(row['number']);
      }
      return this.#statements.load
        .all({ ...reader, end, limit })
        .map(toDirectMessage)
        .reverse();
    });
  }
}

function prepareStatements(file: SqliteFile) {
  return {
    append: file.prepare(
      `INSERT INTO direct_messages (room_id, id, place, author_id, author_name, author_role, request_key,
         to_role, to_id, to_name, text, sent_at)
       VALUES (:roomId, :id, :place, :authorId, :authorName, :authorRole, :key, :toRole, :toId, :toName, :text, :sentAt)
       ON CONFLICT (room_id, author_id, request_key) DO NOTHING
       RETURNING *`,
    ),
    find: file.prepare(
      'SELECT * FROM direct_messages WHERE room_id = :roomId AND author_id = :authorId AND request_key = :key',
    ),
    get: file.prepare('SELECT * FROM direct_messages WHERE room_id = :roomId AND id = :id'),
    erase: file.prepare(`UPDATE direct_messages SET text = '' WHERE room_id = :roomId AND id = :id`),
    hasAny: file.prepare(`SELECT EXISTS (SELECT 1 FROM direct_messages WHERE ${IS_FOR_READER}) AS found`),
    locate: file.prepare(`SELECT number FROM direct_messages WHERE id = :before AND ${IS_FOR_READER}`),
    load: file.prepare(
      `SELECT * FROM direct_messages WHERE ${IS_FOR_READER} AND number < :end ORDER BY number DESC LIMIT :limit`,
    ),
  };
}

function toDirectMessage(row: Row): DirectMessage {
  const { id, place, author_id, author_name, author_role, to_role, to_id, to_name, text, sent_at } = row as DirectRow;
  return {
    id: id as MessageId,
    after: place,
    author: { id: author_id as ParticipantId, name: author_name, role: author_role as RoleName },
    to:
      to_role === null
        ? { kind: 'participant', participant: { id: to_id as ParticipantId, name: to_name ?? '' } }
        : { kind: 'role', role: to_role as RoleName },
    text,
    sentAt: sent_at,
  };
}

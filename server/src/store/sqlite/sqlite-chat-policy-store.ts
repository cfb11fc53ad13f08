import type { ChatPolicies, HoldReason, MessageId, ParticipantId, RoomId } from '../../../../src/protocol/index.ts';
import type { ChatPolicyStore, StoredChatPolicies, StoredHeld } from '../chat-policy-store.ts';
import type { ChatDraft } from '../room-store.ts';
import type { Row } from './rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

/** Policies of the chat, and what they hold, in the embedded store. */
export class SqliteChatPolicyStore implements ChatPolicyStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  loadChatPolicies(roomId: RoomId): Promise<StoredChatPolicies> {
    return this.#file.read(() => {
      const row = this.#statements.loadPolicies.get(roomId);
      return {
        policies: row ? (JSON.parse(String(row['policies'])) as ChatPolicies) : null,
        held: this.#statements.loadHeld.all(roomId).map(toHeld),
      };
    });
  }

  async saveChatPolicies(roomId: RoomId, policies: ChatPolicies): Promise<void> {
    const written = JSON.stringify(policies);
    await this.#file.write(() => this.#statements.savePolicies.run({ roomId, policies: written }));
  }

  hold(draft: ChatDraft, reason: HoldReason): Promise<{ held: StoredHeld; repeated: boolean }> {
    const { roomId, id, key, author } = draft;
    return this.#file.write(() => {
      const { changes } = this.#statements.hold.run({
        roomId,
        id,
        key,
        authorId: author.id,
        reason,
        draft: JSON.stringify(draft),
      });
      if (changes > 0) return { held: { draft, reason, rejected: false }, repeated: false };
      const first = this.#statements.findHeld.get({ roomId, authorId: author.id, key });
      if (!first) throw new Error('A message was not held as a repeat, but the first is not there.');
      return { held: toHeld(first), repeated: true };
    });
  }

  findHeld(roomId: RoomId, authorId: ParticipantId, key: string): Promise<StoredHeld | null> {
    return this.#file.read(() => {
      const row = this.#statements.findHeld.get({ roomId, authorId, key });
      return row ? toHeld(row) : null;
    });
  }

  async settleHeld(roomId: RoomId, messageId: MessageId, outcome: 'approved' | 'rejected'): Promise<void> {
    const statement = outcome === 'approved' ? this.#statements.forget : this.#statements.reject;
    await this.#file.write(() => statement.run({ roomId, id: messageId }));
  }

  listRefused(roomId: RoomId, authorId: ParticipantId): Promise<readonly MessageId[]> {
    return this.#file.read(() =>
      this.#statements.listRefused.all({ roomId, authorId }).map(({ id }) => id as MessageId),
    );
  }

  dismissRefused(roomId: RoomId, authorId: ParticipantId, messageId: MessageId): Promise<boolean> {
    return this.#file.write(() => this.#statements.dismiss.run({ roomId, authorId, id: messageId }).changes > 0);
  }

  hasWritten(roomId: RoomId, authorId: ParticipantId): Promise<boolean> {
    return this.#file.read(() => this.#statements.findMessageOf.get({ roomId, authorId }) !== undefined);
  }
}

function prepareStatements(file: SqliteFile) {
  const prepare = (sql: string) => file.prepare(sql);
  return {
    loadPolicies: prepare('SELECT policies FROM chat_policies WHERE room_id = ?'),
    savePolicies: prepare(
      `INSERT INTO chat_policies (room_id, policies) VALUES (:roomId, :policies)
       ON CONFLICT DO UPDATE SET policies = excluded.policies`,
    ),
    loadHeld: prepare('SELECT * FROM held_messages WHERE room_id = ? AND rejected = 0 ORDER BY number'),
    hold: prepare(
      `INSERT INTO held_messages (room_id, id, author_id, request_key, reason, draft)
       VALUES (:roomId, :id, :authorId, :key, :reason, :draft) ON CONFLICT DO NOTHING`,
    ),
    findHeld: prepare(
      'SELECT * FROM held_messages WHERE room_id = :roomId AND author_id = :authorId AND request_key = :key',
    ),
    forget: prepare('DELETE FROM held_messages WHERE room_id = :roomId AND id = :id'),
    reject: prepare(
      `UPDATE held_messages SET rejected = 1, draft = json_set(draft, '$.text', '') WHERE room_id = :roomId AND id = :id`,
    ),
    // 2: its author has seen it.
    dismiss: prepare(
      `UPDATE held_messages SET rejected = 2
       WHERE room_id = :roomId AND author_id = :authorId AND id = :id AND rejected > 0`,
    ),
    listRefused: prepare(
      `SELECT id FROM held_messages WHERE room_id = :roomId AND author_id = :authorId AND rejected = 1
       ORDER BY number DESC LIMIT 3`,
    ),
    findMessageOf: prepare(
      'SELECT 1 FROM chat_messages WHERE room_id = :roomId AND author_id = :authorId AND deleted = 0 LIMIT 1',
    ),
  };
}

function toHeld(row: Row): StoredHeld {
  return {
    draft: JSON.parse(String(row['draft'])) as ChatDraft,
    reason: row['reason'] as HoldReason,
    rejected: row['rejected'] !== 0,
  };
}

import type { SqliteFile } from './sqlite-file.ts';

const CHAT_COLUMNS = 'message_index, id, author_id, author_name, author_role, text, sent_at, deleted, reply_to';

/** Every statement of the store, prepared once. */
export function prepareStatements(file: SqliteFile) {
  const prepare = (sql: string) => file.prepare(sql);
  return {
    createRoom: prepare(
      `INSERT INTO rooms (id, title, template, created_at, ended_at, spotlight)
       VALUES (:id, :title, :template, :createdAt, :endedAt, :spotlight) ON CONFLICT DO NOTHING`,
    ),
    findRoom: prepare('SELECT * FROM rooms WHERE id = ?'),
    listRooms: prepare(
      `SELECT * FROM rooms WHERE id > :after AND (:includeEnded OR ended_at IS NULL) ORDER BY id LIMIT :limit`,
    ),
    endRoom: prepare('UPDATE rooms SET ended_at = :endedAt WHERE id = :roomId AND ended_at IS NULL'),
    reopenRoom: prepare('UPDATE rooms SET ended_at = NULL, spotlight = NULL WHERE id = ? AND ended_at IS NOT NULL'),
    findEndedRoom: prepare('SELECT id FROM rooms WHERE ended_at < ? LIMIT 1'),
    pruneChat: prepare(
      `DELETE FROM chat_messages WHERE room_id = :roomId
         AND message_index < :limit + (SELECT min(message_index) FROM chat_messages WHERE room_id = :roomId)
         AND EXISTS (SELECT 1 FROM rooms WHERE id = :roomId AND ended_at < :endedBefore)`,
    ),
    pruneRoom: prepare('DELETE FROM rooms WHERE id = :roomId AND ended_at < :endedBefore'),
    saveSpotlight: prepare('UPDATE rooms SET spotlight = :participantId WHERE id = :roomId'),
    saveRole: prepare(
      `INSERT INTO given_roles (room_id, participant_id, role, role_before)
       VALUES (:roomId, :participantId, :role, :before)
       ON CONFLICT DO UPDATE SET role = excluded.role, role_before = excluded.role_before`,
    ),
    loadRoles: prepare('SELECT participant_id, role, role_before FROM given_roles WHERE room_id = ?'),
    saveRemoval: prepare(
      `INSERT INTO removals (room_id, participant_id, removed_at) VALUES (:roomId, :participantId, :removedAt)
       ON CONFLICT DO UPDATE SET removed_at = max(removed_at, excluded.removed_at)`,
    ),
    loadRemovals: prepare('SELECT participant_id, removed_at FROM removals WHERE room_id = ?'),
    appendChat: prepare(
      `INSERT INTO chat_messages
         (room_id, message_index, id, author_id, author_name, author_role, request_key, text, reply_to, sent_at)
       SELECT :roomId, coalesce(max(message_index) + 1, 0),
              :id, :authorId, :authorName, :authorRole, :key, :text, :replyTo, :sentAt
         FROM chat_messages WHERE room_id = :roomId
       ON CONFLICT (room_id, author_id, request_key) DO NOTHING
       RETURNING ${CHAT_COLUMNS}`,
    ),
    findChat: prepare(
      `SELECT ${CHAT_COLUMNS} FROM chat_messages
       WHERE room_id = :roomId AND author_id = :authorId AND request_key = :key`,
    ),
    countChat: prepare('SELECT coalesce(max(message_index) + 1, 0) AS total FROM chat_messages WHERE room_id = ?'),
    loadChat: prepare(
      `SELECT ${CHAT_COLUMNS} FROM chat_messages
       WHERE room_id = :roomId AND message_index < :before ORDER BY message_index DESC LIMIT :limit`,
    ),
    deleteChat: prepare(
      `UPDATE chat_messages SET text = '', deleted = 1
       WHERE room_id = :roomId AND id = :messageId AND deleted = 0 RETURNING ${CHAT_COLUMNS}`,
    ),
    findMessage: prepare(`SELECT ${CHAT_COLUMNS} FROM chat_messages WHERE room_id = :roomId AND id = :messageId`),
  };
}

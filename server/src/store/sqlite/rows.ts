import type { SQLOutputValue } from 'node:sqlite';
import type {
  ChatMessage,
  MessageId,
  ParticipantId,
  RepliedMessage,
  RoleName,
  RoomId,
} from '../../../../src/protocol/index.ts';
import type { RoomRecord } from '../room-store.ts';

/** A row as the driver gives it; the schema is STRICT, so a column's type is that of its declaration. */
export type Row = Record<string, SQLOutputValue>;

interface RoomRow extends Row {
  id: string;
  title: string;
  template: string;
  created_at: number;
  ended_at: number | null;
  spotlight: string | null;
}

interface ChatRow extends Row {
  message_index: number;
  id: string;
  author_id: string;
  author_name: string;
  author_role: string;
  text: string;
  sent_at: number;
  deleted: number;
  reply_to: string | null;
}

export function toRoomRecord(row: Row): RoomRecord {
  const { id, title, template, created_at, ended_at, spotlight } = row as RoomRow;
  return {
    id: id as RoomId,
    title,
    template,
    createdAt: created_at,
    endedAt: ended_at,
    spotlight: spotlight as ParticipantId | null,
  };
}

export function toChatMessage(row: Row): ChatMessage {
  const { id, message_index, author_id, author_name, author_role, text, sent_at, deleted, reply_to } = row as ChatRow;
  return {
    id: id as MessageId,
    index: message_index,
    author: { id: author_id as ParticipantId, name: author_name, role: author_role as RoleName },
    text,
    sentAt: sent_at,
    deleted: deleted === 1,
    ...(reply_to === null ? {} : { replyTo: JSON.parse(reply_to) as RepliedMessage }),
  };
}

import type { ChatMessage, MessageId, ParticipantId, RoleName, RoomId } from '../../../src/protocol/index.ts';
import type { FeatureStores } from './feature-stores.ts';

/**
 * What a room must not lose. A promise that resolved is on disk: it outlives the process ([C2], [T2]).
 * Failures of the storage itself are thrown as `ProtocolError` `unavailable`.
 */
export interface RoomStore {
  readonly features: FeatureStores;
  /** Fails with `conflict` where a room of that id exists, ended or not. */
  createRoom(room: RoomRecord): Promise<void>;
  findRoom(roomId: RoomId): Promise<RoomRecord | null>;
  /** By id, beginning after `after`. */
  listRooms(page: RoomPageQuery): Promise<readonly RoomRecord[]>;
  /** Everything needed to take a room up again, with its latest `chatMessages` messages. */
  loadRoom(roomId: RoomId, chatMessages: number): Promise<StoredRoom | null>;
  endRoom(roomId: RoomId, endedAt: number): Promise<void>;
  /** An ended room lives again, with all it had but a spotlight on somebody who is gone. */
  reopenRoom(roomId: RoomId): Promise<void>;
  /**
   * Erases rooms that ended before `endedBefore` with all that was theirs, so little at a time that others need not wait:
   * call it until it gives `false`. Their ids are free again.
   */
  pruneRooms(endedBefore: number): Promise<boolean>;
  saveSpotlight(roomId: RoomId, participantId: ParticipantId | null): Promise<void>;
  /** The role a participant was moved to; it wins over the token's. `before`: what they return to from it. */
  saveRole(roomId: RoomId, participantId: ParticipantId, role: RoleName, before: RoleName | null): Promise<void>;
  /** Tokens issued up to `removedAt` no longer open the door ([P6]). */
  saveRemoval(roomId: RoomId, participantId: ParticipantId, removedAt: number): Promise<void>;
  /**
   * Appends a message, giving it the room's next index ([C1]). The same key of the same author appends once: a repeat
   * gives the first message. Messages get their index in the order of the calls, and the promises resolve in that order.
   */
  appendChat(draft: ChatDraft): Promise<AppendedChat>;
  findChat(roomId: RoomId, authorId: ParticipantId, key: string): Promise<ChatMessage | null>;
  findMessage(roomId: RoomId, messageId: MessageId): Promise<ChatMessage | null>;
  /** Up to `limit` messages before index `before`, oldest first. */
  loadChat(roomId: RoomId, before: number, limit: number): Promise<readonly ChatMessage[]>;
  /** Erases the text; `null` where there is no such message, `repeated` where it was erased before ([C3]). */
  deleteChat(roomId: RoomId, messageId: MessageId): Promise<DeletedChat | null>;
  /** Finishes what is under way and closes. */
  close(): Promise<void>;
}

export interface RoomRecord {
  readonly id: RoomId;
  readonly title: string;
  /** Name of the template its roles come from. */
  readonly template: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly endedAt: number | null;
  readonly spotlight: ParticipantId | null;
}

export interface RoomPageQuery {
  readonly after?: string | undefined;
  readonly limit: number;
  readonly includeEnded: boolean;
}

export interface StoredRoom {
  readonly room: RoomRecord;
  readonly roles: ReadonlyMap<ParticipantId, RoleName>;
  /** Of those whose role publishes, what they had before it. */
  readonly rolesBefore: ReadonlyMap<ParticipantId, RoleName>;
  /** When each was removed last. Milliseconds since the epoch. */
  readonly removals: ReadonlyMap<ParticipantId, number>;
  readonly chat: { readonly total: number; readonly latest: readonly ChatMessage[] };
}

export interface ChatDraft {
  readonly roomId: RoomId;
  readonly id: MessageId;
  /** Idempotency key of the request ([Q2]). */
  readonly key: string;
  readonly author: ChatMessage['author'];
  readonly text: string;
  readonly replyTo?: ChatMessage['replyTo'];
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

export interface AppendedChat {
  readonly message: ChatMessage;
  /** The key was known: nothing was appended. */
  readonly repeated: boolean;
}

export interface DeletedChat {
  readonly index: number;
  readonly author: ChatMessage['author'];
  readonly repeated: boolean;
}

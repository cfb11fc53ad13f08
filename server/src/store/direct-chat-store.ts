import type { DirectMessage, MessageId, ParticipantId, RoleName, RoomId } from '../../../src/protocol/index.ts';

export interface DirectDraft extends DirectMessage {
  /** Idempotency key of the request ([Q2]). */
  readonly key: string;
}

/** Who reads: what is for the role that they have now is theirs too. */
export interface DirectReader {
  readonly id: ParticipantId;
  readonly role: RoleName;
}

/** Messages for a role or a person. A promise that resolved is on disk; failures are `unavailable`. */
export interface DirectChatStore {
  /** The same key of the same author sends once. Resolves in the order of the calls. */
  appendDirect(roomId: RoomId, draft: DirectDraft): Promise<{ message: DirectMessage; repeated: boolean }>;
  findDirect(roomId: RoomId, authorId: ParticipantId, key: string): Promise<DirectMessage | null>;
  getDirect(roomId: RoomId, messageId: MessageId): Promise<DirectMessage | null>;
  /** Its text is gone; the rest is kept, so that the same request is answered the same ([Q2]). */
  eraseDirect(roomId: RoomId, messageId: MessageId): Promise<void>;
  hasDirect(roomId: RoomId, reader: DirectReader): Promise<boolean>;
  /** The latest, or those before one, oldest first; `null` where the reader may read no such one. */
  loadDirect(
    roomId: RoomId,
    reader: DirectReader,
    before: MessageId | null,
    limit: number,
  ): Promise<readonly DirectMessage[] | null>;
}

import type { ChatPolicies, HoldReason, MessageId, ParticipantId, RoomId } from '../../../src/protocol/index.ts';
import type { ChatDraft } from './room-store.ts';

/** A message that waits for a moderator, as it will be told. */
export interface StoredHeld {
  readonly draft: ChatDraft;
  readonly reason: HoldReason;
  /** Its text is gone by then; it is kept so that the same request is answered the same ([Q2]). */
  readonly rejected: boolean;
}

export interface StoredChatPolicies {
  /** `null` where they never were changed. */
  readonly policies: ChatPolicies | null;
  /** In the order sent. */
  readonly held: readonly StoredHeld[];
}

/** What a chat's policies keep across restarts ([Y1], [Y3]). */
export interface ChatPolicyStore {
  loadChatPolicies(roomId: RoomId): Promise<StoredChatPolicies>;
  saveChatPolicies(roomId: RoomId, policies: ChatPolicies): Promise<void>;
  /** The same key of the same author is held once: a repeat gives the first. */
  hold(draft: ChatDraft, reason: HoldReason): Promise<{ readonly held: StoredHeld; readonly repeated: boolean }>;
  findHeld(roomId: RoomId, authorId: ParticipantId, key: string): Promise<StoredHeld | null>;
  /** Approved: the message is in the chat from the same turn on, and this forgets it. Rejected: its text is erased. */
  settleHeld(roomId: RoomId, messageId: MessageId, outcome: 'approved' | 'rejected'): Promise<void>;
  /** The last few of this author that were rejected and not dismissed, newest first. */
  listRefused(roomId: RoomId, authorId: ParticipantId): Promise<readonly MessageId[]>;
  /** Its author has seen that it was rejected; `false` where none of theirs was. */
  dismissRefused(roomId: RoomId, authorId: ParticipantId, messageId: MessageId): Promise<boolean>;
  /** Whether there is a message of this author in the chat. */
  hasWritten(roomId: RoomId, authorId: ParticipantId): Promise<boolean>;
}

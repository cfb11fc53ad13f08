import { signal } from '@preact/signals-core';
import type { ChatMessage, MessageId, WireError } from '../protocol/index.ts';
import { ChatLog } from './chat-log.ts';

/** One's own message on its way. It leaves this list when the server's own copy arrives. */
export interface PendingMessage {
  readonly key: string;
  readonly text: string;
  /** The message that it answers. */
  readonly replyTo?: MessageId | undefined;
  readonly createdAt: number;
  readonly state: 'sending' | 'failed';
  readonly error: WireError | null;
}

export function createChatSlice() {
  return {
    log: new ChatLog<ChatMessage>(),
    pending: signal<readonly PendingMessage[]>([]),
    /** There is something that the feature `moderation` shows. */
    isModerated: signal(false),
    /** A page of history is on its way. */
    loading: signal(false),
  };
}
export type ChatSlice = ReturnType<typeof createChatSlice>;

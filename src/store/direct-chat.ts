import { signal } from '@preact/signals-core';
import type { DirectMessage, DirectTarget, WireError } from '../protocol/index.ts';

/** One's own message to a role or a person, on its way. */
export interface PendingDirectMessage {
  readonly key: string;
  readonly to: DirectTarget;
  readonly text: string;
  readonly state: 'sending' | 'failed';
  readonly error: WireError | null;
}

export function createDirectChatSlice() {
  return {
    /** Those that one may read, in the order sent. */
    messages: signal<readonly DirectMessage[]>([]),
    /** There are earlier ones: `actions.loadEarlierDirectChat` has them. */
    hasEarlier: signal(false),
    pending: signal<readonly PendingDirectMessage[]>([]),
  };
}
export type DirectChatSlice = ReturnType<typeof createDirectChatSlice>;

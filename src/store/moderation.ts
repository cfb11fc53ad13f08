import { signal } from '@preact/signals-core';
import type { ChatPin } from '../protocol/index.ts';
import type { History } from './history.ts';

export function createModerationSlice() {
  return {
    /** What stands over the chat, oldest first. */
    pins: signal<History<readonly ChatPin[]>>([]),
    /** Between two messages of one who does not moderate; 0: as they like. Milliseconds. */
    slowModeMs: signal(0),
    /** When oneself last wrote in slow mode. Milliseconds since the epoch, server time. */
    wroteAt: signal<number | null>(null),
    /** Until when oneself may not write. Milliseconds since the epoch, server time. */
    timedOutUntil: signal<number | null>(null),
    /** Why, as far as it is known. */
    timeOutReason: signal(''),
    /** Nobody new comes in. */
    locked: signal(false),
    /** There are messages for oneself alone: the feature `directChat` has them. */
    hasDirectChat: signal(false),
  };
}
export type ModerationSlice = ReturnType<typeof createModerationSlice>;

import { computed, signal } from '@preact/signals-core';
import type { ChatPin, EventData, MessageId, RoleName } from '../protocol/index.ts';
import type { History } from './history.ts';

/** A message of one's own that is not told to others: it waits for a moderator, or was refused. */
export interface HeldOwnMessage {
  readonly id: MessageId;
  /** Empty where it was refused, and written elsewhere or before the page was loaded again. */
  readonly text: string;
  /** Server time. Milliseconds since the epoch. */
  readonly sentAt: number;
  readonly isRefused: boolean;
}

export function createModerationSlice() {
  const slice = {
    /** What stands over the chat, oldest first. */
    pins: signal<History<readonly ChatPin[]>>([]),
    /** Between two messages of one who does not moderate; 0: as they like. Milliseconds. */
    slowModeMs: signal(0),
    /** Roles that may write besides those who moderate; `null`: all. */
    writers: signal<readonly RoleName[] | null>(null),
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
    /** One's own messages that wait or were refused, in the order sent. */
    held: signal<readonly HeldOwnMessage[]>([]),
    /** Where messages of a crowd were left out ([C5]), in the order of the history. */
    sampled: signal<readonly EventData<'chatSampled'>[]>([]),
    /** All that there was to know when it was asked for is here. */
    isReady: signal(false),
  };
  return {
    ...slice,
    /** A chat has something of it to show. */
    isShown: computed(
      () =>
        slice.pins.value.length > 0 ||
        slice.slowModeMs.value > 0 ||
        slice.writers.value !== null ||
        slice.timedOutUntil.value !== null ||
        slice.locked.value ||
        slice.hasDirectChat.value ||
        slice.held.value.length > 0 ||
        slice.sampled.value.length > 0,
    ),
  };
}
export type ModerationSlice = ReturnType<typeof createModerationSlice>;

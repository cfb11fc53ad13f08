import { signal } from '@preact/signals-core';

export function createReactionsSlice() {
  return {
    /** Emoji that one may react with, in the order to show them. */
    available: signal<readonly string[]>([]),
    /** How many of each the room sent in the last quarter of a second in which it sent any; another array each time. */
    latest: signal<readonly (readonly [emoji: string, count: number])[]>([]),
  };
}
export type ReactionsSlice = ReturnType<typeof createReactionsSlice>;

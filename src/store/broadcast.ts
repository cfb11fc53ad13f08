import { signal } from '@preact/signals-core';
import type { BroadcastView } from '../protocol/index.ts';

export function createBroadcastSlice() {
  return {
    /** The broadcast that is on, or the last one; `null` before the first. */
    view: signal<BroadcastView | null>(null),
  };
}
export type BroadcastSlice = ReturnType<typeof createBroadcastSlice>;

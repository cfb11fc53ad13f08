import { signal } from '@preact/signals-core';
import type { LiveOverlay, RunOfShow } from '../protocol/index.ts';
import type { History } from './history.ts';

export function createOverlaysSlice() {
  return {
    /** What was on screen when; the last moment is now. Empty until the server has said it. */
    screen: signal<History<readonly LiveOverlay[]>>([]),
    /** `null` for who may not control it, and until the server has said it. */
    runOfShow: signal<RunOfShow | null>(null),
  };
}
export type OverlaysSlice = ReturnType<typeof createOverlaysSlice>;

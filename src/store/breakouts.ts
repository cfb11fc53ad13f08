import { signal } from '@preact/signals-core';
import type { BreakoutPerson, BreakoutsView, HelpCall } from '../protocol/index.ts';

export function createBreakoutsSlice() {
  return {
    /** `loading` until all of it has come. */
    state: signal<'loading' | 'ready' | 'failed'>('loading'),
    /** The rooms of the room; `null` where there are none, or only a draft that one may not know. */
    view: signal<BreakoutsView | null>(null),
    /** Who belongs where; empty for all who do not manage the rooms. */
    people: signal<readonly BreakoutPerson[]>([]),
    /** Who calls for help; empty for all who do not manage the rooms. */
    calls: signal<readonly HelpCall[]>([]),
  };
}
export type BreakoutsSlice = ReturnType<typeof createBreakoutsSlice>;

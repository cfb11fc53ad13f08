import { signal } from '@preact/signals-core';
import type { ChatPolicies, HeldMessage, LobbyView, ModerationEntry, SignalData } from '../protocol/index.ts';

export function createModerationDeskSlice() {
  return {
    /** `loading` until all of it has come; `failed`: it did not, and is asked for again on return. */
    state: signal<'loading' | 'ready' | 'failed'>('loading'),
    /** Messages that wait for a moderator, oldest first; for who does not moderate, their own. */
    held: signal<readonly HeldMessage[]>([]),
    /** Who waits to be let in; `null` where one may not know. */
    lobby: signal<LobbyView | null>(null),
    /** What holds for messages; `null` where one may not know. */
    policies: signal<ChatPolicies | null>(null),
    /** Who did what, the newest first, as far as it is loaded. */
    log: signal<readonly ModerationEntry[]>([]),
    /** There is more of the log. */
    hasOlder: signal(false),
    /** Where the messages lie that were reported since one is here. */
    reports: signal<readonly SignalData<'chatReported'>[]>([]),
  };
}
export type ModerationDeskSlice = ReturnType<typeof createModerationDeskSlice>;

import { signal } from '@preact/signals-core';
import type { BackstageView, HandView, OwnHand, ParticipantId, TalkbackVoice } from '../protocol/index.ts';

export function createHandsSlice() {
  return {
    /** `loading` until all of it has come. */
    state: signal<'loading' | 'ready' | 'failed'>('loading'),
    /** How many are raised. */
    count: signal(0),
    /** One's own hand, while it is raised. */
    own: signal<OwnHand | null>(null),
    /** One publishes without being on stage. */
    isBackstage: signal(false),
    /** In the order raised; empty for all who do not call people up. */
    queue: signal<readonly HandView[]>([]),
    /** Who is backstage; empty for all who do not call people up. */
    backstage: signal<readonly BackstageView[]>([]),
    /** Who talks to oneself backstage. */
    talkback: signal<readonly TalkbackVoice[]>([]),
    /** Who hears one's own talkback. */
    talkingTo: signal<readonly ParticipantId[]>([]),
  };
}
export type HandsSlice = ReturnType<typeof createHandsSlice>;

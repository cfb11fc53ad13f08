import { signal } from '@preact/signals-core';
import type { ParticipantId, StreamId, StreamView, TalkbackStream } from '../protocol/index.ts';

/** How a remote stream arrives here. `waiting`: subscribed, no frame yet. `starved`: the link cannot carry it. */
export type Reception = 'idle' | 'waiting' | 'playing' | 'starved';

export function createStageSlice() {
  return {
    /** The first streams are on their way: elements that stand wait with drawing the room until their path is being looked for. */
    arriving: signal(false),
    streams: signal<ReadonlyMap<StreamId, StreamView>>(new Map()),
    /** What is published behind the stage, for those who may watch it there, and voices for those who are there. */
    backstage: signal<ReadonlyMap<StreamId, StreamView | TalkbackStream>>(new Map()),
    /** Program spotlight, for everyone. */
    spotlight: signal<ParticipantId | null>(null),
    /** Local pin, for this viewer alone. */
    pinned: signal<ParticipantId | null>(null),
    activeSpeaker: signal<ParticipantId | null>(null),
    /** Decibels relative to full scale, −127 to 0. */
    levels: signal<ReadonlyMap<ParticipantId, number>>(new Map()),
    /** 0 (nothing arrives) to 4 (good). */
    qualities: signal<ReadonlyMap<ParticipantId, number>>(new Map()),
    receptions: signal<ReadonlyMap<StreamId, Reception>>(new Map()),
  };
}
export type StageSlice = ReturnType<typeof createStageSlice>;

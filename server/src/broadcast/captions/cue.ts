import type { Caption } from '../../../../src/protocol/index.ts';

/** What is shown for a while; on whatever clock. Milliseconds. */
export interface Cue {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly speaker: string | null;
}

const READING_MS_A_LETTER = 60;
const SHORTEST_MS = 1_500;
const LONGEST_MS = 7_000;

const readingMs = (text: string): number =>
  Math.min(LONGEST_MS, Math.max(SHORTEST_MS, text.length * READING_MS_A_LETTER));

/**
 * In a stream that is watched as it is made: from the moment its words were known, since what came before has been played.
 * So no segment that has been listed ever changes.
 */
export function liveCue({ endedAt, text, speaker }: Caption): Cue {
  return { from: endedAt, to: endedAt + readingMs(text), text, speaker: speaker?.name ?? null };
}

/** In a recording: from when it was said. */
export function recordedCue({ startedAt, endedAt, text, speaker }: Caption): Cue {
  return { from: startedAt, to: Math.max(endedAt, startedAt + readingMs(text)), text, speaker: speaker?.name ?? null };
}

/** No cue is shown for longer than it was spoken and this. Milliseconds. */
export const LONGEST_CUE_MS = LONGEST_MS;

/** Those that are shown in a stretch, on its clock. */
export function cuesWithin(cues: readonly Cue[], from: number, to: number): readonly Cue[] {
  return cues.filter((cue) => cue.from < to && cue.to > from);
}

/** Moved to another clock. */
export const moved = (cue: Cue, byMs: number): Cue => ({ ...cue, from: cue.from + byMs, to: cue.to + byMs });

import { signal } from '@preact/signals-core';

/** The sound of the room as heard here. */
export function createPlaybackSlice() {
  return {
    /** The browser refuses sound until the viewer touches the page. */
    blocked: signal(false),
    muted: signal(false),
    /** 0 to 1. */
    volume: signal(1),
  };
}
export type PlaybackSlice = ReturnType<typeof createPlaybackSlice>;

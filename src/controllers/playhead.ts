import type { Store } from '../store/store.ts';

/**
 * When events are shown. `playhead`: once the reader's own picture has got there; by WebRTC that is at once.
 * `live`: as soon as they come.
 */
export type Align = 'playhead' | 'live';

/** The server's time up to which events are shown; milliseconds since the epoch, infinite for all. Inside a signal watcher it subscribes. */
export function shownUntil({ playback }: Store, align: Align): number {
  if (align === 'live' || playback.showing.value !== 'program') return Number.POSITIVE_INFINITY;
  return playback.programTime.value ?? Number.POSITIVE_INFINITY;
}

import type { Store } from '../../store/store.ts';

/** Whether nothing is heard, by whatever cause; inside a signal watcher it subscribes to them. */
export function isSilent({ playback }: Store): boolean {
  return playback.muted.value || playback.blocked.value || playback.volume.value === 0;
}

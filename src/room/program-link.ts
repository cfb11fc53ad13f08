import { effect, untracked } from '@preact/signals-core';
import type { ProgramSource } from '../media/program/program-media.ts';
import type { BroadcastView } from '../protocol/index.ts';
import { broadcastPlays } from '../store/selectors.ts';
import type { Store } from '../store/store.ts';

/** What of the programme is told by signals. */
export interface ToldProgram {
  setSource(source: ProgramSource | null): void;
  setSound(volume: number, muted: boolean): void;
}

/** Tells what plays the programme where it is and how loud it should be. `source` reads signals. Returns how to stop. */
export function linkProgram(
  program: ToldProgram,
  { playback }: Pick<Store, 'playback'>,
  source: () => ProgramSource | null,
): () => void {
  const stops = [
    effect(() => {
      const value = source();
      untracked(() => program.setSource(value));
    }),
    effect(() => {
      const volume = playback.volume.value;
      const muted = playback.muted.value;
      untracked(() => program.setSound(volume, muted));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Where the room's broadcast is. `server`: what its paths are relative to. One that is over is still played to its end. */
export function broadcastSource(store: Store, server: string): ProgramSource | null {
  const view = store.broadcast.view.value;
  if (view === null || (!broadcastPlays(store) && view.state !== 'HLS_STOPPED' && view.state !== 'HLS_FAILED'))
    return null;
  return sourceOf(view, server);
}

function sourceOf({ livestreamUrl, playbackHlsUrl, startedAt }: BroadcastView, server: string): ProgramSource | null {
  // Over, it is no longer where it was live.
  const liveUrl = livestreamUrl ?? playbackHlsUrl;
  if (liveUrl === null) return null;
  const resolve = (url: string) => new URL(url, server).href;
  return {
    liveUrl: resolve(liveUrl),
    rewindUrl: playbackHlsUrl === null ? null : resolve(playbackHlsUrl),
    startedAt,
    own: true,
  };
}

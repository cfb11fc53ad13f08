import { DEFAULT_BROADCAST_OPTIONS, type BroadcastView } from '../protocol/index.ts';

/** A broadcast that plays, but for what is said. */
export function fakeBroadcast(view: Partial<BroadcastView>): BroadcastView {
  return {
    state: 'HLS_PLAYABLE',
    livestreamUrl: '/broadcasts/fake/live.m3u8',
    playbackHlsUrl: '/broadcasts/fake/playback.m3u8',
    startedAt: Date.now(),
    reason: null,
    retrying: false,
    options: DEFAULT_BROADCAST_OPTIONS,
    ...view,
  };
}

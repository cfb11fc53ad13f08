import { connectionMessage } from '../connection-message.ts';
import { airedBroadcast, broadcastPlays, self, selfRole } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

/**
 * What the player has to show.
 * `idle`: not asked to join · `connecting` · `waiting`: nobody is live · `live`: the stage · `unsupported`: no WebRTC here ·
 * `broadcastOff`: the role watches the broadcast, which has not started or has failed · `program`: the broadcast, or a recording ·
 * `broadcastOver`: the broadcast has ended · `blind`: the role watches nothing · `over`: out of the room.
 */
export type PlayerPhase =
  | 'idle'
  | 'connecting'
  | 'waiting'
  | 'live'
  | 'unsupported'
  | 'broadcastOff'
  | 'program'
  | 'broadcastOver'
  | 'blind'
  | 'over';

/** Reads the phase; inside a signal watcher it subscribes to it. */
export function playerPhase(store: Store | undefined): PlayerPhase {
  if (store === undefined) return 'connecting';
  if (connectionMessage(store) !== undefined) return 'over';
  const state = store.connection.state.value;
  if (state === 'idle') return 'idle';
  const role = selfRole(store);
  if (role === null || self(store) === null || state === 'connecting') return 'connecting';
  if (role.watch === 'none') return 'blind';
  if (role.watch === 'hls') return broadcastPhase(store);
  if (!store.localMedia.supported.value) return 'unsupported';
  return store.stage.streams.value.size > 0 ? 'live' : 'waiting';
}

function broadcastPhase(store: Store): PlayerPhase {
  if (broadcastPlays(store)) return 'program';
  const { rewinding, state } = store.playback;
  // Who looks at an earlier moment sees it to the end.
  if (rewinding.value && state.value !== 'ended') return 'program';
  return airedBroadcast(store)?.state === 'HLS_STOPPED' ? 'broadcastOver' : 'broadcastOff';
}

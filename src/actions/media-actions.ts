import { ProtocolError } from '../protocol/errors.ts';
import { mayOpen } from '../store/selectors.ts';
import type { ActionParts } from './action-parts.ts';
import type { RoomActions } from './room-actions.ts';

type MediaActions = Pick<
  RoomActions,
  | 'startSource'
  | 'stopSource'
  | 'setSourceMuted'
  | 'selectDevice'
  | 'refreshDevices'
  | 'useTestMedia'
  | 'attachStream'
  | 'attachSource'
  | 'listen'
  | 'resumePlayback'
  | 'attachProgram'
  | 'commandProgram'
  | 'show'
  | 'setPlaybackMuted'
  | 'setVolume'
>;

export function createMediaActions({ media, program, store }: ActionParts): MediaActions {
  const { connection, playback } = store;
  /** Counted, as one that shows something else meanwhile has the last word. */
  let shows = 0;
  return {
    // Not `async`: the screen's picker opens within the user's gesture only.
    startSource(source) {
      const isIn = connection.state.value === 'joined' || connection.state.value === 'reconnecting';
      if (isIn && !mayOpen(store, source))
        return Promise.reject(new ProtocolError('forbidden', `the role does not publish ${source}`));
      return media.startSource(source);
    },

    async stopSource(source) {
      media.stopSource(source);
    },

    setSourceMuted: (source, muted) => media.setSourceMuted(source, muted),
    selectDevice: (kind, deviceId) => media.selectDevice(kind, deviceId),
    refreshDevices: () => media.refreshDevices(),
    useTestMedia: (on) => media.useTestMedia(on),
    attachStream: (streamId, element) => media.attachStream(streamId, element),
    attachSource: (source, element) => media.attachSource(source, element),
    listen: () => media.listen(),
    attachProgram: (element) => program.attach(element),
    commandProgram: (command) => program.command(command),

    async show(showing) {
      const turn = ++shows;
      const crossed = program.show(showing);
      // The stage is received for as long as it is shown: until nothing of it is heard any more.
      if (showing === 'program' && playback.showing.peek() === 'stage') await crossed;
      if (turn === shows) playback.showing.value = showing;
      await crossed;
    },

    async resumePlayback() {
      await Promise.all([media.resumePlayback(), program.resume()]);
    },

    setPlaybackMuted(muted) {
      playback.muted.value = muted;
      media.setPlaybackMuted(muted);
    },

    setVolume(volume) {
      playback.volume.value = Math.min(1, Math.max(0, volume));
      media.setVolume(playback.volume.value);
    },
  };
}

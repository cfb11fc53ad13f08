import { effect } from '@preact/signals-core';
import type { RoomMedia } from '../media/room-media.ts';
import { selfRole } from '../store/selectors.ts';
import type { Store } from '../store/store.ts';

/** Tells the media what the store says should be: streams to receive, sources to send. Until the signal aborts. */
export function linkMedia(media: RoomMedia, store: Store, signal: AbortSignal): void {
  const { connection, participants, stage } = store;
  const stops = [
    effect(() => {
      media.setStreams(stage.streams.value, participants.selfId.value);
    }),
    effect(() => {
      const role = selfRole(store);
      media.setWatching(role === null || role.watch === 'webrtc');
    }),
    effect(() => {
      const isIn = connection.state.value === 'joined' || connection.state.value === 'reconnecting';
      media.setPublishable(isIn ? (selfRole(store)?.publish ?? []) : null);
    }),
  ];
  signal.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
}

import { computed, effect } from '@preact/signals-core';
import type { RoomMedia } from '../media/room-media.ts';
import { selfRole } from '../store/selectors.ts';
import type { Store } from '../store/store.ts';

/** Tells the media what the store says should be: streams to receive, sources to send. Until the signal aborts. */
export function linkMedia(media: RoomMedia, store: Store, signal: AbortSignal): void {
  const { connection, participants, stage } = store;
  // Who comes and goes changes nothing here as long as one's own role stays.
  const role = computed(() => selfRole(store));
  const stops = [
    effect(() => {
      media.setStreams(stage.streams.value, participants.selfId.value);
    }),
    effect(() => {
      media.setWatching(role.value === null || role.value.watch === 'webrtc');
    }),
    effect(() => {
      const isIn = connection.state.value === 'joined' || connection.state.value === 'reconnecting';
      media.setPublishable(isIn ? (role.value?.publish ?? []) : null);
    }),
  ];
  signal.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
}

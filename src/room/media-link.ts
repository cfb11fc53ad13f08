import { computed, effect, untracked } from '@preact/signals-core';
import type { RoomMedia } from '../media/room-media.ts';
import { selfRole } from '../store/selectors.ts';
import type { Store } from '../store/store.ts';

/** Tells the media what the store says should be: streams to receive, sources to send. Until the signal aborts. */
export function linkMedia(media: RoomMedia, store: Store, signal: AbortSignal): void {
  const { connection, participants, playback, stage } = store;
  // Who comes and goes changes nothing here as long as one's own role stays.
  const role = computed(() => selfRole(store));
  // What media read of the store while they are told is no reason to tell them again.
  const stops = [
    effect(() => {
      const backstage = stage.backstage.value;
      const streams = backstage.size > 0 ? new Map([...stage.streams.value, ...backstage]) : stage.streams.value;
      const selfId = participants.selfId.value;
      untracked(() => media.setStreams(streams, selfId));
    }),
    effect(() => {
      // Who goes over to the broadcast sees the stage until that has a picture.
      const watching = role.value === null || role.value.watch === 'webrtc' || playback.showing.value === 'stage';
      untracked(() => media.setWatching(watching));
    }),
    effect(() => {
      const state = connection.state.value;
      const isIn = state === 'joined' || state === 'reconnecting';
      const publishable = isIn ? (role.value?.publish ?? []) : null;
      untracked(() => {
        if (state === 'connecting' && connection.aboutToWatch.value) media.preload();
        media.setPublishable(publishable);
      });
    }),
  ];
  signal.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
}

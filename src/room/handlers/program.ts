import { batch } from '@preact/signals-core';
import type { ProgramObserver } from '../../media/program/program-media.ts';
import type { WritableStore } from '../../store/store.ts';

/** Writes into the store what plays the programme reports. */
export function createProgramObserver(
  { playback }: Pick<WritableStore, 'playback'>,
  { serverTime, sourceExpired }: { serverTime: () => number; sourceExpired: (url: string) => void },
): ProgramObserver {
  return {
    stateChanged(state, failure) {
      batch(() => {
        playback.state.value = state;
        playback.failure.value = failure;
      });
    },
    timelineChanged(timeline) {
      const { value } = playback.timeline;
      if (timeline === value) return;
      if (timeline && value && Object.entries(timeline).every(([key, one]) => Reflect.get(value, key) === one)) return;
      playback.timeline.value = timeline;
    },
    tracksChanged(tracks) {
      playback.tracks.value = tracks;
    },
    programTimeChanged(programTime) {
      batch(() => {
        playback.programTime.value = programTime;
        playback.latency.value = programTime === null ? null : Math.max(0, serverTime() - programTime) / 1_000;
      });
    },
    rewindingChanged(rewinding) {
      playback.rewinding.value = rewinding;
    },
    playbackBlocked(blocked) {
      playback.blocked.value = blocked;
    },
    sourceExpired,
  };
}

import { batch } from '@preact/signals-core';
import type { RoomActions } from '../actions/room-actions.ts';
import type { ProgramTimeline } from '../store/playback.ts';
import type { WritableStore } from '../store/store.ts';
import type { FakePictures } from './fake-pictures.ts';
import type { FakeProgramOptions } from './fake-room-options.ts';

const TIMELINE: ProgramTimeline = { live: true, position: 1_800, start: 0, end: 1_800, atLive: true };
const LEVELS = [
  { id: '0', height: 360, bitrate: 896_000 },
  { id: '1', height: 720, bitrate: 2_628_000 },
  { id: '2', height: 1_080, bitrate: 5_160_000 },
];

/** Makes the broadcast play so; what is not said stays as it was, or as in one that is watched live. */
export function setFakeProgram({ playback }: WritableStore, options: FakeProgramOptions): void {
  batch(() => {
    if (options.state !== undefined) playback.state.value = options.state;
    if (options.failure !== undefined) playback.failure.value = options.failure;
    playback.timeline.value = { ...(playback.timeline.value ?? TIMELINE), ...options.timeline };
    const none = playback.tracks.value.levels.length === 0;
    playback.tracks.value = {
      ...playback.tracks.value,
      ...(none ? { levels: LEVELS, playing: '1' } : {}),
      ...options.tracks,
    };
    if (options.programTime !== undefined) playback.programTime.value = options.programTime;
    if (options.latency !== undefined) playback.latency.value = options.latency;
  });
}

/** The verbs of a broadcast that is but a generated picture. */
export function createFakeProgram(
  store: WritableStore,
  pictures: FakePictures,
): Pick<RoomActions, 'attachProgram' | 'commandProgram' | 'show'> {
  const { playback } = store;
  const moveTo = (position: number) => {
    const { value } = playback.timeline;
    if (value === null) return;
    const inside = Math.min(value.end, Math.max(value.start, position));
    playback.timeline.value = { ...value, position: inside, atLive: value.live && value.end - inside < 3 };
  };
  return {
    attachProgram(element) {
      if (playback.state.value === 'idle') playback.state.value = 'playing';
      const silent = ['waiting', 'loading', 'failed'].includes(playback.state.value);
      return silent ? () => {} : pictures.attach('program', store.connection.title.value, false, element);
    },
    commandProgram(command) {
      const { value: timeline } = playback.timeline;
      switch (command.type) {
        case 'play':
        case 'retry':
          playback.failure.value = null;
          playback.state.value = 'playing';
          break;
        case 'pause':
          playback.state.value = 'paused';
          break;
        case 'goLive':
          playback.state.value = 'playing';
          if (timeline) moveTo(timeline.end);
          break;
        case 'seek':
          moveTo(command.position);
          break;
        case 'chooseLevel':
          playback.tracks.value = { ...playback.tracks.value, level: command.id };
          break;
        case 'chooseCaption':
          playback.tracks.value = { ...playback.tracks.value, caption: command.id };
      }
    },
    async show(showing) {
      playback.showing.value = showing;
    },
  };
}

import { signal } from '@preact/signals-core';
import type { MediaErrorCode, SentSource, Source } from '../protocol/index.ts';

/** What one publishes, or is about to. `muted`: the microphone is open and silent, or the camera is released. */
export interface LocalSource {
  readonly status: 'off' | 'starting' | 'live' | 'muted' | 'failed';
  readonly error: MediaErrorCode | null;
  /** The stream's own picture or sound, for a preview. */
  readonly track: MediaStreamTrack | null;
  /** Sent to the room by now. */
  readonly published: boolean;
}

/** What one publishes, by source; `talkback` once one has talked to somebody backstage. */
export type LocalSources = Readonly<Record<Source, LocalSource> & Partial<Record<SentSource, LocalSource>>>;

export interface DeviceView {
  readonly id: string;
  readonly label: string;
}

export type DeviceKind = 'camera' | 'microphone' | 'speaker';

export const SOURCE_OFF: LocalSource = { status: 'off', error: null, track: null, published: false };

/** `measureLevel` is called when somebody begins to watch the level, and what it returns when nobody does any more. */
export function createLocalMediaSlice(measureLevel: () => () => void) {
  let stopMeasuring = (): void => {};
  return {
    sources: signal<LocalSources>({
      camera: SOURCE_OFF,
      microphone: SOURCE_OFF,
      screen: SOURCE_OFF,
      screenAudio: SOURCE_OFF,
    }),
    devices: signal<Readonly<Record<DeviceKind, readonly DeviceView[]>>>({ camera: [], microphone: [], speaker: [] }),
    selected: signal<Readonly<Record<DeviceKind, string | null>>>({ camera: null, microphone: null, speaker: null }),
    /** Own microphone, 0 to 1, also while muted. Measured only while somebody watches. */
    microphoneLevel: signal(0, {
      watched() {
        stopMeasuring = measureLevel();
      },
      unwatched() {
        stopMeasuring();
      },
    }),
    /** The browser has no WebRTC: watching and publishing by it are out of the question, chat is not. */
    supported: signal(true),
  };
}
export type LocalMediaSlice = ReturnType<typeof createLocalMediaSlice>;

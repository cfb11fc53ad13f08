import type { RoomMedia, RoomMediaObserver } from '../../media/room-media.ts';
import type { LocalSource } from '../../store/local-media.ts';
import type { SentSource } from '../../protocol/index.ts';
import type { WritableStore } from '../../store/store.ts';
import type { SignalHandlers } from './handlers.ts';
import { changed } from './map-changes.ts';

type MediaSignals = Pick<SignalHandlers, 'subscriptionEnded' | 'subscriptionLayerChanged' | 'mediaReset'>;

/** What the server says of one's own media goes to who handles it. */
export function createMediaSignals(media: RoomMedia): MediaSignals {
  return {
    subscriptionEnded: (data) => media.subscriptionEnded(data),
    subscriptionLayerChanged: (data) => media.subscriptionLayerChanged(data),
    mediaReset: (data) => media.mediaReset(data),
  };
}

/** Writes into the store what devices and engine report. */
export function createMediaObserver(store: WritableStore): RoomMediaObserver {
  const { localMedia, playback, stage } = store;
  const changeSource = (source: SentSource, change: Partial<LocalSource>): void => {
    const sources = localMedia.sources.value;
    localMedia.sources.value = { ...sources, [source]: { ...sources[source], ...change } };
  };

  return {
    sourceChanged: changeSource,

    published(source, published) {
      changeSource(source, { published });
    },

    received(streamId, reception) {
      const { receptions, streams } = stage;
      // The last word on a stream may come after its end.
      if (streams.value.has(streamId)) receptions.value = changed(receptions.value, streamId, reception);
    },

    arriving(arriving) {
      stage.arriving.value = arriving;
    },

    devicesChanged(devices) {
      localMedia.devices.value = devices;
    },

    selectedChanged(selected) {
      localMedia.selected.value = selected;
    },

    levelMeasured(level) {
      localMedia.microphoneLevel.value = level;
    },

    playbackBlocked(blocked) {
      playback.blocked.value = blocked;
    },
  };
}

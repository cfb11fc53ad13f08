import { batch } from '@preact/signals-core';
import type { WritableStore } from '../../store/store.ts';
import type { EventHandlers, SignalHandlers } from './handlers.ts';
import { changed, without } from './map-changes.ts';

type StageEvents = Pick<EventHandlers, 'streamPublished' | 'streamUnpublished' | 'streamMuted' | 'spotlightChanged'>;
type StageSignals = Pick<SignalHandlers, 'activeSpeakerChanged' | 'levelsMeasured' | 'qualityMeasured'>;

export function createStageEvents(store: WritableStore): StageEvents {
  const { streams, receptions, spotlight } = store.stage;
  return {
    streamPublished({ stream }) {
      streams.value = changed(streams.value, stream.id, stream);
    },

    streamUnpublished({ streamId }) {
      batch(() => {
        streams.value = without(streams.value, streamId);
        receptions.value = without(receptions.value, streamId);
      });
    },

    streamMuted({ streamId, muted, mutedBy }) {
      const stream = streams.value.get(streamId);
      if (stream) streams.value = changed(streams.value, streamId, { ...stream, muted, mutedBy });
    },

    spotlightChanged({ participantId }) {
      spotlight.value = participantId;
    },
  };
}

export function createStageSignals(store: WritableStore): StageSignals {
  return {
    activeSpeakerChanged({ participantId }) {
      store.stage.activeSpeaker.value = participantId;
    },

    levelsMeasured({ levels }) {
      store.stage.levels.value = new Map(levels);
    },

    qualityMeasured({ qualities }) {
      store.stage.qualities.value = new Map(qualities);
    },
  };
}

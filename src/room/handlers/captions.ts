import { batch } from '@preact/signals-core';
import type { Caption } from '../../protocol/index.ts';
import { createCaptionsSlice } from '../../store/captions.ts';
import type { Feature, FeatureParts } from '../features.ts';

/** Enough for a picture that is minutes behind. */
const KEPT_CAPTIONS = 200;

export function createCaptions({ request }: FeatureParts): Feature<'captions'> {
  const slice = createCaptionsSlice();

  /** By index, each once: an answer may hold what events have told already. */
  const add = (captions: readonly Caption[]): void => {
    const byIndex = new Map([...slice.spoken.value, ...captions].map((each) => [each.index, each]));
    slice.spoken.value = [...byIndex.values()].sort((one, other) => one.index - other.index).slice(-KEPT_CAPTIONS);
    slice.drafts.value = slice.drafts.value.filter(({ id }) => captions.every((each) => each.id !== id));
  };

  return {
    slice,
    restoresAfterBreak: true,
    events: {
      captionSpoken({ caption }) {
        batch(() => add([caption]));
      },
    },
    signals: {
      captionsHeard({ drafts }) {
        slice.drafts.value = drafts;
      },
    },
    async restore() {
      const { captions, drafts } = await request('getCaptions', {});
      batch(() => {
        slice.drafts.value = drafts;
        add(captions);
      });
    },
  };
}

import { createReactionsSlice } from '../../store/reactions.ts';
import type { Feature, FeatureParts } from '../features.ts';

export function createReactions({ request }: FeatureParts): Feature<'reactions'> {
  const slice = createReactionsSlice();
  return {
    slice,
    signals: {
      reactionsCounted({ counts }) {
        slice.latest.value = counts;
      },
    },
    async restore() {
      slice.available.value = (await request('getReactions', {})).available;
    },
  };
}

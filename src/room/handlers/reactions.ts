import type { WritableStore } from '../../store/store.ts';
import type { Feature } from '../features.ts';

export function createReactions(store: WritableStore): Feature {
  return {
    signals: {
      reactionsCounted({ counts }) {
        store.reactions.latest.value = counts;
      },
    },
  };
}

import { DEFAULT_REACTIONS } from '../protocol/index.ts';
import { createReactionsSlice } from '../store/reactions.ts';
import type { FakeFeature } from './fake-features.ts';

export function createFakeReactions(available: readonly string[] = DEFAULT_REACTIONS): FakeFeature<'reactions'> {
  const slice = createReactionsSlice();
  slice.available.value = available;
  return {
    slice,
    answers: {
      sendReaction({ emoji, count }) {
        slice.latest.value = [[emoji, count]];
        return { counted: count };
      },
    },
  };
}

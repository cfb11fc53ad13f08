import { batch } from '@preact/signals-core';
import type { BackstageView } from '../../protocol/index.ts';
import { createHandsSlice } from '../../store/hands.ts';
import type { Feature, FeatureParts } from '../features.ts';

export function createHands({ store, request }: FeatureParts): Feature<'hands'> {
  const slice = createHandsSlice();
  const { state, count, own, isBackstage, queue, backstage } = slice;
  /** Counts what was told, so that an answer which it overtook is asked for again. */
  let told = 0;

  /** What is behind the stage is received like the rest, and is not on stage. */
  const setBackstage = (people: readonly BackstageView[]): void => {
    batch(() => {
      backstage.value = people;
      const streams = people.flatMap((person) => person.streams);
      store.stage.backstage.value = new Map(streams.map((stream) => [stream.id, stream]));
    });
  };

  const restore = async (): Promise<void> => {
    try {
      let before: number;
      do {
        before = told;
        // oxlint-disable-next-line no-await-in-loop -- each answer shows whether the next is needed
        const whole = await request('getHands', {});
        batch(() => {
          count.value = whole.count;
          own.value = whole.own;
          isBackstage.value = whole.isBackstage;
          queue.value = whole.queue;
          setBackstage(whole.backstage);
          state.value = 'ready';
        });
      } while (told !== before);
    } catch (error) {
      if (state.value === 'loading') state.value = 'failed';
      throw error;
    }
  };

  return {
    slice,
    restore,
    signals: {
      handsCounted(data) {
        count.value = data.count;
      },
      ownHandChanged(data) {
        told += 1;
        own.value = data.own;
      },
      handQueueChanged({ raised, lowered }) {
        told += 1;
        const next = new Map(queue.value.map((hand) => [hand.participantId, hand]));
        for (const id of lowered) next.delete(id);
        for (const hand of raised) next.set(hand.participantId, hand);
        queue.value = [...next.values()];
      },
      backstageChanged(data) {
        told += 1;
        setBackstage(data.backstage);
      },
      ownBackstageChanged(data) {
        told += 1;
        isBackstage.value = data.isBackstage;
      },
      // Told on every return and after each change of what one may know: signals in between were missed.
      permissionsChanged() {
        restore().catch(() => undefined);
      },
    },
  };
}

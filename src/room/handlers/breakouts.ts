import { batch } from '@preact/signals-core';
import { createBreakoutsSlice } from '../../store/breakouts.ts';
import type { Feature, FeatureParts } from '../features.ts';

export function createBreakouts({ request }: FeatureParts): Feature<'breakouts'> {
  const slice = createBreakoutsSlice();
  const { state, view, people, calls } = slice;
  /** Counts what was told, so that an answer which it overtook is asked for again. */
  let told = 0;

  const restore = async (): Promise<void> => {
    try {
      let before: number;
      do {
        before = told;
        // oxlint-disable-next-line no-await-in-loop -- each answer shows whether the next is needed
        const whole = await request('getBreakouts', {});
        batch(() => {
          view.value = whole.breakouts;
          people.value = whole.people;
          calls.value = whole.calls;
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
      breakoutsChanged(data) {
        told += 1;
        view.value = data.breakouts;
        if (data.breakouts === null) people.value = [];
      },
      breakoutPeopleChanged(data) {
        told += 1;
        const next = new Map(people.value.map((person) => [person.participantId, person]));
        for (const person of data.people) next.set(person.participantId, person);
        people.value = [...next.values()];
      },
      helpCallsChanged(data) {
        told += 1;
        calls.value = data.calls;
      },
      // Told on every return and after each change of what one may know: signals in between were missed.
      permissionsChanged() {
        restore().catch(() => undefined);
      },
    },
  };
}

import { computed, effect } from '@preact/signals-core';
import type { ParticipantId } from '../../protocol/index.ts';
import type { Store } from '../../store/store.ts';

const SILENT_DECIBELS = -60;
const LOUD_DECIBELS = -12;
const STEPS = 10;

/**
 * Tells how loud a participant is, 0 to 1 in steps of a tenth, and whether they are the one who speaks.
 * Apart from the tile's own drawing, because levels change many times a second.
 */
export function watchLevel(
  store: Store,
  id: ParticipantId,
  listener: (level: number, speaking: boolean) => void,
): () => void {
  const level = computed(() => {
    const decibels = store.stage.levels.value.get(id) ?? -127;
    const share = (decibels - SILENT_DECIBELS) / (LOUD_DECIBELS - SILENT_DECIBELS);
    return Math.round(Math.min(1, Math.max(0, share)) * STEPS) / STEPS;
  });
  const speaking = computed(() => level.value > 0 || store.stage.activeSpeaker.value === id);
  return effect(() => listener(level.value, speaking.value));
}

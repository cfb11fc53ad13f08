import { batch } from '@preact/signals-core';
import type { LiveOverlay, OverlayState } from '../../protocol/index.ts';
import { withMoment, type History } from '../../store/history.ts';
import { createOverlaysSlice } from '../../store/overlays.ts';
import type { Feature, FeatureParts } from '../features.ts';

/** Answers that events overtook are asked for again so often. */
const ATTEMPTS = 3;

export function createOverlays({ request }: FeatureParts): Feature<'overlays'> {
  const slice = createOverlaysSlice();
  /** Revisions of the latest event or signal, and of the answer that told all ([O2]). */
  let told = -1;
  let answered = -1;

  const change = (revision: number, at: number, edit: (live: readonly LiveOverlay[]) => readonly LiveOverlay[]) => {
    if (revision <= answered) return;
    told = Math.max(told, revision);
    slice.screen.value = withMoment(slice.screen.value, at, edit(slice.screen.value.at(-1)?.value ?? []));
  };

  const apply = ({ revision, live, runOfShow }: OverlayState): void => {
    answered = revision;
    batch(() => {
      slice.screen.value = sinceTaken(live);
      slice.runOfShow.value = runOfShow;
    });
  };

  return {
    slice,
    restoresAfterBreak: true,
    events: {
      overlayTaken({ revision, overlay }) {
        change(revision, overlay.takenAt, (live) => [...live.filter(({ layer }) => layer !== overlay.layer), overlay]);
      },
      overlaysCleared({ revision, overlayIds, clearedAt }) {
        change(revision, clearedAt, (live) => live.filter(({ id }) => !overlayIds.includes(id)));
      },
    },
    signals: {
      runOfShowChanged({ revision, runOfShow }) {
        if (revision < answered) return;
        told = Math.max(told, revision);
        slice.runOfShow.value = runOfShow;
      },
    },
    async restore() {
      told = -1;
      answered = -1;
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const state = await request('getOverlays', {});
        if (state.revision >= told) return apply(state);
      }
    },
  };
}

/** What is there now, each from its taking on: the picture may be behind. */
function sinceTaken(live: readonly LiveOverlay[]): History<readonly LiveOverlay[]> {
  const inOrder = [...live].sort((one, other) => one.takenAt - other.takenAt);
  const moments = inOrder.map(({ takenAt }, index) => ({ from: takenAt, value: inOrder.slice(0, index + 1) }));
  return [{ from: 0, value: [] }, ...moments];
}

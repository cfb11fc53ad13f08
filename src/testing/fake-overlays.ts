import {
  OVERLAY_LAYER_OF,
  type CueId,
  type LiveOverlay,
  type OverlayContent,
  type OverlayCue,
  type OverlayId,
} from '../protocol/index.ts';
import { may } from '../store/selectors.ts';
import { withMoment } from '../store/history.ts';
import { createOverlaysSlice } from '../store/overlays.ts';
import type { FakeFeature } from './fake-features.ts';
import type { FakeRoomModel } from './fake-room-model.ts';

export interface FakeOverlaysOptions {
  /** What is on screen. */
  readonly live?: readonly OverlayContent[];
  /** The run of show; each with an id `cue-1`, `cue-2`. */
  readonly cues?: readonly OverlayContent[];
  /** Place of the cue taken last, from 0. */
  readonly current?: number;
}

const cueOf = (content: OverlayContent, index: number): OverlayCue => ({
  id: `cue-${index + 1}` as CueId,
  note: '',
  content,
  staysMs: null,
});

export function createFakeOverlays(model: FakeRoomModel, options: FakeOverlaysOptions = {}): FakeFeature<'overlays'> {
  const slice = createOverlaysSlice();
  const cues = (options.cues ?? []).map(cueOf);
  const run = () => slice.runOfShow.value ?? { cues: [], current: null };
  const live = () => slice.screen.value.at(-1)?.value ?? [];
  const put = (content: OverlayContent, cueId: CueId | null, staysMs: number | null): void => {
    const takenAt = model.nextTime();
    const isRelative = 'afterMs' in content && content.at === null && content.afterMs !== null;
    const overlay: LiveOverlay = {
      id: model.nextId('overlay-') as OverlayId,
      cueId,
      layer: OVERLAY_LAYER_OF[content.kind],
      content: isRelative ? { ...content, at: Date.now() + (content.afterMs ?? 0) } : content,
      takenAt,
      clearsAt: staysMs === null ? null : takenAt + staysMs,
    };
    const others = live().filter(({ layer }) => layer !== overlay.layer);
    slice.screen.value = withMoment(slice.screen.value, takenAt, [...others, overlay]);
  };
  const insert = (cue: OverlayCue, before: CueId | null): void => {
    const others = run().cues.filter(({ id }) => id !== cue.id);
    const place = others.findIndex(({ id }) => id === before);
    slice.runOfShow.value = { ...run(), cues: others.toSpliced(place < 0 ? others.length : place, 0, cue) };
  };

  slice.screen.value = withMoment([], 0, []);
  for (const content of options.live ?? []) put(content, null, null);
  const current = options.current === undefined ? null : (cues[options.current]?.id ?? null);
  const taken = cues.find(({ id }) => id === current);
  if (taken) put(taken.content, taken.id, null);
  if (may(model.store, 'overlay.control')) slice.runOfShow.value = { cues, current };

  return {
    slice,
    answers: {
      saveCue({ cue, before }) {
        const place = run().cues.findIndex(({ id }) => id === cue.id);
        if (place < 0 || before !== undefined) insert(cue, before ?? null);
        else slice.runOfShow.value = { ...run(), cues: run().cues.with(place, cue) };
        return {};
      },
      moveCue({ cueId, before }) {
        const cue = run().cues.find(({ id }) => id === cueId);
        if (cue) insert(cue, before);
        return {};
      },
      removeCue({ cueId }) {
        slice.runOfShow.value = { ...run(), cues: run().cues.filter(({ id }) => id !== cueId) };
        return {};
      },
      takeCue({ cueId }) {
        const cue = run().cues.find(({ id }) => id === cueId);
        if (cue) put(cue.content, cue.id, cue.staysMs);
        slice.runOfShow.value = { ...run(), current: cueId };
        return {};
      },
      takeOverlay({ content, staysMs }) {
        put(content, null, staysMs);
        return {};
      },
      clearOverlays({ layer }) {
        const kept = layer === null ? [] : live().filter((overlay) => overlay.layer !== layer);
        slice.screen.value = withMoment(slice.screen.value, model.nextTime(), kept);
        return {};
      },
    },
  };
}

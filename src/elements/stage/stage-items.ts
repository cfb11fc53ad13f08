import type { ParticipantId } from '../../protocol/index.ts';
import { onStage, streamOf } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import type { TileSource } from '../tile/tile-view.ts';
import type { ArrangedLayout, StageLayout } from './arrange.ts';

/** One tile of the stage. */
export interface StageItem {
  readonly key: string;
  readonly participantId: ParticipantId;
  readonly source: TileSource;
  readonly isSelf: boolean;
}

export interface StageItemsOptions {
  /** Only those who publish something, as the audience sees it. */
  readonly program: boolean;
  /** Leaves one's own camera out. */
  readonly hideSelf: boolean;
}

/** Whether anybody publishes anything, or oneself is about to. */
export function hasShow(store: Store): boolean {
  return store.stage.streams.value.size > 0;
}

/** The tiles of the stage in their order: screens first, then people as they came. */
export function stageItems(store: Store, { program, hideSelf }: StageItemsOptions): readonly StageItem[] {
  if (!hasShow(store)) return [];
  const selfId = store.participants.selfId.value;
  const publishing = new Set([...store.stage.streams.value.values()].map(({ participantId }) => participantId));
  const screens: StageItem[] = [];
  const people: StageItem[] = [];
  for (const { id } of onStage(store)) {
    const isSelf = id === selfId;
    const item = (source: TileSource): StageItem => ({ key: `${id} ${source}`, participantId: id, source, isSelf });
    if (streamOf(store, id, 'screen') !== null) screens.push(item('screen'));
    if (program && !publishing.has(id)) continue;
    people.push(item('camera'));
  }
  const visible = people.filter(({ isSelf }) => !(isSelf && hideSelf));
  // Alone, one is not hidden from oneself: the stage would look as if it had not started.
  return [...screens, ...(visible.length + screens.length > 0 ? visible : people)];
}

/** The first `most` of them (0: all); one in the main place who comes later takes the last place. */
export function limitItems(
  items: readonly StageItem[],
  most: number,
  main: StageItem | undefined,
): readonly StageItem[] {
  if (most === 0 || items.length <= most) return items;
  const first = items.slice(0, most);
  return main === undefined || first.includes(main) ? first : [...first.slice(0, -1), main];
}

/** Who stands in the main place: pinned here, spotlit for all, a screen, the one who speaks, the first other. */
export function mainItem(
  store: Store,
  items: readonly StageItem[],
  speaker: ParticipantId | null,
): { readonly item: StageItem | undefined; readonly chosen: boolean } {
  for (const id of [store.stage.pinned.value, store.stage.spotlight.value]) {
    if (id === null) continue;
    // Screens come first, and that is what somebody is looked at for.
    const item = items.find(({ participantId }) => participantId === id);
    if (item !== undefined) return { item, chosen: true };
  }
  const screen = items.findLast(({ source }) => source === 'screen');
  if (screen !== undefined) return { item: screen, chosen: true };
  const speaking = items.find(({ participantId, isSelf }) => participantId === speaker && !isSelf);
  const other = items.find(({ isSelf }) => !isSelf);
  return { item: speaking ?? other ?? items[0], chosen: false };
}

/** `auto`: a grid of equals, unless one tile was chosen to be larger. */
export function chooseLayout(layout: StageLayout, chosen: boolean): ArrangedLayout {
  if (layout !== 'auto') return layout;
  return chosen ? 'sidebar' : 'grid';
}

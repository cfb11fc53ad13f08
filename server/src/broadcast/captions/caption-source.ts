import type { Caption, RoomId } from '../../../../src/protocol/index.ts';
import type { CaptionStore } from '../../store/caption-store.ts';
import { loadSpoken } from '../recordings/feature-events.ts';

/** Where broadcasts have their captions from. */
export interface CaptionSource {
  /** Captions that were shown between two times, oldest first. Milliseconds since the epoch. */
  spoken(roomId: string, from: number, to: number): Promise<readonly Caption[]>;
  /** Languages of the room's latest captions, each as it was first written. */
  languages(roomId: string): Promise<readonly string[]>;
}

export const noCaptions: CaptionSource = { spoken: async () => [], languages: async () => [] };

/** So many of the latest captions tell the languages. */
const LOOKED_AT = 200;

/** Rooms whose languages are remembered; they are asked for with every segment. */
const MOST_REMEMBERED = 500;

export function createStoredCaptions(store: CaptionStore): CaptionSource {
  const remembered = new Map<string, { readonly newest: number; readonly languages: readonly string[] }>();
  const latest = (roomId: string, count: number) =>
    store.loadCaptions(roomId as RoomId, Number.MAX_SAFE_INTEGER, count);
  return {
    spoken: (roomId, from, to) => loadSpoken(store, roomId as RoomId, from, to),
    languages: async (roomId) => {
      const [newest] = await latest(roomId, 1);
      if (newest === undefined) return [];
      const known = remembered.get(roomId);
      if (known?.newest === newest.index) return known.languages;
      const languages = languagesOf(await latest(roomId, LOOKED_AT));
      remembered.delete(roomId);
      remembered.set(roomId, { newest: newest.index, languages });
      const [oldest] = remembered.keys();
      if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
      return languages;
    },
  };
}

/** Each once: `en-US` and `en-us` are the same (BCP 47, 2.1.1). */
export function languagesOf(captions: readonly Pick<Caption, 'language'>[]): readonly string[] {
  const languages = new Map<string, string>();
  for (const { language } of captions)
    if (!languages.has(language.toLowerCase())) languages.set(language.toLowerCase(), language);
  return [...languages.values()].toSorted();
}

export const isIn = (language: string, { language: other }: Pick<Caption, 'language'>): boolean =>
  other.toLowerCase() === language.toLowerCase();

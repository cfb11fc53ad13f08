import type { History } from '../store/history.ts';
import type { Store } from '../store/store.ts';
import { shownUntil, type Align } from './playhead.ts';

/*
 * What came by events, as far as the viewer's own picture has got: `align` says whether it waits for it. All of these
 * subscribe inside a signal watcher, and go back with a picture that is wound back.
 */

/** The moment that is in sight, by the server's time: now, or that of the picture. Milliseconds since the epoch. */
export function shownTime(store: Store, align: Align): number {
  return Math.min(Date.now() + store.connection.serverOffsetMs.value, shownUntil(store, align));
}

/** What was true at the moment in sight; `undefined` before the first of the history. */
export function alignedValue<T>(store: Store, align: Align, history: History<T>): T | undefined {
  const until = shownUntil(store, align);
  return history.findLast(({ from }) => from <= until)?.value;
}

/** Those that have come by the moment in sight; `timeOf` never goes back from one to the next. */
export function alignedItems<T>(
  store: Store,
  align: Align,
  items: readonly T[],
  timeOf: (item: T) => number,
): readonly T[] {
  const until = shownUntil(store, align);
  if (until === Number.POSITIVE_INFINITY) return items;
  return items.slice(0, items.findLastIndex((item) => timeOf(item) <= until) + 1);
}

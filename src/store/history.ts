/** What was true from which moment on, by the server's time in milliseconds since the epoch; oldest first. */
export type History<T> = readonly { readonly from: number; readonly value: T }[];

/** Nobody goes further back than this many changes. */
const KEPT_MOMENTS = 500;

/** The history with one more moment; one that lies before the last takes the last one's time. */
export function withMoment<T>(history: History<T>, from: number, value: T): History<T> {
  const last = history.at(-1)?.from ?? Number.NEGATIVE_INFINITY;
  return [...history.slice(1 - KEPT_MOMENTS), { from: Math.max(from, last), value }];
}

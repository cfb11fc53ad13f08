import { signal } from '@preact/signals-core';
import type { RequestName, WireError } from '../protocol/index.ts';

/** A request of ours that the server refused, for the element that made it to say so. */
export interface Notice {
  readonly id: number;
  readonly request: RequestName;
  readonly error: WireError;
}

export function createNoticesSlice() {
  return { latest: signal<Notice | null>(null) };
}
export type NoticesSlice = ReturnType<typeof createNoticesSlice>;

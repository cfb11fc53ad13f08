import { signal } from '@preact/signals-core';
import type { Caption, CaptionDraft } from '../protocol/index.ts';

export function createCaptionsSlice() {
  return {
    /** The latest that were said, oldest first; as many as one may go back in the picture. */
    spoken: signal<readonly Caption[]>([]),
    /** What is being said, the one heard last at the end. */
    drafts: signal<readonly CaptionDraft[]>([]),
  };
}
export type CaptionsSlice = ReturnType<typeof createCaptionsSlice>;

import { signal } from '@preact/signals-core';
import type { BreakoutsSlice } from './breakouts.ts';
import type { CaptionsSlice } from './captions.ts';
import type { OverlaysSlice } from './overlays.ts';
import type { DirectChatSlice } from './direct-chat.ts';
import type { ModerationDeskSlice } from './moderation-desk.ts';
import type { ModerationSlice } from './moderation.ts';
import type { PollsSlice } from './polls.ts';
import type { GiftsSlice } from './gifts.ts';
import type { HandsSlice } from './hands.ts';
import type { QuestionsSlice } from './questions.ts';
import type { ReactionsSlice } from './reactions.ts';

/** What few pages show: each part comes into the store when it is first used. */
export interface FeatureSlices {
  readonly polls: PollsSlice;
  readonly gifts: GiftsSlice;
  readonly hands: HandsSlice;
  readonly breakouts: BreakoutsSlice;
  readonly questions: QuestionsSlice;
  readonly reactions: ReactionsSlice;
  readonly overlays: OverlaysSlice;
  readonly captions: CaptionsSlice;
  readonly moderation: ModerationSlice;
  readonly moderationDesk: ModerationDeskSlice;
  readonly directChat: DirectChatSlice;
}
export type FeatureName = keyof FeatureSlices;

export const createFeaturesSlice = () => ({
  /** Those that are there; of the others nothing is known yet. */
  loaded: signal<Partial<FeatureSlices>>({}),
});

import type { CaptionStore } from './caption-store.ts';
import type { OverlayStore } from './overlay-store.ts';
import type { PollStore } from './poll-store.ts';
import type { QuestionStore } from './question-store.ts';

/** What each feature of a room keeps, by the feature's name. */
export interface FeatureStores {
  readonly polls: PollStore;
  readonly questions: QuestionStore;
  readonly overlays: OverlayStore;
  readonly captions: CaptionStore;
}

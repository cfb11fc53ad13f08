import type { QuestionStore } from './question-store.ts';

/** What each feature of a room keeps, by the feature's name. */
export interface FeatureStores {
  readonly questions: QuestionStore;
}

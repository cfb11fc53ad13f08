import type { FeatureStores } from '../feature-stores.ts';
import { SqliteCaptionStore } from './sqlite-caption-store.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { SqliteOverlayStore } from './sqlite-overlay-store.ts';
import { SqlitePollStore } from './sqlite-poll-store.ts';
import { SqliteQuestionStore } from './sqlite-question-store.ts';

export function createFeatureStores(file: SqliteFile): FeatureStores {
  return {
    polls: new SqlitePollStore(file),
    questions: new SqliteQuestionStore(file),
    overlays: new SqliteOverlayStore(file),
    captions: new SqliteCaptionStore(file),
  };
}

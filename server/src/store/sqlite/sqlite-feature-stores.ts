import type { FeatureStores } from '../feature-stores.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { SqliteQuestionStore } from './sqlite-question-store.ts';

export function createFeatureStores(file: SqliteFile): FeatureStores {
  return {
    questions: new SqliteQuestionStore(file),
  };
}

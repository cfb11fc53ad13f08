import type { FeatureStores } from '../feature-stores.ts';
import type { SqliteFile } from './sqlite-file.ts';

export function createFeatureStores(_file: SqliteFile): FeatureStores {
  return {};
}

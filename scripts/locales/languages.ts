import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../set-up/paths.mjs';

/** The words of one language: by the English ones, some in several forms by how many there are. */
export interface Language {
  readonly language: string;
  /** Below the repository. */
  readonly file: string;
  readonly words: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** All languages beside English. */
export async function readLanguages(): Promise<readonly Language[]> {
  const files = globSync('src/locales/languages/*.ts', { cwd: repository }).toSorted();
  return Promise.all(
    files.map(async (file) => {
      const module: { default: Language['words'] } = await import(pathToFileURL(join(repository, file)).href);
      return { language: basename(file, '.ts'), file, words: module.default };
    }),
  );
}

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../set-up/paths.mjs';

/** One element under its four names. */
export interface ElementNames {
  /** Folder and file: `hand-raise`. */
  readonly folder: string;
  /** `ils-hand-raise` */
  readonly tag: `ils-${string}`;
  /** `IlsHandRaise` */
  readonly className: string;
  /** `Hand raise` */
  readonly title: string;
}

export function namesOf(folder: string): ElementNames {
  const words = folder.split('-');
  return {
    folder,
    tag: `ils-${folder}`,
    className: `Ils${words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('')}`,
    title: `${folder.charAt(0).toUpperCase()}${folder.slice(1)}`.replaceAll('-', ' '),
  };
}

/** The elements of the kit: folders of `src/elements` that hold a file of their own name. */
export function listElements(): ElementNames[] {
  const elements = join(repository, 'src/elements');
  return readdirSync(elements, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(elements, entry.name, `${entry.name}.ts`)))
    .map((entry) => namesOf(entry.name))
    .toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

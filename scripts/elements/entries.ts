import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { repository } from '../set-up/paths.mjs';
import { listElements, type ElementNames } from './element-names.ts';

const header = '// Written by `npm run entries` from the folders of src/elements.\n';

const onManyPages = [
  'room',
  'stage',
  'tile',
  'player',
  'preview',
  'controls',
  'chat',
  'participants',
  'role-offer',
  'broadcast',
];
const isOnManyPages = ({ folder }: ElementNames) => onManyPages.includes(folder);
const toLoader = ({ folder, tag, className }: ElementNames) =>
  `'${tag}': async () => (await import('./${folder}/${folder}.ts')).${className},`;

/** The files that name every element, with what they should hold. */
function composeEntries(): Record<string, string> {
  const elements = listElements();
  const lines = (line: (element: (typeof elements)[number]) => string) => elements.map(line).join('\n');
  return {
    'src/elements/index.ts': `${header}${lines(({ folder }) => `export * from './${folder}/${folder}.ts';`)}`,
    'src/elements/loaders.ts': `${header}
type ElementLoader = () => Promise<CustomElementConstructor>;

/** How each element is loaded when a page first uses its tag. */
export const elementLoaders: Readonly<Record<string, ElementLoader>> = {
${elements.filter(isOnManyPages).map(toLoader).join('\n')}
};

/** The same for those that few pages show. */
export const loadMoreLoaders = async () => (await import('./more-loaders.ts')).moreElementLoaders;`,
    'src/elements/more-loaders.ts': `${header}
/** Loaded with the first tag that is on few pages. */
export const moreElementLoaders: Readonly<Record<string, () => Promise<CustomElementConstructor>>> = {
${elements
  .filter((element) => !isOnManyPages(element))
  .map(toLoader)
  .join('\n')}
};`,
    'src/define.ts': `${header}import { defineElement } from './elements/define-element.ts';
${lines(({ folder, className }) => `import { ${className} } from './elements/${folder}/${folder}.ts';`)}

${lines(({ tag, className }) => `defineElement('${tag}', ${className});`)}`,
  };
}

/** @returns the files that were not what they should be */
export async function updateEntries({ write }: { readonly write: boolean }): Promise<string[]> {
  const options = await resolveConfig(join(repository, 'src/define.ts'));
  const stale: string[] = [];
  for (const [file, text] of Object.entries(composeEntries())) {
    const path = join(repository, file);
    const wanted = await format(text, { ...options, filepath: path });
    let present = '';
    try {
      present = readFileSync(path, 'utf8');
    } catch {
      // It will be there.
    }
    if (present === wanted) continue;
    stale.push(file);
    if (write) writeFileSync(path, wanted);
  }
  return stale;
}

import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { repository } from '../set-up/paths.mjs';
import { listElements, type ElementNames } from './element-names.ts';
import { readElementEvents, type ElementEvent } from './element-events.ts';

const header = '// Written by `npm run entries` from the folders of src/elements.\n';

const onManyPages = ['room', 'stage', 'player', 'preview', 'controls', 'chat', 'participants'];
const isOnManyPages = ({ folder }: ElementNames) => onManyPages.includes(folder);
const toLoader = ({ folder, tag, className }: ElementNames) =>
  `'${tag}': async () => (await import('./${folder}/${folder}.ts')).${className},`;

/** The type of each event, by the module that exports it. */
function composeEventImports(events: readonly ElementEvent[]): string {
  const classes = [...new Set(events.map((event) => event.className))].toSorted();
  const byModule = Map.groupBy(classes, (name) => events.find((event) => event.className === name)?.module ?? '');
  return [...byModule].map(([module, names]) => `import type { ${names.join(', ')} } from '../${module}';`).join('\n');
}

const composeDefinition = ({ folder, tag, className }: ElementNames, events: readonly ElementEvent[]) => `${header}
import { defineElement } from '../elements/define-element.ts';
import { ${className} } from '../elements/${folder}/${folder}.ts';
${composeEventImports(events)}

defineElement('${tag}', ${className});
export { ${className} };

declare global {
  interface HTMLElementTagNameMap {
    '${tag}': ${className};
  }
  interface HTMLElementEventMap {
    ${events.map((event) => `'${event.name}': ${event.className};`).join('\n')}
  }
}`;

/** `ils-role-changed` as a property: `onIlsRoleChanged` */
const toHandlerName = (event: string) =>
  `on${event.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;

function composeReactComponent({ folder, tag, className }: ElementNames, events: readonly ElementEvent[]): string {
  const handlers = events.map(
    (event) => `${toHandlerName(event.name)}: '${event.name}' as EventName<${event.className}>,`,
  );
  return `${header}
import { createComponent${events.length > 0 ? ', type EventName' : ''} } from '@lit/react';
import * as React from 'react';
import { ${className} as Element } from '../define/${folder}.ts';
${composeEventImports(events)}

/** \`<${tag}>\` as a component: properties are props, events are \`on…\` props. */
export const ${className} = createComponent({
  react: React,
  tagName: '${tag}',
  elementClass: Element,
  displayName: '${className}',
  events: { ${handlers.join('\n')} },
});`;
}

const listEventModules = () =>
  globSync('*.ts', { cwd: join(repository, 'src/events') })
    .filter((file) => file !== 'index.ts')
    .toSorted();

/** The files that name every element, with what they should hold. */
function composeEntries(): Record<string, string> {
  const elements = listElements();
  const events = readElementEvents();
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
    'src/define.ts': `${header}${lines(({ folder }) => `export * from './define/${folder}.ts';`)}`,
    'src/events/index.ts': `${header}${listEventModules()
      .map((file) => `export * from './${file}';`)
      .join('\n')}`,
    ...Object.fromEntries(
      elements.flatMap((element) => [
        [`src/define/${element.folder}.ts`, composeDefinition(element, events.get(element.tag) ?? [])],
        [`src/react/${element.folder}.ts`, composeReactComponent(element, events.get(element.tag) ?? [])],
      ]),
    ),
    'src/react/index.ts': `${header}${lines(({ folder }) => `export * from './${folder}.ts';`)}`,
  };
}

/** @returns the files that were not what they should be */
export async function updateEntries({ write }: { readonly write: boolean }): Promise<string[]> {
  const options = await resolveConfig(join(repository, 'src/define.ts'));
  const entries = composeEntries();
  const stale = globSync('src/{define,react}/*.ts', { cwd: repository }).filter((file) => !(file in entries));
  if (write) for (const file of stale) rmSync(join(repository, file));
  for (const [file, text] of Object.entries(entries)) {
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
    if (!write) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, wanted);
  }
  return stale;
}

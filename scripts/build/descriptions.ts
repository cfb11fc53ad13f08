import { generateJsxTypes } from '@wc-toolkit/jsx-types';
import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration';
import { generateSolidJsTypes } from 'custom-element-solidjs-integration';
import { generateSvelteTypes } from 'custom-element-svelte-integration';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';
import { generateVuejsTypes } from 'custom-element-vuejs-integration';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../set-up/paths.mjs';
import { composeElementPage, composeLlmsText, type ElementDescription } from './element-pages.ts';

/** Seen from `types/`: elements and events by one path. */
const globalTypePath = '../index.js';

function readElements(): ElementDescription[] {
  const { modules }: { modules: readonly { readonly declarations: readonly ElementDescription[] }[] } = readManifest();
  return modules.flatMap(({ declarations }) => declarations.filter(({ tagName }) => tagName));
}

const readManifest = () => JSON.parse(readFileSync(join(repository, 'custom-elements.json'), 'utf8'));

/**
 * What editors, frameworks and readers are told of the elements, all made from `custom-elements.json`: custom data for VS Code, web-types for
 * JetBrains, types of tags for JSX, Vue, Svelte and Solid, `llms.txt`, and a page for each element.
 */
export function writeDescriptions(folder: string): void {
  const types = { outdir: join(folder, 'types'), globalTypePath, hideLogs: true };
  // Each adds to the manifest that it is given.
  generateVsCodeCustomElementData(readManifest(), {
    outdir: folder,
    htmlFileName: 'vscode.html-custom-data.json',
    cssFileName: 'vscode.css-custom-data.json',
    hideLogs: true,
  });
  generateJetBrainsWebTypes(readManifest(), {
    outdir: folder,
    webTypesFileName: 'web-types.json',
    packageJson: false,
    hideLogs: true,
  });
  generateJsxTypes(readManifest(), { ...types, fileName: 'jsx.d.ts', includeDefaultDOMEvents: true });
  generateVuejsTypes(readManifest(), { ...types, fileName: 'vue.d.ts' });
  generateSvelteTypes(readManifest(), { ...types, fileName: 'svelte.d.ts' });
  generateSolidJsTypes(readManifest(), { ...types, fileName: 'solid.d.ts' });
  importEvents(join(folder, 'types/jsx.d.ts'));
  const elements = readElements();
  writeFileSync(join(folder, 'llms.txt'), composeLlmsText(elements));
  mkdirSync(join(folder, 'docs'), { recursive: true });
  for (const element of elements) {
    writeFileSync(join(folder, 'docs', `${element.tagName}.md`), composeElementPage(element));
  }
}

/** The types of tags in JSX name the classes of events without importing them. */
function importEvents(file: string): void {
  const text = readFileSync(file, 'utf8');
  const names = [...new Set(text.match(/\bIls\w+Event\b/g))].toSorted();
  writeFileSync(file, `import type { ${names.join(', ')} } from '${globalTypePath}';\n${text}`);
}

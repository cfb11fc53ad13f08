import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementDescription } from '../build/element-pages.ts';
import { repository } from '../set-up/paths.mjs';
import { asCode, composeTable, inCell } from './table.ts';

interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly ElementDescription[] }[];
}

/** The elements as `custom-elements.json` describes them. */
export function readElements(): readonly ElementDescription[] {
  const { modules }: Manifest = JSON.parse(readFileSync(join(repository, 'custom-elements.json'), 'utf8'));
  return modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName)
    .toSorted((one, other) => one.tagName.localeCompare(other.tagName));
}

/** Every element in a line. */
export const composeElements = (): string =>
  composeTable(
    ['element', 'what it does'],
    readElements().map(({ tagName, summary }) => [asCode(tagName), inCell(summary)]),
  );

export interface Token {
  readonly name: string;
  readonly byDefault: string;
}

/** Every token that all elements read, with what holds where a page sets none. */
export function readTokens(): readonly Token[] {
  const text = readFileSync(join(repository, 'src/styles/tokens.ts'), 'utf8');
  const found = new Map<string, string>();
  for (const [, declaration = ''] of text.matchAll(/--_[\w-]+:\s*([^;]+);/g)) {
    const [, name, byDefault] = /^var\(\s*(--ils-[\w-]+),\s*([^]*)\)$/.exec(declaration.trim()) ?? [];
    if (name !== undefined && byDefault !== undefined && !found.has(name)) found.set(name, byDefault.trim());
  }
  return [...found].map(([name, byDefault]) => ({ name, byDefault }));
}

/** Locals are no names for pages: they are said as the tokens that they come from. */
const inWords = (value: string) =>
  value.replaceAll('var(--_hue)', 'hue').replaceAll('var(--_accent-text)', 'the accent, legible');

export const composeTokens = (): string =>
  composeTable(
    ['token', 'default'],
    readTokens().map(({ name, byDefault }) => [asCode(name), asCode(inWords(byDefault))]),
  );

/** The tokens of single elements. */
export const composeElementTokens = (): string =>
  composeTable(
    ['token', 'of', 'what'],
    readElements().flatMap(({ tagName, cssProperties = [] }) =>
      cssProperties.map(({ name, description = '' }) => [asCode(name), asCode(tagName), inCell(description)]),
    ),
  );

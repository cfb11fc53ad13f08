import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readElements, readTokens } from '../../../scripts/docs/elements-section.ts';
import { repository } from './repository.ts';
import { namedSettings } from '../../../server/src/config/settings.ts';
import { featureRequests } from '../../../src/protocol/index.ts';

const elements = readElements();
const named = (items: readonly { readonly name: string }[] | undefined) => (items ?? []).map(({ name }) => name);

const actions = new Set([
  ...[...readFileSync(join(repository, 'src/actions/room-actions.ts'), 'utf8').matchAll(/^ {2}(\w+)\(/gm)].map(
    ([, name = '']) => name,
  ),
  ...Object.keys(featureRequests),
]);
/** What else is called `ils-…`: packages, files, classes, and the event of `embed.js`. */
const OTHERS = ['ils-kit', 'ils-kit-server', 'ils-embed'];
const THEMES = /^ils-theme-(neutral|playful|broadcast)$/;
const elementNames = new Set([...OTHERS, ...elements.flatMap(({ tagName, events }) => [tagName, ...named(events)])]);
const states = new Set(elements.flatMap(({ cssStates }) => named(cssStates)));

/** `--ils-…` names: tokens of all elements, and of single ones. */
export const tokenNames: ReadonlySet<string> = new Set([
  ...readTokens().map(({ name }) => name),
  ...elements.flatMap(({ cssProperties }) => named(cssProperties)),
]);

/** Flags of other programs that the pages speak of. */
const FOREIGN_FLAGS = ['--ignore-scripts', '--help'];
const flags = new Set([
  ...FOREIGN_FLAGS,
  ...namedSettings.flatMap(({ flag, notes }) => (notes.form === 'switch' ? [flag, `--no-${flag.slice(2)}`] : [flag])),
]);
const variables = new Set(namedSettings.map(({ environment }) => environment));

function isKnown(name: string): boolean {
  if (name.startsWith('actions.')) return actions.has(name.slice('actions.'.length));
  // With dots behind it, it stands for all.
  if (name.startsWith('--ils-')) return name === '--ils-' || tokenNames.has(name);
  if (name.startsWith('--'))
    return flags.has(name) || [...flags].some((flag) => name.endsWith('-') && flag.startsWith(name));
  if (name.startsWith(':state(')) return states.has(name.slice(':state('.length, -1));
  if (name.startsWith('ILS_')) return variables.has(name);
  return elementNames.has(name) || THEMES.test(name);
}

const NAMES =
  /\bactions\.\w+|--[a-z][\w-]*|:state\([\w-]+\)|\bILS_[A-Z0-9_]+|(?<![\w./-])ils-[a-z][\w-]*(?![\w./]*\.\w)/g;

/** Names in the code of a text that mean nothing here. */
export function unknownNames(prose: string): string[] {
  const code = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
  return code.flatMap((text) => text.match(NAMES) ?? []).filter((name) => !isKnown(name));
}

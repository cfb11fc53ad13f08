import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readElements, readTokens } from '../../scripts/docs/elements-section.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Without comments: what the class doc says is not yet done. */
const readCode = (file: string): string =>
  readFileSync(join(repository, file), 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

/** Everything below `src` that an element's module leads to, other elements excepted: they have parts of their own. */
function findModules(entry: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    const code = readCode(file);
    found.set(file, code);
    for (const [, path = ''] of code.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
      const next = relative(repository, resolve(repository, dirname(file), path));
      const isOther = next !== entry && elementModules.has(next);
      if (
        !isOther &&
        !/^src\/(protocol|store|room|actions|media|locales|icons)\//.test(next) &&
        existsSync(join(repository, next))
      )
        visit(next);
    }
  };
  visit(entry);
  return found;
}

const elementModules = new Set(
  globSync('src/elements/*/*.ts', { cwd: repository }).filter((file) => /\/([^/]+)\/\1\.ts$/.test(file)),
);

const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '' && !word.includes('$'));
/** What stands in the attributes of templates. */
const attributeWords = (code: string, attribute: RegExp): string[] =>
  [...code.matchAll(attribute)].flatMap(([, text = '']) =>
    // A choice between two: each of them.
    [...text.matchAll(/'([^']*)'/g)]
      .flatMap(([, choice = '']) => words(choice))
      .concat(words(text.replaceAll(/[\w-]*\$\{[^}]*\}[\w-]*/g, ' '))),
  );
/** Names that are put together, as `${source}-button` or, exported, `:tile-${part}`: what they may look like. */
const composedNames = (code: string): RegExp[] =>
  [...code.matchAll(/(?:part|name)="([^"]*\$\{[^"]*)"|:([\w-]+\$\{\w+\})`/g)]
    .flatMap(([, text, exported]) => (text ?? exported ?? '').match(/[\w-]*\$\{[^}]*\}[\w-]*/g) ?? [])
    .filter((word) => !word.startsWith('$') || !word.endsWith('}'))
    .map((word) => new RegExp(`^${word.replaceAll(/\$\{[^}]*\}/g, '[\\w-]+')}$`));
const PARTS = /(?<=[\s"'])part="([^"]*)"/g;
const SLOTS = /<slot\s[^>]*?\bname="([\w-]+)"/g;
const EXPORTED = /exportparts="([^"]*)"/g;
const READ = /var\(\s*(--ils-[\w-]+)/g;

const missing = (of: readonly string[], among: ReadonlySet<string>): string[] =>
  [...new Set(of)].filter((name) => !among.has(name)).toSorted();
const namesOf = (items: readonly { readonly name: string }[] | undefined): string[] =>
  (items ?? []).map(({ name }) => name);

/** Also those of other elements: a stage rounds its tiles as they say. */
const tokens = new Set([
  ...readTokens().map(({ name }) => name),
  ...readElements().flatMap(({ cssProperties }) => namesOf(cssProperties)),
]);

describe('what is described and what is done', () => {
  for (const element of readElements()) {
    const { tagName } = element;
    const name = tagName.replace('ils-', '');
    const entry = `src/elements/${name}/${name}.ts`;
    const modules = findModules(entry);
    const code = [...modules.values()].join('\n');
    const folder = [...modules].filter(([file]) => file.startsWith(`src/elements/${name}/`)).map(([, text]) => text);
    const own = folder.join('\n');
    const composed = composedNames(own);
    const says = (pattern: string) => new RegExp(pattern).test(code);
    const isComposed = (word: string) => composed.some((pattern) => pattern.test(word));

    describe(`<${tagName}>`, () => {
      it('describes every part, also of what it is made of', () => {
        const parts = new Set(namesOf(element.cssParts));
        const exported = [...own.matchAll(EXPORTED)].flatMap(([, text = '']) =>
          text.split(',').map((pair) => pair.split(':').at(-1)?.trim() ?? ''),
        );
        assert.deepEqual(
          missing([...attributeWords(own, PARTS), ...exported.filter((part) => /^[\w-]+$/.test(part))], parts),
          [],
        );
      });

      it('describes every slot', () => {
        const slots = new Set(namesOf(element.slots));
        assert.deepEqual(
          missing(
            [...own.matchAll(SLOTS)].map(([, slot = '']) => slot),
            slots,
          ),
          [],
        );
      });

      it('describes every token that its styles read', () => {
        assert.deepEqual(
          missing(
            [...own.matchAll(READ)].map(([, token = '']) => token),
            tokens,
          ),
          [],
        );
      });

      it('has every part, slot, token, state and event that it describes', () => {
        const absent = [
          ...namesOf(element.cssParts)
            .filter((part) => !isComposed(part) && !says(`(?<![\\w-])${part}(?![\\w-])`))
            .map((part) => `part ${part}`),
          ...namesOf(element.slots)
            .filter((slot) => slot !== '' && !isComposed(slot) && !says(`['"]${slot}['"]`))
            .map((slot) => `slot ${slot}`),
          ...namesOf(element.cssProperties)
            .filter((token) => !says(`${token}(?![\\w-])`))
            .map((token) => `token ${token}`),
          ...namesOf(element.cssStates)
            .filter((state) => !says(`(?<![\\w-])${state}(?![\\w-])`))
            .map((state) => `state ${state}`),
          ...(element.events ?? [])
            .filter(({ type }) => !says(`\\b${type?.text ?? ' '}\\b`))
            .map((event) => `event ${event.name}`),
        ];
        assert.deepEqual(absent, []);
      });

      it('has a default slot where it says so', () => {
        const described = namesOf(element.slots).includes('');
        assert.equal(/<slot(?:\s+(?!name=)[\w@.-]+=(?:\$\{[^}]*\}|"[^"]*"))*\s*>/.test(own), described);
      });
    });
  }
});

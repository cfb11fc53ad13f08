import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst, type ESTree } from 'vite';
import { walkSyntax } from '../build/walk-syntax.ts';
import { repository } from '../set-up/paths.mjs';

/** The keys of all `msg()` in the sources, in the order of the files, and where each stands first. */
export interface SourceWords {
  readonly places: ReadonlyMap<string, string>;
  /** What cannot be read, or goes around the kit's own `msg()`. */
  readonly faults: readonly string[];
}

/** The `id` in `msg(…, { id: '…' })`. */
function readId(options: ESTree.Argument | undefined): string | undefined {
  if (options?.type !== 'ObjectExpression') return undefined;
  for (const property of options.properties) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.key.name !== 'id') continue;
    return property.value.type === 'Literal' ? String(property.value.value) : undefined;
  }
  return undefined;
}

/** The English words as the languages name them: `{0}`, `{1}` … where something is put in. */
function readWords(template: ESTree.Argument | undefined): string | undefined {
  if (template?.type === 'Literal' && typeof template.value === 'string') return template.value;
  if (template?.type !== 'TaggedTemplateExpression') return undefined;
  return template.quasi.quasis
    .map(({ value }) => value.cooked ?? value.raw)
    .reduce((before, after, index) => `${before}{${index - 1}}${after}`);
}

/** Reads all `msg()` of the kit. */
export function readSourceWords(): SourceWords {
  const places = new Map<string, string>();
  const faults: string[] = [];
  for (const file of globSync('src/**/*.ts', { cwd: repository }).toSorted()) {
    const code = readFileSync(join(repository, file), 'utf8');
    if (file.startsWith('src/testing/') || file.startsWith('src/locales/languages/')) continue;
    if (code.includes(`from '@lit/localize'`) && !/^src\/locales\/(localization|speech)\.ts$/.test(file))
      faults.push(`${file} imports @lit/localize; import msg and str from src/locales/localization.ts.`);
    if (!code.includes('msg(')) continue;
    walkSyntax(parseAst(code, { lang: 'ts' }), (node) => {
      if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'msg') return;
      const [template, options] = node.arguments;
      const key = readId(options) ?? readWords(template);
      if (key !== undefined) places.set(key, places.get(key) ?? file);
      else
        faults.push(`${file}: ${code.slice(node.start, node.end)} wants a text, or str\`…\`, written out in the call.`);
    });
  }
  return { places, faults };
}

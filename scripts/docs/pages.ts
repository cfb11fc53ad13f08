import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { repository } from '../set-up/paths.mjs';
import { composeElements, composeElementTokens, composeTokens } from './elements-section.ts';
import { composeErrors, composePermissions } from './protocol-sections.ts';
import { composeOperations, type ApiDocument } from './operations-section.ts';
import { composeSettings } from './settings-section.ts';
import { composeWebhooks } from './webhooks-section.ts';

/** What is written into the pages between `<!-- made: name -->` and `<!-- end -->`, by name. */
const sections: Readonly<Record<string, () => string>> = {
  elements: composeElements,
  tokens: composeTokens,
  'element-tokens': composeElementTokens,
  permissions: composePermissions,
  errors: composeErrors,
  settings: composeSettings,
  webhooks: composeWebhooks,
};

const SECTION = /(<!-- made: ([\w-]+) -->\n)[^]*?(<!-- end -->)/g;

/** Every page that somebody reads, from the root of the repository. */
export const listPages = (): readonly string[] => [
  'README.md',
  ...globSync('docs/**/*.md', { cwd: repository }).toSorted(),
];

/**
 * The pages whose made sections are not as they would be made now, with the text that they should have.
 * @param api what a server serves at `/openapi.json`; without it the section of the REST API stays as it is
 */
export async function findStalePages(api?: ApiDocument): Promise<ReadonlyMap<string, string>> {
  const stale = new Map<string, string>();
  for (const page of listPages()) {
    const file = join(repository, page);
    const old = readFileSync(file, 'utf8');
    const text = old.replaceAll(SECTION, (whole, start: string, name: string, end: string) => {
      const compose = name === 'operations' ? api && (() => composeOperations(api)) : sections[name];
      if (compose === undefined && name !== 'operations') throw new Error(`${page}: nothing makes a section "${name}"`);
      return compose === undefined ? whole : `${start}\n${compose()}\n\n${end}`;
    });
    if (text === old) continue;
    const formatted = await format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
    if (formatted !== old) stale.set(page, formatted);
  }
  return stale;
}

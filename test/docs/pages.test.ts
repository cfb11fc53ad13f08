import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';
import { findStalePages } from '../../scripts/docs/pages.ts';
import { repository } from './support/repository.ts';
import { readConfig } from '../../server/src/config/config.ts';
import { readTemplates } from '../../server/src/config/templates.ts';
import { readWebhookTypes } from '../../scripts/docs/webhooks-section.ts';
import { writeScratch } from './support/scratch.ts';
import { documents, readDocument, snippetsIn, type Snippet } from './support/documents.ts';
import { unknownNames } from './support/names.ts';

/** Each is tried by what its name says: types, pages and styles, commands, configurations. */
const LANGUAGES = ['html', 'css', 'csp', 'js', 'json', 'sh', 'tags', 'ts', 'tsx', 'url'];

/** As GitHub names a heading. */
const toAnchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchorsOf = (page: string) =>
  new Set([...readDocument(page).prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => toAnchor(heading)));

function findBrokenLinks(page: string, prose: string): string[] {
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return !/^https:\/\/[\w.-]+\.[a-z]+(\/\S*)?$/.test(link);
    const [path = '', anchor = ''] = link.split('#');
    const target = path === '' ? page : normalize(join(dirname(page), path));
    if (!existsSync(join(repository, target))) return true;
    return anchor !== '' && !anchorsOf(target).has(anchor);
  });
}

const checkJson: Readonly<Record<string, (snippet: Snippet) => Promise<unknown> | unknown>> = {
  '': ({ text }) => JSON.parse(text),
  settings: ({ text }) =>
    readConfig({
      flags: ['--config', writeScratch('settings.json', text)],
      environment: { ILS_SECRET: 'x'.repeat(32), ILS_WEBHOOK_SECRET: `whsec_${'A'.repeat(43)}=` },
    }),
  templates: ({ text }) => readTemplates(writeScratch('templates.json', text)),
  webhook: ({ text }) => assert.ok(readWebhookTypes().includes(JSON.parse(text).type)),
};

describe('the pages', () => {
  it('say what there is: settings, elements, tokens, permissions, codes', async () => {
    assert.deepEqual([...(await findStalePages()).keys()], [], 'npm run docs writes them');
  });

  it('lead to pages, files and headings that exist', () => {
    assert.deepEqual(
      documents.flatMap(({ page, prose }) => findBrokenLinks(page, prose).map((link) => `${page}: ${link}`)),
      [],
    );
  });

  it('name only actions, elements, events, settings, tokens and states that there are', () => {
    assert.deepEqual(
      documents.flatMap(({ page, prose }) => unknownNames(prose).map((name) => `${page}: ${name}`)),
      [],
    );
  });

  it('name in the tables of migration only requests by REST and webhooks that there are', () => {
    const { prose } = readDocument('docs/migration.md');
    const operations = [...readDocument('docs/rest-and-webhooks.md').prose.matchAll(/\| `(\w+)` *\|$/gm)].map(
      ([, id]) => id,
    );
    const ours = [...prose.matchAll(/\|([^|]*)\|$/gm)].map(([, cell = '']) => cell);
    const requests = ours.flatMap((cell) => [...cell.matchAll(/`(\w+)` by REST/g)].map(([, id]) => id));
    const webhooks = ours.flatMap((cell) => [...cell.matchAll(/`([a-z]+\.[a-zA-Z]+)`/g)].map(([, type = '']) => type));
    assert.ok(operations.length > 40 && requests.length >= 4 && webhooks.length >= 8);
    assert.deepEqual(
      requests.filter((id) => !operations.includes(id)),
      [],
    );
    const known = readWebhookTypes();
    assert.deepEqual(
      webhooks.filter((type) => !type.startsWith('actions.') && !known.includes(type)),
      [],
    );
  });

  it('hold no snippet in a language that nothing tries', () => {
    for (const { snippets } of documents)
      for (const { language, place } of snippets) assert.ok(LANGUAGES.includes(language), `${place}: ${language}`);
  });

  it('hold JSON that is taken where it belongs', async () => {
    const found = snippetsIn('json');
    assert.ok(found.length >= 4);
    for (const snippet of found) {
      const check = checkJson[snippet.kind];
      assert.ok(check, `${snippet.place}: ${snippet.kind}`);
      await check(snippet);
    }
  });

  it('show a picture that is small enough for a page', () => {
    for (const { page, prose } of documents) {
      for (const [, file = ''] of prose.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)) {
        const path = join(repository, dirname(page), file);
        assert.ok(statSync(path).size < 150_000, path);
        assert.equal(readFileSync(path).toString('latin1', 8, 12), 'WEBP');
      }
    }
  });
});

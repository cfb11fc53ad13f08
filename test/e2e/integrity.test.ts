import assert from 'node:assert/strict';
import { cpSync, appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { readIntegrity } from '../../scripts/build/integrity.ts';
import { serveFolder } from '../../scripts/serve-folder.ts';
import { readDocument } from '../docs/support/documents.ts';
import { repository } from '../docs/support/repository.ts';
import { scratchFolder, writeScratch } from '../docs/support/scratch.ts';
import { launchChromium } from './support/chromium.ts';

const cdn = fileURLToPath(new URL('../../dist/cdn', import.meta.url));
const { files } = readIntegrity(cdn);

/** A page of somebody else's, which lets nothing in but what it knows: its head is made as the documentation has it. */
async function composePage(): Promise<string> {
  const snippet = readDocument('docs/frameworks.md').snippets.find(({ kind }) => kind === 'integrity');
  assert.ok(snippet);
  // As npm lays the package out beside it.
  mkdirSync(join(scratchFolder(), 'node_modules'));
  symlinkSync(repository, join(scratchFolder(), 'node_modules/ils-kit'));
  const { composeHead } = await import(writeScratch('integrity.ts', snippet.text));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Integrity</title>
    ${await composeHead('/')}</head><body><ils-chat></ils-chat></body></html>`;
}

describe('the scripts of the CDN', { timeout: 120_000 }, () => {
  let browser: Browser;
  let changed: string;
  let html: string;

  before(async () => {
    html = await composePage();
    browser = await launchChromium();
    changed = mkdtempSync(join(tmpdir(), 'ils-integrity-'));
    cpSync(cdn, changed, { recursive: true });
  });
  after(async () => {
    await browser?.close();
    rmSync(changed, { recursive: true, force: true });
  });

  /** What came first: the chat's class, or a refusal. */
  const open = async (folder: string): Promise<'defined' | 'refused'> => {
    await using server = await serveFolder(folder, { pages: { '/page.html': html } });
    const page = await browser.newPage();
    const refusal = page
      .waitForEvent('console', (message) => message.text().includes(`'integrity'`))
      .then(() => 'refused' as const);
    await page.goto(`${server.origin}/page.html`);
    const definition = page
      .waitForFunction('customElements.get("ils-chat") !== undefined')
      .then(() => 'defined' as const);
    try {
      return await Promise.any([refusal, definition]);
    } finally {
      await page.close();
      await Promise.allSettled([refusal, definition]);
    }
  };

  it('load in a page that names their digests, chunks and all', async () => {
    assert.ok(Object.keys(files).length > 10);
    assert.equal(await open(cdn), 'defined');
  });

  it('are refused once one byte of them is another', async () => {
    for (const path of Object.keys(files)) appendFileSync(join(changed, path), '\n');
    assert.equal(await open(changed), 'refused');
  });
});

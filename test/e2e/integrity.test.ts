import assert from 'node:assert/strict';
import { cpSync, appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { readIntegrity } from '../../scripts/build/integrity.ts';
import { serveFolder } from '../../scripts/serve-folder.ts';
import { launchChromium } from './support/chromium.ts';

const cdn = fileURLToPath(new URL('../../dist/cdn', import.meta.url));
const { files, importMap } = readIntegrity(cdn);

/** A page of somebody else's, which lets nothing in but what it knows. */
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Integrity</title>
  <script type="importmap">${JSON.stringify(importMap).replaceAll('BASE/', '/')}</script>
  <script type="module" src="/ils.js" integrity="${files['ils.js']}"></script></head>
  <body><ils-chat></ils-chat></body></html>`;

describe('the scripts of the CDN', { timeout: 120_000 }, () => {
  let browser: Browser;
  let changed: string;

  before(async () => {
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

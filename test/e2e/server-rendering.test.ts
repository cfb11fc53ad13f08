import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { serveFolder, type FolderServer } from '../../scripts/serve-folder.ts';
import type * as Rendering from '../../src/ssr.ts';
import type { FakeRoom, FakeRoomOptions } from '../../src/testing/index.ts';
import { launchChromium, openPage } from './support/chromium.ts';

declare global {
  interface Window {
    createFakeRoom: (options: FakeRoomOptions) => FakeRoom;
    /** What stood in each shadow root before a script ran, and where. */
    written: { readonly node: Element; readonly box: string }[];
  }
}

const repository = fileURLToPath(new URL('../..', import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const entry: string = 'ils-kit/ssr';
const { renderToString }: typeof Rendering = await import(entry);

const NONCE = 'c2hvdw==';
const policy = (styles: string) =>
  `default-src 'self'; script-src 'self'; style-src ${styles}; connect-src 'self' ws:; require-trusted-types-for 'script'`;
const POLICY = policy(`'self' 'nonce-${NONCE}'`);

/** A page of a bundler: what takes over comes first. */
const script = `
  import 'ils-kit/hydrate';
  import 'ils-kit/define';
  import { createFakeRoom } from 'ils-kit/testing';
  window.createFakeRoom = createFakeRoom;
`;

const css = `
  h1 { margin: 8px 16px; }
  body { margin: 0; font: 14px/1.5 system-ui; color-scheme: light dark; background: Canvas; }
  .show { display: grid; grid-template: 430px auto / 1fr 340px; gap: 16px; padding: 16px; }
  .show > * { min-width: 0; min-height: 0; block-size: 100%; }
  .parts { display: grid; grid-column: 1 / -1; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 16px; align-items: start; }
`;

const markup = `<ils-room room="launch"><main class="show">
  <ils-player></ils-player><ils-chat></ils-chat>
  <div class="parts"><ils-poll></ils-poll><ils-qa></ils-qa><ils-participants></ils-participants>
  <ils-stage></ils-stage><ils-controls></ils-controls><ils-gift-tray></ils-gift-tray><ils-reactions></ils-reactions>
  <ils-hand-raise></ils-hand-raise></div></main></ils-room>`;

const pageOf = (body: string, lang = 'en') => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8">
  <meta name="viewport" content="width=device-width"><title>Show</title><link rel="stylesheet" href="/page.css"></head>
  <body><header><h1>Show</h1></header>${body}</body></html>`;

/** Notes every node that came with the page, and its place. */
function noteWritten(): void {
  const tags = [...document.querySelectorAll('*')].filter(({ localName }) => localName.startsWith('ils-'));
  window.written = tags
    .flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('*:not(style)') ?? [])])
    .map((node) => ({ node, box: JSON.stringify(node.getBoundingClientRect()) }));
}

/** Which of them are gone, and which are elsewhere. */
function compareWritten(): { readonly count: number; readonly gone: string[]; readonly moved: string[] } {
  const nameOf = (node: Element) =>
    `${(node.getRootNode() as ShadowRoot).host?.localName ?? 'gone'} ${node.outerHTML.slice(0, 60)}`;
  return {
    count: window.written.length,
    gone: window.written.filter(({ node }) => !node.isConnected).map(({ node }) => node.outerHTML),
    moved: window.written
      .filter(({ node, box }) => JSON.stringify(node.getBoundingClientRect()) !== box)
      .map(({ node }) => nameOf(node)),
  };
}

/** Loads the page's script and waits until every element has drawn itself for the room that there is. */
async function start(page: Page): Promise<void> {
  await page.evaluate("import('/page.js')");
  await page.evaluate(async () => {
    for (let round = 0; round < 3; round += 1) {
      for (const tag of document.querySelectorAll('ils-room, ils-room *'))
        if ('updateComplete' in tag) await tag.updateComplete;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}

describe('a page that a server has rendered', { timeout: 180_000 }, () => {
  let browser: Browser;
  let folder: string;
  const servers: FolderServer[] = [];

  before(async () => {
    browser = await launchChromium();
    folder = mkdtempSync(join(tmpdir(), 'ils-rendered-'));
    await build({
      stdin: { contents: script, resolveDir: repository },
      outfile: join(folder, 'page.js'),
      bundle: true,
      format: 'esm',
      target: 'es2022',
      logLevel: 'error',
    });
  });
  after(async () => {
    await browser?.close();
    for (const server of servers) await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (
    html: string,
    { csp = POLICY, ...options }: { csp?: string; javaScriptEnabled?: boolean } = {},
  ) => {
    const server = await serveFolder(folder, {
      headers: { 'content-security-policy': csp },
      pages: { '/show.html': html, '/page.css': css, '/favicon.ico': '' },
    });
    servers.push(server);
    return openPage(browser, `${server.origin}/show.html`, { viewport: { width: 1280, height: 900 }, ...options });
  };

  it('is complete without a script', async () => {
    const html = pageOf(await renderToString(markup, { nonce: NONCE }));
    const { page, context, errors } = await open(html, { javaScriptEnabled: false });
    for (const words of ['Ready when you are', 'The chat opens when you join'])
      assert.ok(await page.getByText(words).first().isVisible(), words);
    const player = await page.locator('ils-player [part~="base"]').boundingBox();
    assert.ok(player !== null && player.width > 600 && player.height > 300);
    assert.deepEqual(errors, []);
    await context.close();
  });

  it('is taken over node for node, and lives', async () => {
    const { page, context, errors } = await open(pageOf(await renderToString(markup, { nonce: NONCE })));
    const warnings: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'warning' && !message.text().includes('dev mode')) warnings.push(message.text());
    });
    await page.evaluate(noteWritten);
    await start(page);
    const { count, gone, moved } = await page.evaluate(compareWritten);
    assert.ok(count > 50, String(count));
    assert.deepEqual(gone, []);
    assert.deepEqual(moved, []);

    assert.deepEqual(await page.evaluate(() => window.violations), []);

    // It would put styles of its own into the page, were it to preload them.
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'], preload: false })");
    assert.deepEqual(
      violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]),
      [],
    );

    await page.evaluate(() => {
      const room = document.querySelector('ils-room') as HTMLElementTagNameMap['ils-room'] | null;
      if (room !== null)
        room.headless = window.createFakeRoom({
          role: 'viewer',
          hosts: 1,
          messages: [{ author: 'Ada', text: 'Good evening' }],
        });
    });
    await page.getByText('Good evening').waitFor();
    await page.locator('ils-player video').first().waitFor();
    assert.equal(await page.getByText('Ready when you are').count(), 0);
    assert.deepEqual(await page.evaluate(() => window.violations), []);
    assert.deepEqual(errors, []);
    assert.deepEqual(warnings, []);
    await context.close();
  });

  it('is taken over while it joins by itself', async () => {
    const joining = markup.replace('room="launch"', 'room="launch" auto-join token="none"');
    const { page, context } = await open(pageOf(await renderToString(joining, { nonce: NONCE })));
    await page.evaluate(noteWritten);
    await start(page);
    const { gone } = await page.evaluate(() => ({
      gone: window.written.filter(({ node }) => node.matches('.base') && !node.isConnected).length,
    }));
    assert.equal(gone, 0);
    await context.close();
  });

  for (const [server, reader] of [
    ['en', 'de'],
    ['de', 'de'],
  ] as const) {
    it(`reads as its language says where a server spoke ${server}`, async () => {
      const html = pageOf(await renderToString(markup, { nonce: NONCE, lang: server }), reader);
      const { page, context, errors } = await open(html);
      await page.evaluate(noteWritten);
      await start(page);
      await page.waitForFunction(() => {
        const title = document.querySelector('ils-player')?.shadowRoot?.querySelector('.slate-title');
        return title !== null && title !== undefined && !title.textContent.includes('Ready');
      });
      assert.equal(await page.getByText('The chat opens when you join').count(), 0);
      assert.deepEqual((await page.evaluate(compareWritten)).gone, []);
      assert.deepEqual(errors, []);
      await context.close();
    });
  }

  it('gets its look from the script where the policy lets no style in', async () => {
    const { page, context } = await open(pageOf(await renderToString(markup)), { csp: policy(`'self'`) });
    const positionOf = () =>
      page.evaluate(() => getComputedStyle(document.querySelector('ils-player') ?? document.body).position);
    assert.equal(await positionOf(), 'static');
    await start(page);
    assert.equal(await positionOf(), 'relative');
    await context.close();
  });

  it('is drawn anew where another version of the kit has written it', async () => {
    const html = (await renderToString(markup, { nonce: NONCE })).replaceAll('<!--lit-part ', '<!--lit-part x');
    const { page, context, errors } = await open(pageOf(html));
    await start(page);
    assert.equal(await page.getByText('Ready when you are').count(), 1);
    assert.deepEqual(errors, []);
    await context.close();
  });
});

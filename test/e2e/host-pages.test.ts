import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { serveFolder, type FolderServer } from '../../scripts/serve-folder.ts';
import { AUTOPLAY, launchChromium } from './support/chromium.ts';

const require = createRequire(import.meta.url);
const width = 1_500;
const columns = 5;
const place = { width: 290, height: 340 };
const tags = 18;

/** Each element has its place whatever the host page says: the box of an element is the page's to lay out. */
const places = [
  `#places { display: block !important; position: fixed !important; inset: 0 !important; margin: 0 !important; }`,
  ...Array.from({ length: tags }, (_, index) => {
    const left = (index % columns) * (place.width + 8);
    const top = Math.floor(index / columns) * (place.height + 8);
    return `#places > :nth-child(${index + 1}) {
      display: block !important; position: absolute !important; margin: 0 !important; padding: 0 !important;
      left: ${left}px !important; top: ${top}px !important;
      width: ${place.width}px !important; height: ${place.height}px !important;
    }`;
  }),
].join('\n');

/** Everything that a page can do to what it did not write. */
const hostile = `
  html, body {
    line-height: 3; text-transform: uppercase; word-spacing: 2em; text-indent: 4em; cursor: wait; white-space: pre;
    letter-spacing: 0.5em; text-align: center; font: italic 900 30px/3 cursive; color: hotpink;
    text-shadow: 2px 2px lime; hyphens: auto; word-break: break-all;
    -webkit-text-fill-color: hotpink; font-variant: small-caps; font-feature-settings: 'zero'; quotes: 'x' 'y';
    border-collapse: collapse; font-stretch: expanded;
  }
  * {
    all: initial; box-sizing: content-box !important; font-size: 40px !important; letter-spacing: 1em !important;
    line-height: 4 !important; color: lime !important; text-transform: uppercase !important; word-spacing: 1em !important;
    text-indent: 3em !important; white-space: pre !important; text-align: right !important; font-style: italic !important;
    text-shadow: 3px 3px red !important; font-weight: 900 !important; cursor: crosshair !important;
    list-style: square !important; -webkit-text-fill-color: lime !important; word-break: break-all !important;
  }
  button, input, textarea, select { all: unset; background: red !important; border: 9px solid lime; min-height: 90px; }
  div, span, p, ul, li, slot, svg, video, canvas { display: none; margin: 30px; padding: 30px; }
  dialog, [popover], [part], [role] { display: none !important; background: red; }
  .base, .header, .button, .icon-button, .badge, .icon, .hidden { display: none !important; }
  ::before, ::after { box-sizing: content-box !important; border: 9px solid red; }
`;

const own = `<section class="own"><h2>The page's own</h2><p>words with a <a href="#a">link</a></p><button>and a button</button>
  <ul><li>one</li></ul><input value="field"></section>`;

const hosts = ['plain', 'bootstrap', 'tailwind', 'hostile'] as const;
type Host = (typeof hosts)[number];

const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A host page</title>
  ${hosts.map((name) => `<link rel="stylesheet" id="${name}" href="/${name}.css">`).join('')}
  <link rel="stylesheet" href="/places.css"></head>
  <body>${own}<ils-room no-banner><div id="places"></div>${own}</ils-room></body></html>`;

/** Without custom properties: our own `--_…` go down the tree, and mean nothing to a page. */
const readOwn = `[...document.querySelectorAll('.own, .own *')].map((element) => {
  const style = getComputedStyle(element);
  return [...style].filter((name) => !name.startsWith('--')).map((name) => element.localName + ' ' + name + ': ' + style.getPropertyValue(name));
}).flat()`;

describe('on a page with styles of its own', { timeout: 600_000 }, () => {
  let server: FolderServer;
  let browser: Browser;
  let page: Page;
  const ownAlone = new Map<Host, string[]>();

  /** The page has this stylesheet, and no other. */
  const dress = async (host: Host): Promise<void> =>
    page.evaluate(async (wanted) => {
      for (const link of document.querySelectorAll<HTMLLinkElement>('link[id]')) link.disabled = link.id !== wanted;
      // What measures itself does so once the page has been laid out anew.
      for (let frames = 0; frames < 6; frames += 1) await new Promise(requestAnimationFrame);
    }, host);

  before(async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('../elements/styles/host-page.ts', import.meta.url))],
      tsconfig: fileURLToPath(new URL('../../src/tsconfig.json', import.meta.url)),
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      logLevel: 'silent',
    });
    server = await serveFolder(import.meta.dirname, {
      pages: {
        '/kit.js': outputFiles[0]?.text ?? '',
        '/places.css': places,
        '/plain.css': '/* nothing */',
        '/bootstrap.css': await readFile(require.resolve('bootstrap/dist/css/bootstrap.css'), 'utf8'),
        '/tailwind.css': await readFile(require.resolve('tailwindcss/preflight.css'), 'utf8'),
        '/hostile.css': hostile,
        '/page.html': html,
      },
    });
    browser = await launchChromium(AUTOPLAY);
    page = await browser.newPage({
      viewport: { width, height: 1_400 },
      reducedMotion: 'reduce',
      colorScheme: 'light',
    });
    page.setDefaultTimeout(60_000);
    // Times ago are the same under every stylesheet.
    await page.clock.setFixedTime('2026-01-15T18:30:00Z');
    await page.goto(`${server.origin}/page.html`);
    // An element that nobody has defined is a box in a line; ours is a block, and the place of what lies in it.
    await page.evaluate(() =>
      document.querySelector('ils-room')?.setAttribute('style', 'display: block; position: relative'),
    );
    for (const host of hosts) {
      await dress(host);
      ownAlone.set(host, await page.evaluate<string[]>(readOwn));
    }
    await dress('plain');
    await page.addScriptTag({ url: '/kit.js', type: 'module' });
    await page.waitForFunction('globalThis.hostPage !== undefined');
    await page.evaluate('hostPage.show()');
  });

  after(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });

  const look = async (host: Host): Promise<{ boxes: string[]; picture: string }> => {
    await dress(host);
    const boxes = await page.evaluate<string[]>('hostPage.readKit()');
    // Only our own: what the page makes of its words is its own affair.
    const style = '.own, .own * { visibility: hidden !important } html, body { background: white !important }';
    const picture = (await page.screenshot({ animations: 'disabled', style })).toString('base64');
    return { boxes, picture };
  };

  /** How many pixels differ to the eye. */
  const countDifferences = async (pictures: readonly [string, string]): Promise<number> =>
    page.evaluate(async (sources) => {
      const read = async (source: string) => {
        const bytes = Uint8Array.from(atob(source), (character) => character.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        if (!context) throw new Error('There is no canvas.');
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      };
      const [one, other] = [await read(sources[0]), await read(sources[1])];
      let different = 0;
      for (let at = 0; at < one.length; at += 1) if (Math.abs((one[at] ?? 0) - (other[at] ?? 0)) > 24) different += 1;
      return different;
    }, pictures);

  it('looks as it does on an empty one, box by box and pixel by pixel', async () => {
    const plain = await look('plain');
    assert.ok(plain.boxes.length > 500, `only ${plain.boxes.length} boxes`);
    for (const host of hosts.slice(1)) {
      const { boxes, picture } = await look(host);
      const changed = boxes.flatMap((box, index) => (box === plain.boxes[index] ? [] : [[plain.boxes[index], box]]));
      assert.deepEqual(changed.slice(0, 5), [], `${changed.length} of ${boxes.length} boxes differ with ${host}`);
      assert.equal(boxes.length, plain.boxes.length, `as many boxes with ${host}`);
      const different = await countDifferences([plain.picture, picture]);
      assert.ok(different < 200, `${different} channels of pixels differ with ${host}`);
    }
  });

  it('leaves the page as it is, within the room and outside of it', async () => {
    for (const host of hosts) {
      await dress(host);
      const before = ownAlone.get(host) ?? [];
      const changed = (await page.evaluate<string[]>(readOwn)).filter((value, index) => value !== before[index]);
      assert.deepEqual(changed, [], `with ${host}`);
    }
    assert.equal(await page.evaluate('document.adoptedStyleSheets.length'), 0);
    assert.equal(await page.evaluate('document.querySelectorAll("style").length'), 0);
    const bodyOf = '[...document.body.children].map(({ localName }) => localName)';
    assert.deepEqual(await page.evaluate(bodyOf), ['section', 'ils-room']);
  });
});

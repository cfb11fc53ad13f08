import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { repository } from '../set-up/paths.mjs';

/** Once nothing has been asked for during this time, the page has loaded what it loads. */
const quietMs = 500;
const pageTimeLimitMs = 30_000;

const cdn = join(repository, 'dist/cdn');

/** Bytes after brotli 11 of each file that a page loaded, by its path below `dist/cdn`. */
export type PageSize = ReadonlyMap<string, number>;

export const totalOf = (size: PageSize): number => [...size.values()].reduce((sum, bytes) => sum + bytes, 0);

const known = new Map<string, number>();

async function measureFile(file: string): Promise<number> {
  const text = await readFile(join(cdn, file));
  const size =
    known.get(file) ??
    brotliCompressSync(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
    }).length;
  known.set(file, size);
  return size;
}

export interface PageVisit {
  /** Where the page is, below `origin`; it is made up on the way, so the server need not have it. */
  readonly origin: string;
  /** Where `dist/cdn` is, below `origin`. */
  readonly kitPath: string;
  /** What stands in the page's body. */
  readonly body: string;
  /** What a visitor does there. */
  readonly act?: (page: Page) => Promise<void>;
}

/** Loads a page of the built package in a real browser and measures every script that it asked for. */
export async function measurePage(browser: Browser, { origin, kitPath, body, act }: PageVisit): Promise<PageSize> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(pageTimeLimitMs);
    const files = new Set<string>();
    const failures: string[] = [];
    page.on('requestfinished', (request) => {
      const url = new URL(request.url());
      if (url.origin !== origin) failures.push(`asks another origin for ${request.url()}`);
      if (url.pathname.startsWith(kitPath)) files.add(url.pathname.slice(kitPath.length));
    });
    page.on('pageerror', ({ message }) => failures.push(message));
    page.on('requestfailed', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith(kitPath)) failures.push(`could not load ${pathname}`);
    });
    await page.route(`${origin}/size-of-page`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Size</title><link rel="icon" href="data:,">
<script type="module" src="${kitPath}ils.js"></script></head><body>${body}</body></html>`,
      }),
    );
    await page.goto(`${origin}/size-of-page`);
    const tags = [...new Set([...body.matchAll(/<(ils-[\w-]+)/g)].flatMap(([, tag]) => tag ?? []))];
    const undefinedTags = (names: readonly string[]) => names.filter((name) => customElements.get(name) === undefined);
    await page
      .waitForFunction((names) => names.every((name) => customElements.get(name) !== undefined), tags)
      .catch(async () => {
        failures.push(`never defined: ${(await page.evaluate(undefinedTags, tags)).join(', ')}`);
      });
    if (failures.length === 0) await act?.(page);
    await waitUntilQuiet(page, files);
    if (failures.length > 0) throw new Error(`the page is broken: ${failures.join('; ')}`);
    const sizes = new Map<string, number>();
    for (const file of files) sizes.set(file, await measureFile(file));
    return sizes;
  } finally {
    await context.close();
  }
}

async function waitUntilQuiet(page: Page, files: ReadonlySet<string>): Promise<void> {
  let before = -1;
  while (before !== files.size) {
    before = files.size;
    await page.waitForTimeout(quietMs);
  }
}

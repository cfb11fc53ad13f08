import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type {} from './page.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const DESKTOP = { width: 1024, height: 768, zoom: 1 };
/** What a window of 1024 × 768 shows at 200 %. */
const ZOOMED = { width: 512, height: 384, zoom: 2 };
/** What a window of 1280 px shows at 400 %, and the narrowest phone. */
const NARROW = { width: 320, height: 640, zoom: 2 };

export interface StoryPage {
  readonly page: Page;
  readonly session: CDPSession;
}

export async function openStoryPage(browser: Browser, timeLimitMs: number): Promise<StoryPage> {
  const page = await browser.newPage({ viewport: DESKTOP, reducedMotion: 'reduce' });
  page.setDefaultTimeout(timeLimitMs);
  return { page, session: await page.context().newCDPSession(page) };
}

/** Runs in the page: waits for what moves and ends, in every shadow root, so that contrast is measured on the picture at rest. */
export async function settle(): Promise<void> {
  const rootsWithin = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
    root,
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? rootsWithin(shadowRoot) : [])),
  ];
  const findEnding = () =>
    rootsWithin(document)
      .flatMap((root) => root.getAnimations())
      .filter(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
  const nextFrames = async () =>
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))));
  await nextFrames();
  // What ends may start something else, so look again; what never comes to rest is looked at as it is.
  for (let round = 0; round < 10; round += 1) {
    const ending = findEnding();
    if (ending.length === 0) return;
    await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
    await nextFrames();
  }
}

/** Looks at the story that is shown in light and dark. */
export async function lookAtColors({ page }: StoryPage): Promise<string[]> {
  const problems: string[] = [];
  await page.evaluate(axeSource);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(settle);
    problems.push(...(await findBarriers(page)).map((barrier) => `${colorScheme}: ${barrier}`));
  }
  return problems;
}

/** Looks at it in every other way a reader may have set up: zoomed, narrow, right to left, in forced colours, by keyboard, calm. */
export async function lookThrough({ page, session }: StoryPage): Promise<string[]> {
  const problems: string[] = [];
  const add = (view: string, faults: readonly string[]) => problems.push(...faults.map((fault) => `${view}: ${fault}`));
  const resize = async ({ width, height, zoom }: typeof DESKTOP) => {
    await session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: zoom,
      mobile: false,
    });
    await page.evaluate(settle);
    return page.evaluate(() => globalThis.storiesPage.findLayoutFaults());
  };

  add('less motion', await page.evaluate(() => globalThis.storiesPage.endMotionWatch()));
  add('desktop', await page.evaluate(() => globalThis.storiesPage.findLayoutFaults()));
  add('200 %', await resize(ZOOMED));
  await speak(page, 'ar', 'rtl');
  add('right to left, 320 px', await resize(NARROW));
  add('right to left', [...(await resize(DESKTOP)), ...(await findBarriers(page))]);
  await speak(page, 'en', 'ltr');
  await page.evaluate(settle);

  await page.evaluate(() => globalThis.storiesPage.rememberFilled());
  await page.emulateMedia({ forcedColors: 'active' });
  await page.evaluate(settle);
  add('forced colours', await page.evaluate(() => globalThis.storiesPage.findForcedColorFaults()));
  add('forced colours', await page.evaluate(() => globalThis.storiesPage.findFocusFaults()));
  await page.emulateMedia({ forcedColors: 'none' });
  add('keyboard', await page.evaluate(() => globalThis.storiesPage.findFocusFaults()));
  return problems;
}

async function speak(page: Page, language: string, direction: 'ltr' | 'rtl'): Promise<void> {
  await page.evaluate(([lang, dir]) => Object.assign(document.documentElement, { lang, dir }), [
    language,
    direction,
  ] as const);
}

/** Rules for whole pages: a sheet shows one element many times and is no page. */
const rules = Object.fromEntries(
  ['region', 'page-has-heading-one', 'landmark-unique'].map((rule) => [rule, { enabled: false }]),
);

async function findBarriers(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults>(`axe.run('#story', {
    resultTypes: ['violations'],
    rules: ${JSON.stringify(rules)},
  })`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${help}: ${target.join(' ')}\n      ${failureSummary?.replaceAll('\n', '\n      ')}`,
    ),
  );
}

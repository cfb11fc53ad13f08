import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { repository } from './set-up/paths.mjs';
import { say } from './set-up/progress.mjs';
import { runQuietly } from './set-up/run-command.mjs';
import { lookAtColors, lookThrough, openStoryPage, settle, type StoryPage } from './stories/views.ts';
import { serveFolder } from './serve-folder.ts';
import { writeCounts } from './suites/write-counts.ts';

/** The policy that the kit promises to live under. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self' ws: wss:",
  "require-trusted-types-for 'script'",
].join('; ');

/** Most of the time a story waits for its own fades. */
const pagesAtOnce = 3;
const storyTimeLimitMs = 20_000;
/** `node scripts/check-stories.ts --views poll` looks at the stories with that in their names alone, and in every view. */
const inEveryView = process.argv.includes('--views');
const only = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? '';
const pageFolder = join(repository, `.cache/stories-page-${process.pid}`);

/** One page that can show each story, without Storybook's own frame, which does not live under such a policy. */
async function buildStoriesPage(): Promise<void> {
  mkdirSync(pageFolder, { recursive: true });
  await build({
    root: repository,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir: pageFolder,
      target: 'es2022',
      minify: false,
      modulePreload: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 100_000,
      rolldownOptions: {
        input: { stories: join(repository, 'scripts/stories/page.ts') },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}

const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Story</title>
<meta name="viewport" content="width=device-width"><script type="module" src="/stories.js"></script></head>
<body><main id="story"></main></body></html>`;

/** @returns what is wrong with the story */
async function checkStory({ page, session }: StoryPage, origin: string, id: string): Promise<string[]> {
  const problems: string[] = [];
  const handleError = (error: Error) => problems.push(`error: ${error.message}`);
  page.on('pageerror', handleError);
  const handleRequest = (request: { url(): string }) => {
    const url = request.url();
    if (/^(https?|wss?):/.test(url) && !url.startsWith(origin)) problems.push(`asks the network for ${url}`);
  };
  page.on('request', handleRequest);
  try {
    await page.goto(`${origin}/story.html`);
    if (inEveryView) await page.evaluate(() => globalThis.storiesPage.watchMotion());
    await page.evaluate((story) => globalThis.storiesPage.show(story), id);
    await page.evaluate(settle);
    problems.push(...(await lookAtColors({ page, session })));
    if (inEveryView) problems.push(...(await lookThrough({ page, session })));
    const policy = await page.evaluate(() => [...globalThis.storiesPage.violations]);
    problems.push(...policy.map((violation) => `content security policy: ${violation}`));
  } catch (error) {
    problems.push(`did not show: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    page.off('pageerror', handleError);
    page.off('request', handleRequest);
  }
  return problems;
}

async function checkAllStories(): Promise<{ passed: number; failed: number }> {
  await buildStoriesPage();
  await using server = await serveFolder(pageFolder, {
    headers: { 'content-security-policy': contentSecurityPolicy },
    pages: { '/story.html': html },
  });
  const browser = await chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
  const counts = { passed: 0, failed: 0 };
  try {
    const pages = await Promise.all(
      Array.from({ length: pagesAtOnce }, () => openStoryPage(browser, storyTimeLimitMs)),
    );
    await pages[0]?.page.goto(`${server.origin}/story.html`);
    const all = [...((await pages[0]?.page.evaluate(() => globalThis.storiesPage.list())) ?? [])];
    const ids = all.filter((id) => id.includes(only));
    const checkNext = async (page: StoryPage): Promise<void> => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
        const problems = await checkStory(page, server.origin, id);
        counts[problems.length === 0 ? 'passed' : 'failed'] += 1;
        say(`${problems.length === 0 ? '✓' : '✗'} ${id}`);
        for (const problem of problems) say(`    ${problem}`);
      }
    };
    await Promise.all(pages.map(checkNext));
  } finally {
    await browser.close();
    rmSync(pageFolder, { recursive: true, force: true });
  }
  return counts;
}

async function storybookBuilds(): Promise<boolean> {
  const output = join(repository, `.cache/storybook-${process.pid}`);
  try {
    const storybook = join(repository, 'node_modules/.bin/storybook');
    await runQuietly(storybook, ['build', '--disable-telemetry', '--quiet', '--output-dir', output], {
      name: 'storybook',
    });
    say('✓ Storybook builds');
    return true;
  } catch (error) {
    say(`✗ Storybook does not build: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

const built = only !== '' || (await storybookBuilds());
const { passed, failed } = await checkAllStories();
writeCounts({ passed: passed + (built ? 1 : 0), failed: failed + (built ? 0 : 1), skipped: 0 });
say(`${passed} stories passed, ${failed} failed`);
process.exitCode = built && failed === 0 ? 0 : 1;

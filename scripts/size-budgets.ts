import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { listElements } from './elements/element-names.ts';
import { serveFolder } from './serve-folder.ts';
import { repository } from './set-up/paths.mjs';
import { say } from './set-up/progress.mjs';
import { startDevelopmentServer } from './sizes/development-server.ts';
import { measurePage, totalOf, type PageSize } from './sizes/page-size.ts';
import { writeCounts } from './suites/write-counts.ts';

/** Bytes after brotli 11; a KB is 1,000 bytes. */
const budgets = { autoloader: 4_000, viewerPage: 30_000, webrtcPage: 85_000, oneElement: 12_000 };

const viewerTags = ['ils-player', 'ils-chat'];
const hostTags = ['ils-preview', 'ils-stage', 'ils-controls', 'ils-chat', 'ils-participants'];

const counts = { passed: 0, failed: 0, skipped: 0 };
const inKilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;

function judge(name: string, bytes: number, budget: number, size?: PageSize): void {
  const fits = bytes <= budget;
  counts[fits ? 'passed' : 'failed'] += 1;
  say(`${fits ? '✓' : '✗'} ${name}: ${inKilobytes(bytes)} of ${inKilobytes(budget)}`);
  for (const [file, part] of size ?? []) say(`    ${inKilobytes(part)} ${file}`);
}

/** What cannot be measured has failed, and the other measures go on. */
async function attempt(name: string, measure: () => Promise<void>): Promise<void> {
  try {
    await measure();
  } catch (error) {
    counts.failed += 1;
    say(`✗ ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Pages that have joined nothing: what they load is what a first visit costs. */
async function measureFirstLoads(browser: Browser): Promise<void> {
  await using server = await serveFolder(join(repository, 'dist'), {});
  const roomAround = (tags: readonly string[]) =>
    `<ils-room room="size">${tags.map((tag) => `<${tag}></${tag}>`).join('')}</ils-room>`;
  const measure = async (body: string) => measurePage(browser, { origin: server.origin, kitPath: '/cdn/', body });

  await attempt('autoloader', async () => {
    const size = await measure('');
    judge('autoloader', totalOf(size), budgets.autoloader);
  });
  let viewerPage = 0;
  await attempt('viewer page, first load', async () => {
    const size = await measure(roomAround(viewerTags));
    viewerPage = totalOf(size);
    judge('viewer page, first load: room, player, chat', viewerPage, budgets.viewerPage, size);
  });
  for (const { tag } of listElements()) {
    if (tag === 'ils-room') continue;
    await attempt(`<${tag}>`, async () => {
      const others = viewerTags.filter((one) => one !== tag);
      const without = others.length === viewerTags.length ? viewerPage : totalOf(await measure(roomAround(others)));
      const added = totalOf(await measure(roomAround([...others, tag]))) - without;
      judge(`<${tag}> more`, added, budgets.oneElement);
    });
  }
}

/** What is used of `<ils-room>` here. */
interface RoomInPage extends HTMLElement {
  readonly actions?: { startSource(source: 'camera' | 'microphone'): Promise<void> };
  join(): Promise<void>;
}

/** Waits in the page until the room is joined, and says why it is not. */
async function goLive(page: Page, publish: boolean): Promise<void> {
  await page.evaluate(async (withDevices) => {
    const room = document.querySelector<RoomInPage>('ils-room');
    if (room === null) throw new Error('there is no room');
    await room.join();
    if (!withDevices) return;
    await room.actions?.startSource('camera');
    await room.actions?.startSource('microphone');
  }, publish);
}

/** Pages that are live in a real room, devices and all. */
async function measureLivePages(browser: Browser): Promise<void> {
  await using server = await startDevelopmentServer();
  const measure = async (role: string, tags: readonly string[], act: (page: Page) => Promise<void>) =>
    measurePage(browser, {
      origin: server.origin,
      kitPath: '/kit/cdn/',
      body: `<ils-room room="size" token-url="/dev/token?role=${role}">${tags.map((tag) => `<${tag}></${tag}>`).join('')}</ils-room>`,
      act,
    });
  await attempt('WebRTC host page', async () => {
    const size = await measure('host', hostTags, (page) => goLive(page, true));
    judge('WebRTC host page, live', totalOf(size), budgets.webrtcPage, size);
  });
  await attempt('WebRTC viewer page', async () => {
    const size = await measure('viewer', viewerTags, (page) => goLive(page, false));
    judge('WebRTC viewer page, joined', totalOf(size), budgets.webrtcPage, size);
  });
}

const browser = await chromium.launch({
  executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});
try {
  await measureFirstLoads(browser);
  await attempt('live pages', async () => measureLivePages(browser));
} finally {
  await browser.close();
}
writeCounts(counts);
say(`${counts.passed} budgets kept, ${counts.failed} not`);
process.exitCode = counts.failed === 0 ? 0 : 1;

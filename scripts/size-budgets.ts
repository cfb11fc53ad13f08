import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureKitBuild } from './build/kit-build.ts';
import { listElements } from './elements/element-names.ts';
import { serveFolder } from './serve-folder.ts';
import { repository } from './set-up/paths.mjs';
import { say } from './set-up/progress.mjs';
import { startDevelopmentServer } from './sizes/development-server.ts';
import { measurePage, totalOf, type PageSize } from './sizes/page-size.ts';
import { writeCounts } from './suites/write-counts.ts';

/** Bytes after brotli 11; a KB is 1,000 bytes. */
const budgets = { autoloader: 4_000, viewerPage: 30_000, webrtcPage: 85_000, hlsPage: 145_000, oneElement: 12_000 };

/** From the call to a room that is joined and published in. */
const liveTimeLimitMs = 30_000;

/** From the start of a broadcast to a page that plays it. */
const broadcastTimeLimitMs = 90_000;

const viewerTags = ['ils-player', 'ils-chat'];
const hostTags = ['ils-stage', 'ils-controls', 'ils-chat'];

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

const roomAround = (tags: readonly string[], attributes = '') =>
  `<ils-room room="size" ${attributes}>${tags.map((tag) => `<${tag}></${tag}>`).join('')}</ils-room>`;

/** Pages that have joined nothing: what they load is what a first visit costs. */
async function measureFirstLoads(browser: Browser, engines: ReadonlySet<string>): Promise<void> {
  await using server = await serveFolder(join(repository, 'dist'), {});
  const measure = async (body: string) => measurePage(browser, { origin: server.origin, kitPath: '/cdn/', body });

  await attempt('autoloader', async () => judge('autoloader', totalOf(await measure('')), budgets.autoloader));
  await attempt('viewer page, first load', async () => {
    const size = await measure(roomAround(viewerTags));
    judge('viewer page, first load: room, player, chat', totalOf(size), budgets.viewerPage, size);
  });
  for (const { tag } of listElements()) {
    if (tag === 'ils-room') continue;
    await attempt(`<${tag}>`, async () => {
      const others = viewerTags.filter((one) => one !== tag);
      const without = await measure(roomAround(others));
      const size = await measure(roomAround([...others, tag]));
      // Engines belong to the live page, whichever element first wants them.
      const added = new Map([...size].filter(([file]) => !without.has(file) && !engines.has(file)));
      judge(`<${tag}> more`, totalOf(added), budgets.oneElement, added);
    });
  }
}

/** What is used of `<ils-room>` here. */
interface RoomInPage extends HTMLElement {
  readonly actions?: { startSource(source: 'camera' | 'microphone'): Promise<void> };
  join(): Promise<void>;
}

/** Joins, publishes where the role does, and is done when all of it has been answered. */
async function goLive(page: Page, publishes: boolean): Promise<void> {
  await page.evaluate(
    async ({ withDevices, timeLimitMs }) => {
      const room = document.querySelector<RoomInPage>('ils-room');
      if (room === null) throw new Error('there is no room');
      const join = async () => {
        await room.join();
        if (!withDevices) return;
        await room.actions?.startSource('camera');
        await room.actions?.startSource('microphone');
      };
      const giveUp = new Promise((_, reject) => {
        setTimeout(() => reject(new Error('the room is not live in time')), timeLimitMs);
      });
      await Promise.race([join(), giveUp]);
    },
    { withDevices: publishes, timeLimitMs: liveTimeLimitMs },
  );
}

/** Joins as one of the audience, starts the broadcast as the site's back end would, and is done when it plays. */
async function watchBroadcast(page: Page, origin: string): Promise<void> {
  page.setDefaultTimeout(broadcastTimeLimitMs);
  await goLive(page, false);
  const answer = await fetch(`${origin}/api/v1/rooms/size/broadcast/start`, {
    method: 'POST',
    headers: { authorization: 'Bearer development-api-key', 'content-type': 'application/json' },
    body: JSON.stringify({ quality: 'low' }),
  });
  if (!answer.ok) throw new Error(`the broadcast does not start: ${await answer.text()}`);
  await page.waitForFunction(() => {
    const video = document.querySelector('ils-player')?.shadowRoot?.querySelector('video');
    return video !== null && video !== undefined && video.currentTime > 0 && video.readyState > 2;
  });
}

/**
 * Pages that are live in a real room, devices and all.
 * @returns the files that a room alone loads to go live
 */
async function measureLivePages(browser: Browser): Promise<ReadonlySet<string>> {
  await using server = await startDevelopmentServer();
  const measure = async (role: string, tags: readonly string[], publishes: boolean) =>
    measurePage(browser, {
      origin: server.origin,
      kitPath: '/kit/cdn/',
      body: roomAround(tags, `token-url="/dev/token?role=${role}"`),
      act: (page) => goLive(page, publishes),
    });
  await attempt('WebRTC viewer page', async () => {
    const size = await measure('viewer', viewerTags, false);
    judge('WebRTC viewer page, joined', totalOf(size), budgets.webrtcPage, size);
  });
  await attempt('WebRTC host page', async () => {
    const size = await measure('host', hostTags, true);
    judge('WebRTC host page, live', totalOf(size), budgets.webrtcPage, size);
  });
  await attempt('HLS viewer page', async () => {
    const size = await measurePage(browser, {
      origin: server.origin,
      kitPath: '/kit/cdn/',
      body: roomAround(viewerTags, 'token-url="/dev/token?role=audience"'),
      act: (page) => watchBroadcast(page, server.origin),
    });
    judge('HLS viewer page, playing', totalOf(size), budgets.hlsPage, size);
  });
  return new Set((await measure('host', [], true)).keys());
}

// Else the pages would wait in vain for what is not there, or what was built long ago would be measured.
await ensureKitBuild();
const browser = await chromium.launch({
  executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    // A page made up on the way has no address, so Chromium takes its socket to this machine for a stranger's.
    '--disable-features=LocalNetworkAccessChecks',
  ],
});
try {
  let engines: ReadonlySet<string> = new Set();
  await attempt('live pages', async () => {
    engines = await measureLivePages(browser);
  });
  await measureFirstLoads(browser, engines);
} finally {
  await browser.close();
}
writeCounts(counts);
say(`${counts.passed} budgets kept, ${counts.failed} not`);
process.exitCode = counts.failed === 0 ? 0 : 1;

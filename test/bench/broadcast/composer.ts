import { AUTOPLAY, launchChromium } from '../../e2e/support/chromium.ts';
import { eventually } from '../../e2e/support/eventually.ts';
import { openStudio, type RoomTag } from '../../e2e/support/pages.ts';
import { descendantsOf, listProcesses, type ProcessView } from '../../e2e/support/processes.ts';
import { RoomServer } from '../../e2e/support/room-server.ts';
import type { Figure } from '../report.ts';

const MEASURED_MS = 20_000;
/** The beginning is not like the rest: caches fill, and the estimate of the bandwidth rises. */
const SETTLING_MS = 8_000;
const START_LIMIT_MS = 120_000;
const TICKS_PER_SECOND = 100;

const wait = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

/** Processor time of a broadcast of 720p at 30 frames a second: what composes and encodes, and what packages. */
export async function measureComposer(): Promise<readonly Figure[]> {
  const server = await RoomServer.start(['--workers', '1']);
  const browser = await launchChromium(AUTOPLAY);
  try {
    const { page } = await openStudio(browser, server);
    await page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.actions?.startBroadcast({ quality: 'med' }));
    await eventually(
      'the broadcast plays',
      () => page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.store?.broadcast.view.peek()?.state),
      (state) => state === 'HLS_PLAYABLE',
      START_LIMIT_MS,
    );
    await wait(SETTLING_MS);
    const before = await ticksOf(server.pid);
    const startedAt = performance.now();
    await wait(MEASURED_MS);
    const after = await ticksOf(server.pid);
    const seconds = (performance.now() - startedAt) / 1_000;
    const cores = (part: keyof typeof after) => (after[part] - before[part]) / TICKS_PER_SECOND / seconds;
    const figure = (what: string, value: number, atMost: number): Figure => ({ what, value, unit: 'cores', atMost });
    return [
      figure('composer (browser), 720p30', cores('composer'), 1.1),
      figure('audio encoder', cores('audio'), 0.1),
      figure('server with packager', cores('server'), 0.2),
      figure('broadcast in all, 720p30', cores('composer') + cores('audio') + cores('server'), 1.2),
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Processor time so far, by what it went to. The media worker carries the room, broadcast or not. */
async function ticksOf(server: number): Promise<Readonly<Record<'composer' | 'audio' | 'server', number>>> {
  const all = await listProcesses();
  const children = descendantsOf(server, all);
  const sum = (processes: readonly ProcessView[]) => processes.reduce((total, { ticks }) => total + ticks, 0);
  const roots = children.filter(({ parent, command }) => parent === server && command.includes('ils-composer-'));
  return {
    composer: sum(roots.flatMap((root) => [root, ...descendantsOf(root.pid, all)])),
    audio: sum(children.filter(({ command }) => command.includes('ffmpeg'))),
    server: sum(all.filter(({ pid }) => pid === server)),
  };
}

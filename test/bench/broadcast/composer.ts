import { AUTOPLAY, launchChromium } from '../../e2e/support/chromium.ts';
import { eventually } from '../../e2e/support/eventually.ts';
import type { RoomTag } from '../../e2e/support/pages.ts';
import { RoomServer } from '../../e2e/support/room-server.ts';
import type { Figure } from '../report.ts';
import { coresOf } from './processor-time.ts';
import { openPublishers } from './show.ts';

const MEASURED_MS = 20_000;
/** The beginning is not like the rest: caches fill, and the estimate of the bandwidth rises. */
const SETTLING_MS = 8_000;
const START_LIMIT_MS = 120_000;

const wait = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

/** Processor time of a broadcast of a host and a guest in 720p at 30 frames a second: what composes and encodes, and what packages. */
export async function measureComposer(): Promise<readonly Figure[]> {
  const server = await RoomServer.start(['--workers', '1']);
  const browser = await launchChromium(AUTOPLAY);
  try {
    const { page } = await openPublishers(browser, server, 'med');
    await eventually(
      'the broadcast plays',
      () => page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.store?.broadcast.view.peek()?.state),
      (state) => state === 'HLS_PLAYABLE',
      START_LIMIT_MS,
    );
    await wait(SETTLING_MS);
    const cores = await coresOf(server.pid);
    await wait(MEASURED_MS);
    const { composer, audio, server: packager } = await cores();
    const figure = (what: string, value: number, atMost: number): Figure => ({ what, value, unit: 'cores', atMost });
    return [
      figure('composer (browser), 720p30', composer, 1.1),
      figure('audio encoder', audio, 0.1),
      figure('server with packager', packager, 0.2),
      figure('broadcast in all, 720p30', composer + audio + packager, 1.2),
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

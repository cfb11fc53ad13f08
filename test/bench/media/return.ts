import type { Browser } from 'playwright-core';
import { AUTOPLAY, launchChromium } from '../../e2e/support/chromium.ts';
import { eventually } from '../../e2e/support/eventually.ts';
import { receivedMedia } from '../../e2e/support/media-probe.ts';
import { openStudio, openWatch, waitForState } from '../../e2e/support/pages.ts';
import { connectionsOf, mediaIsBack, waitsLong } from '../../e2e/support/return.ts';
import { RoomServer } from '../../e2e/support/room-server.ts';
import { findWorkers } from '../../e2e/support/workers.ts';
import { median, type Result } from '../report.ts';

const ROUNDS = 5;
const BACK_AFTER_SERVER_MS = 5_000;
const BACK_AFTER_WORKER_MS = 3_000;

/** How long a room is without media: from the end of its media worker, and from the moment a killed server is up again. */
export async function measureReturn(): Promise<readonly Result[]> {
  const browser = await launchChromium(AUTOPLAY);
  // One worker: whichever dies is the room's.
  const server = await RoomServer.start(['--workers', '1']);
  try {
    const [worker, crash] = await measure(browser, server);
    return [
      { what: 'worker killed → media back', value: worker, unit: 'ms', atMost: BACK_AFTER_WORKER_MS },
      {
        what: 'server up after a crash → clients and media back',
        value: crash,
        unit: 'ms',
        atMost: BACK_AFTER_SERVER_MS,
      },
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function measure(browser: Browser, server: RoomServer): Promise<readonly [number, number]> {
  await openStudio(browser, server);
  const viewers = [await openWatch(browser, server), await openWatch(browser, server)];
  for (const viewer of viewers)
    await eventually(
      'media flows',
      () => receivedMedia(viewer.page),
      ({ frames, energy }) => frames > 5 && energy > 0,
    );
  const afterWorker: number[] = [];
  const afterServer: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const known = await connectionsOf(viewers);
    const [worker] = await findWorkers(server.pid);
    if (worker === undefined) throw new Error('There is no worker to kill.');
    const killedAt = performance.now();
    process.kill(worker, 'SIGKILL');
    await mediaIsBack(known);
    afterWorker.push(performance.now() - killedAt);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const known = await connectionsOf(viewers);
    await server.kill();
    for (const viewer of viewers) await waitsLong(viewer);
    await server.start();
    const readyAt = performance.now();
    await Promise.all(viewers.map((viewer) => waitForState(viewer, 'joined', 60_000)));
    await mediaIsBack(known);
    afterServer.push(performance.now() - readyAt);
  }
  const list = (values: readonly number[]) => values.map((value) => Math.round(value)).join(', ');
  console.log(`  after the worker: ${list(afterWorker)} ms\n  after the server: ${list(afterServer)} ms`);
  return [median(afterWorker), median(afterServer)];
}

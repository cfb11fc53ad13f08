import type { Browser } from 'playwright-core';
import { AUTOPLAY, launchChromium } from '../../e2e/support/chromium.ts';
import { openStudio } from '../../e2e/support/pages.ts';
import { RoomServer } from '../../e2e/support/room-server.ts';
import { startYardstick } from '../yardstick-process.ts';
import { median, type Result } from '../report.ts';
import { firstFrameMs, noteFirstFrame } from './first-frame.ts';

const ROUNDS = 15;

/** From the start of the navigation to the first frame of somebody who is on the air already, ours and a bare mediasoup page in turn. */
export async function measureJoin(): Promise<readonly Result[]> {
  const browser = await launchChromium(AUTOPLAY);
  const bare = await startYardstick('bare-sfu/server.ts');
  const server = await RoomServer.start();
  try {
    const publisher = await browser.newPage();
    await publisher.goto(`http://127.0.0.1:${bare.port}/?publish`);
    await publisher.waitForFunction(() => document.title === 'published');
    await openStudio(browser, server);

    const ours: number[] = [];
    const yardstick: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const bareMs = await timeJoin(browser, `http://127.0.0.1:${bare.port}/`);
      const oursMs = await timeJoin(browser, `${server.origin}/watch`);
      // The first round warms the disk's cache and is not counted.
      if (round === 0) continue;
      yardstick.push(bareMs);
      ours.push(oursMs);
    }
    return [
      {
        what: 'join → first frame',
        ours: median(ours),
        yardstick: median(yardstick),
        yardstickName: 'a bare mediasoup page',
        unit: 'ms',
        expected: { atMost: 1.25 },
      },
    ];
  } finally {
    await browser.close();
    await server.stop();
    bare.child.kill();
  }
}

async function timeJoin(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(noteFirstFrame);
  const page = await context.newPage();
  await page.goto(url);
  const taken = await firstFrameMs(page);
  await context.close();
  return taken;
}

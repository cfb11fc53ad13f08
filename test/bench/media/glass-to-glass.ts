import type { Browser, Page } from 'playwright-core';
import { AUTOPLAY, launchChromium } from '../../e2e/support/chromium.ts';
import { eventually } from '../../e2e/support/eventually.ts';
import { openStudio } from '../../e2e/support/pages.ts';
import { RoomServer } from '../../e2e/support/room-server.ts';
import { median, type Result } from '../report.ts';
import { startYardstick } from '../yardstick-process.ts';
import { connectPeers } from './bare-peers.ts';
import { CLOCK, readClock, useClockAsCamera } from './clock-picture.ts';

const ROUNDS = 3;
const FRAMES = 200;
/** Frames until the jitter buffer and the encoder have settled. */
const SETTLING_FRAMES = 150;

/** From a clock drawn in one page to the same clock read off another's screen, through the room server and by other ways. */
export async function measureGlassToGlass(): Promise<readonly Result[]> {
  const bare = await startYardstick('bare-sfu/server.ts');
  const server = await RoomServer.start();
  const ways: Readonly<Record<string, (browser: Browser) => Promise<Page>>> = {
    'browser to browser': (browser) => openPeers(browser, `http://127.0.0.1:${bare.port}/blank`),
    'ILS Kit': (browser) => openRoom(browser, server),
    'a bare mediasoup page': (browser) => openBareSfu(browser, bare.port),
  };
  const medians = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, open] of Object.entries(ways)) {
        const browser = await launchChromium(AUTOPLAY, '--allow-loopback-in-peer-connection');
        const latency = await latencyMs(await open(browser));
        await browser.close();
        medians.get(name)?.push(latency);
        console.log(`  ${name}: ${latency.toFixed(1)} ms`);
      }
    }
  } finally {
    await server.stop();
    bare.stop();
  }
  const of = (name: string): number => median(medians.get(name) ?? []);
  return [
    { name: 'browser to browser', atMost: 1.1 },
    { name: 'a bare mediasoup page', atMost: 1.1 },
  ].map(({ name, atMost }) => ({
    what: 'glass to glass',
    ours: of('ILS Kit'),
    yardstick: of(name),
    yardstickName: name,
    unit: 'ms',
    expected: { atMost },
  }));
}

async function openPublisher(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.addInitScript(useClockAsCamera, CLOCK);
  await page.goto(url);
  return page;
}

async function openPeers(browser: Browser, blank: string): Promise<Page> {
  const sending = await openPublisher(browser, blank);
  const receiving = await browser.newPage();
  await receiving.goto(blank);
  await connectPeers(sending, receiving);
  return receiving;
}

async function openRoom(browser: Browser, server: RoomServer): Promise<Page> {
  await openStudio(browser, server, {
    prepare: async (context) => void (await context.addInitScript(useClockAsCamera, CLOCK)),
  });
  const page = await browser.newPage();
  await page.goto(`${server.origin}/watch`);
  return page;
}

async function openBareSfu(browser: Browser, port: number): Promise<Page> {
  const publisher = await openPublisher(browser, `http://127.0.0.1:${port}/?publish`);
  await publisher.waitForFunction(() => document.title === 'published');
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  return page;
}

async function latencyMs(page: Page): Promise<number> {
  await eventually(
    'a picture',
    () => page.evaluate(readClock, CLOCK),
    (found) => found,
  );
  const enough = SETTLING_FRAMES + FRAMES;
  await page.waitForFunction((count) => window.latencies.length >= count, enough, { timeout: 60_000 });
  const latencies = await page.evaluate(() => window.latencies);
  return median(latencies.slice(SETTLING_FRAMES, enough));
}

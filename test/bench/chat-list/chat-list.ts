import { chromium, type Browser, type Page } from 'playwright-core';
import { percentile, type Result } from '../report.ts';
import { readList, watchList } from './list-probe.ts';
import { traceMainThread, type MainThread } from './main-thread.ts';
import { MessageSource } from './message-source.ts';
import { dragToTop, pageUp, wheelUp } from './reader.ts';

const HISTORY = 100_000;
const A_SECOND = 1_000;
const FOLLOWING_MS = 20_000;
const VIEW = { width: 420, height: 760 };

interface Sample extends MainThread {
  /** Tasks of more than 50 ms as the browser reports them: those among them in which another program had the processor. */
  readonly reported: number;
  readonly framesPerSecond: number;
  /** Between two frames, 99 of 100. Milliseconds. */
  readonly frameGapMs: number;
}

interface Samples {
  readonly following: Sample;
  readonly reading: Sample;
  /** Index of the first message in view once the scroll bar was dragged to its top. */
  readonly reached: number;
}

/**
 * `<ils-chat>` of the built kit with 100,000 messages in it, and a plain list of a virtualiser: at the end while 1,000 messages
 * a second come, then while somebody reads upwards and they go on coming. Each message is a frame on a real socket and takes
 * the room's own way: socket, connection, handlers, ledger, store, element.
 */
export async function measureChatList(): Promise<readonly Result[]> {
  const source = await MessageSource.start();
  try {
    const ours = await measure(source, 'ILS Kit', '/kit');
    const yardstick = await measure(source, 'a plain list of @tanstack/virtual-core', '/yardstick');
    return [
      ...compare('following', ours, yardstick),
      ...compare('reading', ours, yardstick),
      { what: 'chat list, first message in view once dragged to its top', value: ours.reached, unit: '', atMost: 0 },
    ];
  } finally {
    source.stop();
  }
}

async function measure(source: MessageSource, name: string, path: string): Promise<Samples> {
  const browser = await launchWithScrollBars();
  try {
    const page = await browser.newPage({ viewport: VIEW });
    await page.addInitScript(watchList);
    await page.goto(source.origin + path);
    await page.waitForFunction(() => window.listScroller() !== null);
    await source.fill(HISTORY);
    await allArrived(page, source);

    const following = await sample(browser, page, async () => {
      source.flow(A_SECOND);
      await new Promise((resolve) => setTimeout(resolve, FOLLOWING_MS));
      source.rest();
    });
    await allArrived(page, source);
    print(name, 'at the end', following);

    const start = await page.evaluate(readList);
    let wheeled = start;
    let paged = start;
    const reading = await sample(browser, page, async () => {
      source.flow(A_SECOND);
      await wheelUp(page);
      wheeled = await page.evaluate(readList);
      await pageUp(page);
      paged = await page.evaluate(readList);
      await dragToTop(page);
      source.rest();
    });
    const end = await page.evaluate(readList);
    const reached = end?.first ?? Number.NaN;
    print(
      name,
      `from ${start?.last} by wheel to ${wheeled?.first}, by Page Up to ${paged?.first}, dragged to ${reached}`,
      reading,
    );
    return { following, reading, reached };
  } finally {
    await browser.close();
  }
}

/** Waits until the page has in its list what was sent. */
async function allArrived(page: Page, source: MessageSource): Promise<void> {
  await page.waitForFunction((total) => window.listTotal() >= total, source.sent, { timeout: 60_000 });
  await page.waitForFunction(
    (total) => window.listScroller()?.querySelector(`[data-index="${total - 1}"]`) !== null,
    source.sent,
  );
}

async function sample(browser: Browser, page: Page, during: () => Promise<void>): Promise<Sample> {
  await page.evaluate(() => {
    window.frameTimes.length = 0;
    window.longTasks.length = 0;
  });
  const mainThread = await traceMainThread(browser, page, during);
  const { times, reported } = await page.evaluate(() => ({
    times: window.frameTimes.slice(),
    reported: window.longTasks.length,
  }));
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return {
    ...mainThread,
    reported,
    framesPerSecond: (gaps.length * 1_000) / spanMs,
    frameGapMs: percentile(gaps, 0.99),
  };
}

/** A scroll bar to drag, and no fake devices. */
function launchWithScrollBars(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    ignoreDefaultArgs: ['--hide-scrollbars'],
  });
}

function print(name: string, what: string, taken: Sample): void {
  console.log(
    `  ${name}, ${what}: ${taken.framesPerSecond.toFixed(1)} frames a second (99 % within ${taken.frameGapMs.toFixed(0)} ms), ` +
      `busy ${(taken.busy * 100).toFixed(0)} %, longest task ${taken.longestMs.toFixed(0)} ms of processor, ` +
      `over 50 ms: ${taken.longTasks}, ${taken.reported} by the clock`,
  );
}

function compare(phase: 'following' | 'reading', ours: Samples, yardstick: Samples): readonly Result[] {
  const what = `chat list of 100,000, 1,000 a second, ${phase === 'following' ? 'at its end' : 'read upwards'}`;
  const against = (figure: 'framesPerSecond' | 'busy', words: string, unit: string, expected: object): Result => ({
    what: `${what}, ${words}`,
    ours: ours[phase][figure],
    yardstick: yardstick[phase][figure],
    yardstickName: 'a plain list of @tanstack/virtual-core',
    unit,
    expected: expected as { readonly atMost: number },
  });
  return [
    { what: `${what}, tasks over 50 ms of processor time`, value: ours[phase].longTasks, unit: 'tasks', atMost: 0 },
    { what: `${what}, tasks over 50 ms by the clock`, value: ours[phase].reported, unit: 'tasks', atMost: 0 },
    against('framesPerSecond', 'drawn', 'frames a second', { atLeast: 0.95 }),
    against('busy', 'main thread', 'of a processor', { atMost: 1.5 }),
  ];
}

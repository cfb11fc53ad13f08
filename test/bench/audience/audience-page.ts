import { chromium, type Browser, type Page } from 'playwright-core';
import type { RoomTag } from '../../e2e/support/pages.ts';
import { watchList } from '../chat-list/list-probe.ts';
import { traceMainThread } from '../chat-list/main-thread.ts';

const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

/** What one who watches saw. */
export interface PageReport {
  readonly framesPerSecond: number;
  /** Tasks of more than 50 ms of processor time. */
  readonly longTasks: number;
  readonly longestMs: number;
  /** Of one processor. */
  readonly busy: number;
  /** Messages in the page's store at the end. */
  readonly chats: number;
}

/** A page of the built kit in the crowd's room: the program's place, chat, poll and reactions. */
export class AudiencePage {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async open(url: string): Promise<AudiencePage> {
    const browser = await chromium.launch({
      executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
      args: FLAGS,
    });
    const page = await browser.newPage({ viewport: { width: 1_100, height: 720 } });
    await page.addInitScript(watchList);
    await page.goto(url);
    await page.waitForFunction(() => document.querySelector<RoomTag>('ils-room')?.state === 'joined');
    return new AudiencePage(browser, page);
  }

  async watch<T>(during: () => Promise<T>): Promise<readonly [T, PageReport]> {
    await this.#page.evaluate(() => (window.frameTimes.length = 0));
    const results: T[] = [];
    const { longTasks, longestMs, busy } = await traceMainThread(this.#browser, this.#page, async () => {
      results.push(await during());
    });
    const { times, chats } = await this.#page.evaluate(() => ({
      times: window.frameTimes.slice(),
      chats: document.querySelector<RoomTag>('ils-room')?.store?.chat.log.total ?? 0,
    }));
    const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
    const report = { framesPerSecond: ((times.length - 1) * 1_000) / spanMs, longTasks, longestMs, busy, chats };
    return [results[0] as T, report];
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { watchPage } from './page-probe.ts';
import type { Scriptable } from './scriptable.ts';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** Camera, microphone and screen are test pictures and beeps, given without asking. */
const FAKE_DEVICES = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--auto-select-desktop-capture-source=Entire screen',
];

export const AUTOPLAY = '--autoplay-policy=no-user-gesture-required';

export async function launchChromium(...flags: readonly string[]): Promise<Browser> {
  return launch([...FLAGS, ...FAKE_DEVICES, ...flags]);
}

/** One that has no camera and no microphone, and whose pages may capture themselves as they are seen and heard. */
export async function launchWithoutDevices(...flags: readonly string[]): Promise<Browser> {
  return launch([...FLAGS, ...flags], ['--mute-audio']);
}

async function launch(args: string[], ignoreDefaultArgs: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args,
    ignoreDefaultArgs,
  });
}

export interface PageOptions extends BrowserContextOptions {
  /** Called before the page's own scripts have a chance. */
  readonly prepare?: (context: BrowserContext) => Promise<void>;
}

/** A page in a profile of its own, which remembers what it opened and what broke in it. */
export async function openPage(
  browser: Browser,
  url: string,
  { prepare, ...options }: PageOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  await prepare?.(context);
  await context.addInitScript(watchPage);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  return { page, context, errors };
}

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Uncaught errors and what the console says in red. */
  readonly errors: readonly string[];
}

/** Asks the page without the gesture that Playwright's own questions count as, to see it as it is before anyone has touched it. */
export async function withoutGesture({ page, context }: WatchedPage): Promise<Scriptable> {
  const session = await context.newCDPSession(page);
  const evaluate = async (run: (argument: unknown) => unknown, argument?: unknown): Promise<unknown> => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `(${run.toString()})(${JSON.stringify(argument)})`,
      awaitPromise: true,
      returnByValue: true,
      userGesture: false,
    });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  return { evaluate: evaluate as Scriptable['evaluate'] };
}

/** Listeners on what outlives every element: window, document, and the list of devices. */
export async function countListeners({ page, context }: WatchedPage): Promise<number> {
  const session = await context.newCDPSession(page);
  let count = 0;
  for (const expression of ['window', 'document', 'navigator.mediaDevices', 'visualViewport']) {
    const { result } = await session.send('Runtime.evaluate', { expression });
    const { objectId } = result;
    if (objectId === undefined) throw new Error(`There is no ${expression}.`);
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId });
    count += listeners.length;
  }
  await session.detach();
  return count;
}

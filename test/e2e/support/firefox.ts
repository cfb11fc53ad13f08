import { launch, type Browser, type Page } from 'puppeteer-core';
import { watchPage } from './page-probe.ts';
import type { Scriptable } from './scriptable.ts';

/** Firefox with a fake camera and microphone, which asks no questions and plays sound at once. */
export async function launchFirefox(): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr',
    headless: true,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
      'media.autoplay.blocking_policy': 0,
    },
  });
}

export interface FirefoxPage {
  readonly page: Scriptable;
  readonly tab: Page;
  /** Uncaught errors and what the console says in red. */
  readonly errors: readonly string[];
}

export async function openFirefoxPage(browser: Browser, url: string): Promise<FirefoxPage> {
  const context = await browser.createBrowserContext();
  const tab = await context.newPage();
  await tab.setViewport({ width: 1_280, height: 720 });
  await tab.evaluateOnNewDocument(watchPage);
  const errors: string[] = [];
  tab.on('pageerror', (error) => errors.push(String(error)));
  tab.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await tab.goto(url);
  const evaluate = (run: (argument: unknown) => unknown, argument?: unknown) => tab.evaluate(run, argument);
  return { page: { evaluate: evaluate as Scriptable['evaluate'] }, tab, errors };
}

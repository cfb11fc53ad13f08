import { launch, type Browser, type Page } from 'puppeteer-core';
import { watchPage } from './page-probe.ts';
import type { Scriptable } from './scriptable.ts';

/** What Firefox does by itself in a new profile: asking the network, which is not there, and getting ready what no test sees. */
const QUIET = {
  'app.normandy.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.newtabpage.activity-stream.feeds.section.topstories': false,
  'browser.newtabpage.activity-stream.feeds.topsites': false,
  'browser.region.network.url': '',
  'browser.region.update.enabled': false,
  'browser.safebrowsing.provider.google4.updateURL': '',
  'browser.safebrowsing.provider.mozilla.updateURL': '',
  'browser.sessionstore.interval': 3_600_000,
  'datareporting.usage.uploadEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'media.gmp-manager.url': '',
  'media.gmp-provider.enabled': false,
  'messaging-system.rsexperimentloader.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.proxy.type': 0,
  'network.trr.mode': 5,
  'places.history.enabled': false,
  'security.OCSP.enabled': 0,
  'toolkit.shutdown.fastShutdownStage': 3,
  'toolkit.telemetry.server': '',
  'toolkit.telemetry.unified': false,
};

/** Firefox with a fake camera and microphone, which asks no questions and plays sound at once. */
export async function launchFirefox(): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr',
    headless: true,
    extraPrefsFirefox: {
      ...QUIET,
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

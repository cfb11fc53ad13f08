import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { IlsPlayer } from '../../src/elements/player/player.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { HlsSource } from './support/hls-source.ts';
import { violations } from './support/media-probe.ts';

const PATIENCE_MS = 40_000;

describe('a player of HLS without a room', { timeout: 400_000 }, () => {
  let browser: Browser;
  let source: HlsSource;
  let watch: WatchedPage;

  const position = () =>
    watch.page.evaluate(() => document.querySelector<IlsPlayer>('ils-player')?.video?.currentTime ?? 0);
  const goesOn = async (seconds = 1) => {
    const from = await position();
    await eventually('the picture goes on', position, (now) => Math.abs(now - from) > seconds, PATIENCE_MS);
  };
  const open = async () => {
    watch = await openPage(browser, `${source.origin}/page`);
  };

  before(async () => {
    browser = await launchChromium(AUTOPLAY);
  });
  after(() => browser?.close());
  beforeEach(async () => {
    source = await HlsSource.open();
    source.body = '<ils-player src="/live.m3u8"></ils-player>';
  });
  afterEach(async () => {
    await watch?.context.close();
    await source.close();
  });

  it('waits for what is not there yet, and begins by itself, under the strict policy', async () => {
    await open();
    await watch.page.getByText('It begins here by itself.').waitFor();
    await source.start();
    await goesOn();
    assert.deepEqual(await violations(watch.page), []);
  });

  it('goes on after segments were missing and requests hung', async () => {
    await source.start();
    await open();
    await goesOn();
    source.fault = (path) => (path.endsWith('.m4s') ? 404 : undefined);
    await eventually(
      'missing segments',
      () => source.requests.length,
      (count) => count > 20,
      PATIENCE_MS,
    );
    source.heal();
    await goesOn();
    let held = 0;
    source.fault = (path) => {
      if (!path.endsWith('.m3u8')) return undefined;
      held += 1;
      return 'hang';
    };
    await eventually(
      'a request that hangs',
      () => held,
      (count) => count > 0,
    );
    source.heal();
    await goesOn(2);
  });

  it('goes on with a programme that began anew', async () => {
    await source.start();
    await open();
    await goesOn();
    await source.clear();
    await source.start();
    await goesOn(2);
  });

  it('asks for a fresh address when the signature has expired', async () => {
    await source.start();
    source.fault = (_, query) => (query.get('signature') === 'old' ? 403 : undefined);
    source.body = '<ils-player src="/live.m3u8?signature=old"></ils-player>';
    await open();
    await watch.page.evaluate(() => {
      const player = document.querySelector<IlsPlayer>('ils-player');
      if (player === null) throw new Error('There is no player.');
      const renew = () => (player.src = '/live.m3u8?signature=new');
      player.addEventListener('ils-source-expired', renew);
      // It may have asked before this page listened.
      setTimeout(renew, 1_000);
    });
    await goesOn();
  });

  it('comes back after the network did', async () => {
    await source.start();
    await open();
    await goesOn();
    await watch.context.setOffline(true);
    await eventually(
      'the stop',
      () => watch.page.evaluate(() => navigator.onLine),
      (online) => !online,
    );
    await watch.context.setOffline(false);
    await goesOn(2);
  });
});

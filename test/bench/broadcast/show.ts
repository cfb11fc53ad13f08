import type { Browser, Page } from 'playwright-core';
import { openPage, type WatchedPage } from '../../e2e/support/chromium.ts';
import { openStudio, waitForState, type RoomTag } from '../../e2e/support/pages.ts';
import type { RoomServer } from '../../e2e/support/room-server.ts';
import { BURNT_CLOCK, useBurntClock, useQuietCamera } from './burnt-clock.ts';

/** No larger than the picture: without a graphics card the processor draws the pages too, and takes that from what is measured. */
export const SCREEN = { width: 640, height: 360 };

/** A host with the clock for a camera, and a guest; both are on the stage, and the broadcast has been asked for. */
export async function openPublishers(
  browser: Browser,
  server: RoomServer,
  quality: 'low' | 'med' = 'low',
): Promise<WatchedPage> {
  await server.addPage(
    'guest',
    '<ils-room room="demo" token-url="/dev/token?role=guest"><ils-stage></ils-stage></ils-room>',
  );
  const studio = await openStudio(browser, server, {
    viewport: SCREEN,
    prepare: async (context) => void (await context.addInitScript(useBurntClock, BURNT_CLOCK)),
  });
  const guest = await openPage(browser, `${server.origin}/guest`, {
    viewport: SCREEN,
    prepare: async (context) => void (await context.addInitScript(useQuietCamera, BURNT_CLOCK)),
  });
  await guest.page.waitForFunction(() => document.querySelector<RoomTag>('ils-room')?.actions !== undefined);
  await guest.page.evaluate(async () => {
    const { actions } = document.querySelector<RoomTag>('ils-room') ?? {};
    await Promise.all([actions?.startSource('camera'), actions?.startSource('microphone')]);
    await actions?.join();
  });
  await waitForState(guest, 'joined');
  // Side by side, whoever came first: the clock is as large after people came back.
  await studio.page.evaluate(
    (wanted) =>
      document
        .querySelector<RoomTag>('ils-room')
        ?.actions?.startBroadcast({ quality: wanted, layout: { type: 'GRID' } }),
    quality,
  );
  return studio;
}

/** So many pages of the audience, whose sound may be listened to. */
export async function openAudience(browser: Browser, server: RoomServer, count: number): Promise<readonly Page[]> {
  await server.addPage(
    'audience',
    '<ils-room room="demo" token-url="/dev/token?role=audience" auto-join><ils-player></ils-player></ils-room>',
  );
  const open = async () => {
    const watch = await openPage(browser, `${server.origin}/audience`, { bypassCSP: true, viewport: SCREEN });
    await waitForState(watch, 'joined');
    return watch.page;
  };
  return Promise.all(Array.from({ length: count }, open));
}

/** Where any player has the broadcast that this page is in. */
export async function liveAddress(page: Page, server: RoomServer): Promise<string> {
  const path = await page.evaluate(
    () => document.querySelector<RoomTag>('ils-room')?.store?.broadcast.view.peek()?.livestreamUrl,
  );
  if (typeof path !== 'string') throw new Error('The broadcast has no address.');
  return new URL(path, server.origin).href;
}

import type { Page } from 'playwright-core';

/** Put into a page before its own scripts: notes when a picture first stands on the screen, through all shadow roots. */
export function noteFirstFrame(): void {
  const look = (root: ParentNode): boolean => {
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLVideoElement && element.getVideoPlaybackQuality().totalVideoFrames > 0) return true;
      if (element.shadowRoot !== null && look(element.shadowRoot)) return true;
    }
    return false;
  };
  const wait = (): void => {
    if (look(document)) performance.mark('first-frame');
    else requestAnimationFrame(wait);
  };
  requestAnimationFrame(wait);
}

/** Milliseconds from the start of the navigation to the first frame. */
export async function firstFrameMs(page: Page): Promise<number> {
  await page.waitForFunction(() => performance.getEntriesByName('first-frame').length > 0, undefined, {
    timeout: 20_000,
  });
  return page.evaluate(() => performance.getEntriesByName('first-frame')[0]?.startTime ?? Number.NaN);
}

import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** When the first frame of each stream that was put into a video came on the screen; milliseconds since the epoch. */
    firstFrames: number[];
  }
}

/** Put into a page before its own scripts. */
export function noteFirstFrames(): void {
  window.firstFrames = [];
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  if (source === undefined) return;
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...source,
    set(this: HTMLMediaElement, stream: MediaProvider | null) {
      source.set?.call(this, stream);
      if (this instanceof HTMLVideoElement && stream !== null)
        this.requestVideoFrameCallback((_now, { presentationTime }) =>
          window.firstFrames.push(performance.timeOrigin + presentationTime),
        );
    },
  });
}

/** The first of them after that moment, once there is one. */
export async function firstFrameAfter(page: Page, momentMs: number, limitMs: number): Promise<number> {
  const frame = await page.waitForFunction((moment) => window.firstFrames.find((at) => at > moment), momentMs, {
    timeout: limitMs,
  });
  return (await frame.jsonValue()) ?? Number.NaN;
}

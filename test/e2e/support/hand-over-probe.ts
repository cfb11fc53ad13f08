import type { IlsPlayer } from '../../../src/elements/player/player.ts';
import type { Scriptable } from './scriptable.ts';

/** What was in sight of a player from one frame of the screen to the next. */
export interface HandOverRecord {
  /** Frames of the screen that were looked at. */
  readonly looks: number;
  /** Looks at which there was no picture, or a black one. */
  readonly dark: number;
  /** The longest time between two frames that the picture in front presented. Milliseconds. */
  readonly longestGapMs: number;
  /** Whether the picture in front became another one. */
  readonly swaps: number;
  /** From the beginning of the record to the first swap. Milliseconds. */
  readonly swappedAfterMs: number | null;
}

declare global {
  interface Window {
    stopRecord?: () => HandOverRecord;
  }
}

/** Begins to look at what the page's player shows, at every frame of the screen. */
export async function beginRecord(page: Scriptable): Promise<void> {
  await page.evaluate(() => {
    const player = document.querySelector<IlsPlayer>('ils-player');
    const canvas = document.createElement('canvas');
    canvas.width = 16;
    canvas.height = 9;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (player === null || context === null) throw new Error('There is no player.');
    const startedAt = performance.now();
    const followed = new WeakSet<HTMLVideoElement>();
    const presented = new WeakMap<HTMLVideoElement, string>();
    const sourceOf = (video: HTMLVideoElement): string =>
      video.srcObject instanceof MediaStream ? video.srcObject.id : video.src;
    let looks = 0;
    let dark = 0;
    let swaps = 0;
    let swappedAfterMs: number | null = null;
    let front = player.video;
    let presentedAt = startedAt;
    // It was playing before: the frame that it stands at, if it stands, is in sight.
    if (front !== null && front.videoWidth > 0) presented.set(front, sourceOf(front));
    let longestGapMs = 0;
    /** Whose frame was the last in sight. */
    let shown = front;
    let running = true;

    const follow = (video: HTMLVideoElement): void => {
      if (followed.has(video)) return;
      followed.add(video);
      let count: number | undefined;
      const note: VideoFrameRequestCallback = (_now, { presentationTime, presentedFrames }): void => {
        if (!running) return;
        presented.set(video, sourceOf(video));
        // A busy page is not told of every frame; the browser has counted those too.
        const frames = shown === video && count !== undefined ? Math.max(1, presentedFrames - count) : 1;
        count = presentedFrames;
        if (video === player.video) {
          longestGapMs = Math.max(longestGapMs, (presentationTime - presentedAt) / frames);
          presentedAt = presentationTime;
          shown = video;
        }
        video.requestVideoFrameCallback(note);
      };
      video.requestVideoFrameCallback(note);
    };
    const isDark = (video: HTMLVideoElement | null): boolean => {
      if (video === null || video.videoWidth === 0) return true;
      // While it seeks, the last frame stands; of another source there is none yet.
      if (video.readyState < 2) return presented.get(video) !== sourceOf(video);
      context.drawImage(video, 0, 0, 16, 9);
      const { data } = context.getImageData(0, 0, 16, 9);
      let brightest = 0;
      for (let index = 0; index < data.length; index += 4)
        brightest = Math.max(brightest, data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0);
      return brightest < 24;
    };
    const look = (): void => {
      if (!running) return;
      looks += 1;
      const video = player.video;
      if (video !== front && video !== null) {
        swaps += 1;
        swappedAfterMs ??= performance.now() - startedAt;
        front = video;
        // It comes into sight with the frame that it stands at.
        if (presented.get(video) === sourceOf(video)) {
          longestGapMs = Math.max(longestGapMs, performance.now() - presentedAt);
          presentedAt = performance.now();
          shown = video;
        }
      }
      if (isDark(video)) dark += 1;
      for (const one of player.shadowRoot?.querySelectorAll('video') ?? []) follow(one);
      if (video !== null) follow(video);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    window.stopRecord = () => {
      running = false;
      return { looks, dark, longestGapMs, swaps, swappedAfterMs };
    };
  });
}

export async function endRecord(page: Scriptable): Promise<HandOverRecord> {
  return page.evaluate(() => {
    const record = window.stopRecord?.();
    if (record === undefined) throw new Error('Nothing was recorded.');
    return record;
  });
}

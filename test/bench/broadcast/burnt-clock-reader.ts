import type { Page } from 'playwright-core';
import { eventually } from '../../e2e/support/eventually.ts';

export interface BurntClock {
  /** Of the time in milliseconds. */
  readonly bits: number;
  readonly width: number;
  readonly height: number;
  readonly beepEveryMs: number;
  readonly beepMs: number;
}

/** One reading of the clock in a played picture. */
export interface ClockReading {
  /** When the picture came on the screen; milliseconds since the epoch. */
  readonly atMs: number;
  /** Milliseconds since it was drawn. */
  readonly latencyMs: number;
}

/** What one video has shown since it is watched. */
export interface WatchedVideo {
  readonly readings: readonly ClockReading[];
  /** Pictures whose clock could not be read. */
  readonly unreadable: number;
  /** Frames that came on the screen. */
  readonly frames: number;
  /** Times between two of them, where those were long. Milliseconds. */
  readonly gaps: readonly number[];
  readonly longestGapMs: number;
  /** How often the video had nothing to play. */
  readonly waits: number;
}

/** The same while it is being written. */
interface Seen {
  readings: ClockReading[];
  unreadable: number;
  frames: number;
  gaps: number[];
  longestGapMs: number;
  waits: number;
}

declare global {
  interface Window {
    takeWatched?: () => WatchedVideo;
    /** Whether what is watched is in the page still. */
    isWatching?: () => boolean;
  }
}

/** A gap that is kept in the list. Milliseconds. */
const LONG_GAP_MS = 100;

/** Begins to watch the first video of the page that has a picture; the clock is read off every `readEvery`-th frame. */
export async function watchVideo(page: Page, clock: BurntClock, readEvery: number, limitMs: number): Promise<void> {
  await eventually(
    'a picture',
    () => page.evaluate(beginToWatch, [clock.bits, readEvery, LONG_GAP_MS]),
    Boolean,
    limitMs,
  );
}

/** Watches what has come in the place of a video that is gone. */
export async function watchOn(page: Page, clock: BurntClock, readEvery: number): Promise<void> {
  if (!(await page.evaluate(() => window.isWatching?.() === true)))
    await page.evaluate(beginToWatch, [clock.bits, readEvery, LONG_GAP_MS]);
}

/** What has been seen since this was last asked. */
export async function takeWatched(page: Page): Promise<WatchedVideo> {
  return page.evaluate(() => {
    if (window.takeWatched === undefined) throw new Error('No video is watched.');
    return window.takeWatched();
  });
}

function beginToWatch([bits, readEvery, longGapMs]: readonly number[]): boolean {
  const find = (root: ParentNode): HTMLVideoElement | undefined => {
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLVideoElement && element.videoWidth > 0) return element;
      const inside = element.shadowRoot === null ? undefined : find(element.shadowRoot);
      if (inside !== undefined) return inside;
    }
    return undefined;
  };
  const video = find(document);
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (video === undefined || context === null || bits === undefined) return false;
  const none = () => ({ readings: [], unreadable: 0, frames: 0, gaps: [], longestGapMs: 0, waits: 0 });
  let seen: Seen = none();
  window.takeWatched = () => {
    const taken = seen;
    seen = none();
    return taken;
  };
  window.isWatching = () => video.isConnected;
  video.addEventListener('waiting', () => (seen.waits += 1));

  interface Place {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }
  let place: Place | null = null;
  /** Where the magenta marks lie: the outermost pixels of that colour. */
  const findPlace = (): Place | null => {
    const { width, height } = context.canvas;
    const { data } = context.getImageData(0, 0, width, height);
    let [left, right, top, bottom] = [width, -1, height, -1];
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const at = (y * width + x) * 4;
        if ((data[at] ?? 0) < 190 || (data[at + 1] ?? 0) > 70 || (data[at + 2] ?? 0) < 190) continue;
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
    return right - left < bits * 4 ? null : { left, right: right + 1, top, bottom: bottom + 1 };
  };
  const readTime = ({ left, right, top, bottom }: Place): number | null => {
    const { width } = context.canvas;
    const lineAt = (share: number) => context.getImageData(0, Math.round(top + (bottom - top) * share), width, 1).data;
    const upper = lineAt(0.2);
    const lower = lineAt(0.65);
    const cell = (right - left) / (bits + 2);
    let time = 0;
    for (let bit = 0; bit < bits; bit += 1) {
      const at = Math.floor(left + (bit + 1.5) * cell) * 4 + 1;
      const difference = (upper[at] ?? 0) - (lower[at] ?? 0);
      if (Math.abs(difference) < 60) return null;
      if (difference > 0) time += 2 ** bit;
    }
    return time;
  };
  const read = (atMs: number): void => {
    const { videoWidth: width, videoHeight: height } = video;
    if (context.canvas.width !== width || context.canvas.height !== height)
      Object.assign(context.canvas, { width, height });
    context.drawImage(video, 0, 0, width, height);
    place ??= findPlace();
    const time = place === null ? null : readTime(place);
    if (time === null) {
      place = null;
      seen.unreadable += 1;
      return;
    }
    const round = 2 ** bits;
    seen.readings.push({ atMs, latencyMs: (((atMs - time) % round) + round) % round });
  };
  let looks = 0;
  let last: { readonly time: number; readonly count: number } | undefined;
  const look: VideoFrameRequestCallback = (_now, { presentationTime, expectedDisplayTime, presentedFrames }) => {
    // The callback may miss frames; the browser's own count does not.
    const frames = last === undefined ? 0 : Math.max(1, presentedFrames - last.count);
    const gapMs = last === undefined ? 0 : (presentationTime - last.time) / frames;
    last = { time: presentationTime, count: presentedFrames };
    seen.frames += frames;
    seen.longestGapMs = Math.max(seen.longestGapMs, gapMs);
    if (gapMs > (longGapMs ?? 0)) seen.gaps.push(gapMs);
    looks += 1;
    if (looks % (readEvery ?? 1) === 0) read(performance.timeOrigin + expectedDisplayTime);
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  return true;
}

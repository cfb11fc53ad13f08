import type { IlsPlayer } from '../../../src/elements/player/player.ts';
import type { Scriptable } from './scriptable.ts';

/** What a player has presented while it was looked at. */
export interface FrameRecord {
  readonly frames: number;
  /** Frames whose media time was not later than that of the one before. */
  readonly repeated: number;
  /** Frames that a programme of that rate has between those presented, and that the browser has neither presented nor dropped. */
  readonly missing: number;
  /** Of those the most at one place, dropped ones among them. */
  readonly largestHole: number;
  /** Dropped by the browser, which had not the time to present them. */
  readonly dropped: number;
  /** Widths of the picture, one after the other. */
  readonly widths: readonly number[];
}

declare global {
  interface Window {
    endFrameLog?: () => FrameRecord;
  }
}

/** Begins to note the media time of each frame that the page's player presents. */
export async function beginFrameLog(page: Scriptable, frameRate: number): Promise<void> {
  await page.evaluate((rate) => {
    const video = document.querySelector<IlsPlayer>('ils-player')?.video;
    if (!video) throw new Error('There is no picture.');
    const droppedBefore = video.getVideoPlaybackQuality().droppedVideoFrames;
    const widths: number[] = [];
    let last: VideoFrameCallbackMetadata | undefined;
    let [frames, repeated, missing, largestHole] = [0, 0, 0, 0];
    const note: VideoFrameRequestCallback = (_now, frame) => {
      frames += 1;
      if (widths.at(-1) !== frame.width) widths.push(frame.width);
      if (last !== undefined) {
        const passed = Math.round((frame.mediaTime - last.mediaTime) * rate);
        if (passed <= 0) repeated += 1;
        // A busy page is not told of every frame; the browser has counted those too.
        const hole = Math.max(0, passed - (frame.presentedFrames - last.presentedFrames));
        missing += hole;
        largestHole = Math.max(largestHole, hole);
      }
      last = frame;
      handle = video.requestVideoFrameCallback(note);
    };
    let handle = video.requestVideoFrameCallback(note);
    window.endFrameLog = () => {
      video.cancelVideoFrameCallback(handle);
      const dropped = video.getVideoPlaybackQuality().droppedVideoFrames - droppedBefore;
      return { frames, repeated, missing: Math.max(0, missing - dropped), largestHole, dropped, widths };
    };
  }, frameRate);
}

export async function endFrameLog(page: Scriptable): Promise<FrameRecord> {
  return page.evaluate(() => {
    const record = window.endFrameLog?.();
    if (record === undefined) throw new Error('Nothing was noted.');
    return record;
  });
}

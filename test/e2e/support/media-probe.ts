import type { IlsStage } from '../../../src/elements/stage/stage.ts';
import type { IlsTile } from '../../../src/elements/tile/tile.ts';
import { eventually } from './eventually.ts';
import './page-probe.ts';
import type { Scriptable } from './scriptable.ts';

/** One remote or local picture that a page shows. */
export interface ShownPicture {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

/** Every `<video>` of the page that has a picture, through all shadow roots. */
export async function shownPictures(page: Scriptable): Promise<readonly ShownPicture[]> {
  return page.evaluate(() => {
    const videos: HTMLVideoElement[] = [];
    const collect = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element instanceof HTMLVideoElement) videos.push(element);
        if (element.shadowRoot !== null) collect(element.shadowRoot);
      }
    };
    collect(document);
    return videos
      .filter((video) => video.srcObject !== null && video.checkVisibility())
      .map((video) => ({
        width: video.videoWidth,
        height: video.videoHeight,
        frames: window.presentedFrames(video),
      }))
      .filter(({ frames }) => frames > 0);
  });
}

/** Waits until every picture of the page has gone on by some frames. */
export async function showsNewFrames(page: Scriptable, frames = 5, limitMs = 15_000): Promise<void> {
  const before = await eventually(
    'pictures in sight',
    () => shownPictures(page),
    (shown) => shown.length > 0,
    limitMs,
  );
  await eventually(
    `${before.length} pictures go on`,
    () => shownPictures(page),
    (now) =>
      now.length === before.length &&
      now.every((picture, index) => picture.frames >= (before[index]?.frames ?? 0) + frames),
    limitMs,
  );
}

/** The tile in the main place of the page's stage; `null` where all are equal. */
export async function mainTile(page: Scriptable) {
  return page.evaluate(() => {
    const stage =
      document.querySelector<IlsStage>('ils-stage') ??
      document.querySelector('ils-player')?.shadowRoot?.querySelector<IlsStage>('ils-stage');
    const tiles = [...(stage?.shadowRoot?.querySelectorAll<IlsTile>('ils-tile') ?? [])];
    const main = tiles.find((tile) => tile.classList.contains('main'));
    if (stage === null || stage === undefined || main === undefined) return null;
    const sizeOf = (element: Element) => element.clientWidth * element.clientHeight;
    return {
      source: main.source,
      playing: (main.video?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 0,
      /** Of the stage's area, 0 to 1. */
      share: sizeOf(main) / sizeOf(stage),
      others: tiles.length - 1,
    };
  });
}

export interface ReceivedMedia {
  /** Decoded frames of all incoming pictures. */
  readonly frames: number;
  /** `totalAudioEnergy` of all incoming sound. */
  readonly energy: number;
  /** Widths of the incoming pictures that have decoded a frame. */
  readonly widths: readonly number[];
}

/** What the page's open peer connections have received, from their statistics. */
export async function receivedMedia(page: Scriptable): Promise<ReceivedMedia> {
  return page.evaluate(async () => {
    let frames = 0;
    let energy = 0;
    const widths: number[] = [];
    for (const connection of window.peerConnections) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        frames += report.framesDecoded ?? 0;
        energy += report.totalAudioEnergy ?? 0;
        if (report.frameWidth > 0) widths.push(report.frameWidth);
      }
    }
    return { frames, energy, widths };
  });
}

/** Peer connections of the page that are not closed. */
export async function openConnections(page: Scriptable): Promise<number> {
  return page.evaluate(
    () => window.peerConnections.filter((connection) => connection.connectionState !== 'closed').length,
  );
}

/** Violations of the page's content security policy. */
export async function violations(page: Scriptable): Promise<readonly string[]> {
  return page.evaluate(() => window.violations);
}

import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** Every peer connection the page has made; see `openPage`. */
    peerConnections: RTCPeerConnection[];
    violations: string[];
  }
}

/** One remote or local picture that a page shows. */
export interface ShownPicture {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

/** Every `<video>` of the page that has decoded a frame, through all shadow roots. */
export async function shownPictures(page: Page): Promise<readonly ShownPicture[]> {
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
      .map((video) => ({
        width: video.videoWidth,
        height: video.videoHeight,
        frames: video.getVideoPlaybackQuality().totalVideoFrames,
      }))
      .filter(({ frames }) => frames > 0);
  });
}

export interface ReceivedMedia {
  /** Decoded frames of all incoming pictures. */
  readonly frames: number;
  /** `totalAudioEnergy` of all incoming sound. */
  readonly energy: number;
  /** Widths of the incoming pictures that have decoded a frame. */
  readonly widths: readonly number[];
  readonly packetsLost: number;
}

/** What the page's open peer connections have received, from their statistics. */
export async function receivedMedia(page: Page): Promise<ReceivedMedia> {
  return page.evaluate(async () => {
    let frames = 0;
    let energy = 0;
    let packetsLost = 0;
    const widths: number[] = [];
    for (const connection of window.peerConnections) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        frames += report.framesDecoded ?? 0;
        energy += report.totalAudioEnergy ?? 0;
        packetsLost += report.packetsLost ?? 0;
        if (report.frameWidth > 0) widths.push(report.frameWidth);
      }
    }
    return { frames, energy, widths, packetsLost };
  });
}

/** Peer connections of the page that are not closed. */
export async function openConnections(page: Page): Promise<number> {
  return page.evaluate(
    () => window.peerConnections.filter((connection) => connection.connectionState !== 'closed').length,
  );
}

/** Violations of the page's content security policy. */
export async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => window.violations);
}

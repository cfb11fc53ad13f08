import type { WatchedPage } from './chromium.ts';
import { eventually } from './eventually.ts';
import { waitForState, type RoomTag } from './pages.ts';

/** How many peer connections each page has made so far. */
export type KnownConnections = ReadonlyMap<WatchedPage, number>;

export const connectionsMade = ({ page }: WatchedPage) => page.evaluate(() => window.peerConnections.length);

export async function connectionsOf(pages: readonly WatchedPage[]): Promise<KnownConnections> {
  return new Map(await Promise.all(pages.map(async (one) => [one, await connectionsMade(one)] as const)));
}

/** Waits until every page plays picture and sound over connections made since. */
export async function mediaIsBack(pages: KnownConnections, limitMs = 60_000): Promise<void> {
  await Promise.all(
    [...pages].map(([page, known]) =>
      eventually(
        'picture and sound over a new connection',
        () => newMedia(page, known),
        ({ frames, samples }) => frames > 2 && samples > 0,
        limitMs,
      ),
    ),
  );
}

/** Waits until the page has lost its server, and for so long that it tries again as seldom as it ever does. */
export async function waitsLong(one: WatchedPage): Promise<void> {
  await waitForState(one, 'reconnecting');
  await eventually(
    'a long wait',
    () =>
      one.page.evaluate(
        () => (document.querySelector<RoomTag>('ils-room')?.store?.connection.retryAt.peek() ?? 0) - Date.now(),
      ),
    (waitMs) => waitMs > 1_000,
    30_000,
  );
}

/** Peer connections of a page beyond the first `known`, and what they have decoded. */
async function newMedia({ page }: WatchedPage, known: number) {
  return page.evaluate(async (skipped) => {
    let frames = 0;
    let samples = 0;
    const made = window.peerConnections.slice(skipped);
    for (const connection of made) {
      if (connection.connectionState !== 'connected') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        frames += report.framesDecoded ?? 0;
        samples += report.totalSamplesReceived ?? 0;
      }
    }
    return { connections: made.length, frames, samples };
  }, known);
}

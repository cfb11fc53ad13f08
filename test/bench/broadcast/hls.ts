import { AUTOPLAY, launchChromium } from '../../e2e/support/chromium.ts';
import { RoomServer } from '../../e2e/support/room-server.ts';
import { PlayerPages } from '../../server/broadcast/player-pages.ts';
import { beginToListen, onsetsOf, takeSound } from '../media/sound-probe.ts';
import { median, percentile, type Figure, type Result } from '../report.ts';
import { takeWatched, watchVideo, type ClockReading, type WatchedVideo } from './burnt-clock-reader.ts';
import { BURNT_CLOCK } from './burnt-clock.ts';
import { coresOf } from './processor-time.ts';
import { liveAddress, openAudience, openPublishers } from './show.ts';

/** How long the audience watches. */
const SECONDS = Number(process.env['HLS_SECONDS'] ?? 300);
const PLAIN_SECONDS = Math.min(45, SECONDS);
const VIEWERS = 3;
const START_LIMIT_MS = 90_000;
/** Until players have come to where live is. */
const SETTLING_MS = 12_000;
/** Reading is not free: the clock is read this often, in frames. */
const READ_EVERY = 6;
/** A picture that stands for so long stands still for everybody. */
const STALL_MS = 250;
/** Of the beep, as it is heard. */
const LOUD = 0.1;

/** A host with a clock for a camera and a guest, composed and played by three of the audience and a reader of plain HLS. */
export async function measureHls(): Promise<readonly Result[]> {
  const server = await RoomServer.start(['--workers', '1']);
  const publishers = await launchChromium(AUTOPLAY);
  const audience = await launchChromium(AUTOPLAY);
  const others = await PlayerPages.open();
  try {
    await openPublishers(publishers, server);
    const pages = await openAudience(audience, server, VIEWERS);
    await Promise.all(pages.map((page) => watchVideo(page, BURNT_CLOCK, READ_EVERY, START_LIMIT_MS)));
    const plain = await measurePlain(others, await liveAddress(first(pages), server));
    await others.close();
    await beginToListen(first(pages), 'video');
    await wait(SETTLING_MS);
    await Promise.all(pages.map(takeWatched));
    await takeSound(first(pages));
    const cores = await coresOf(server.pid);
    await wait(SECONDS * 1_000);
    const used = await cores();
    const seen = await Promise.all(pages.map(takeWatched));
    const sound = await takeSound(first(pages));
    console.log(
      `  640 × 360, ${VIEWERS} viewers: composer ${used.composer.toFixed(2)}, sound ${used.audio.toFixed(2)}, server ${used.server.toFixed(2)} cores`,
    );
    return [...judge(seen), ...judgePlain(plain), judgeSync(first(seen).readings, onsetsOf(sound, LOUD, 500))];
  } finally {
    await Promise.allSettled([publishers.close(), audience.close(), others.close()]);
    await server.stop();
  }
}

/** Somebody else's player that knows nothing of parts, with its own defaults. */
async function measurePlain(players: PlayerPages, url: string): Promise<WatchedVideo> {
  const page = await players.playWithHls(url, false);
  await watchVideo(page, BURNT_CLOCK, READ_EVERY, START_LIMIT_MS);
  await wait(SETTLING_MS);
  await takeWatched(page);
  await wait(PLAIN_SECONDS * 1_000);
  return takeWatched(page);
}

function judge(seen: readonly WatchedVideo[]): readonly Figure[] {
  for (const { frames, readings, unreadable, gaps, longestGapMs, waits } of seen)
    console.log(
      `  a viewer: ${frames} frames in ${SECONDS} s, ${gaps.length} gaps over 100 ms, longest ${Math.round(longestGapMs)} ms, ` +
        `${waits} waits; clock ${describe(readings)}, ${unreadable} times unreadable`,
    );
  const latencies = seen.flatMap(({ readings }) => readings.map(({ latencyMs }) => latencyMs));
  const stalls = seen.flatMap(({ gaps }) => gaps.filter((gap) => gap > STALL_MS)).length;
  const waits = seen.reduce((sum, each) => sum + each.waits, 0);
  const fewest = Math.min(...seen.map(({ frames }) => frames / SECONDS));
  return [
    seconds('low-latency HLS, glass to glass, median', percentile(latencies, 0.5), 1.6),
    seconds('low-latency HLS, glass to glass, p95', percentile(latencies, 0.95), 2),
    { what: `waits for media in ${SECONDS} s, ${VIEWERS} viewers`, value: waits, unit: 'waits', atMost: 0 },
    { what: `pictures that stood over ${STALL_MS} ms`, value: stalls, unit: 'stalls', atMost: 0 },
    { what: 'frames lost to whom most were', value: Math.max(0, 30 - fewest), unit: 'frames/s of 30', atMost: 3 },
  ];
}

function judgePlain({ readings, gaps, waits }: WatchedVideo): readonly Figure[] {
  console.log(`  plain HLS: ${describe(readings)}, ${waits} waits, ${gaps.length} gaps over 100 ms`);
  return [seconds('plain HLS, glass to glass, median', median(readings.map(({ latencyMs }) => latencyMs)), 6)];
}

/** What is heard is late by so much, what is seen by so much: the difference is what one notices. */
function judgeSync(readings: readonly ClockReading[], onsets: readonly number[]): Figure {
  const { beepEveryMs } = BURNT_CLOCK;
  const offsets = onsets.flatMap((onset) => {
    const near = readings.filter(({ atMs }) => Math.abs(atMs - onset) < 1_000).map(({ latencyMs }) => latencyMs);
    if (near.length === 0) return [];
    const late = onset - median(near);
    return [late - Math.round(late / beepEveryMs) * beepEveryMs];
  });
  console.log(
    `  ${offsets.length} beeps: sound after picture by ${[0.05, 0.5, 0.95].map((share) => Math.round(percentile(offsets, share))).join(' / ')} ms (p5 / median / p95)`,
  );
  return { what: 'sound and picture apart, median', value: Math.abs(median(offsets)), unit: 'ms', atMost: 45 };
}

function describe(readings: readonly ClockReading[]): string {
  const latencies = readings.map(({ latencyMs }) => latencyMs);
  return `${Math.round(percentile(latencies, 0.5))} ms (p95 ${Math.round(percentile(latencies, 0.95))}, ${readings.length} readings)`;
}

const seconds = (what: string, valueMs: number, atMost: number): Figure => ({
  what,
  value: valueMs / 1_000,
  unit: 's',
  atMost,
});

const wait = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

function first<T>(all: readonly T[]): T {
  const [one] = all;
  if (one === undefined) throw new Error('There is none.');
  return one;
}

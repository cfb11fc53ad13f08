import type { Page } from 'playwright-core';
import { AUTOPLAY, launchChromium } from '../../e2e/support/chromium.ts';
import { eventually } from '../../e2e/support/eventually.ts';
import { listProcesses } from '../../e2e/support/processes.ts';
import { RoomServer } from '../../e2e/support/room-server.ts';
import { findWorkers } from '../../e2e/support/workers.ts';
import { parsePlaylist } from '../../hls-validator/parse-playlist.ts';
import type { Figure } from '../report.ts';
import { takeWatched, watchOn, watchVideo } from './burnt-clock-reader.ts';
import { BURNT_CLOCK } from './burnt-clock.ts';
import { liveAddress, openAudience, openPublishers } from './show.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const PATIENCE_MS = 90_000;
/** Between two faults. */
const CALM_MS = 5_000;
/** What was drawn so long after the fault was not on its way when it happened. */
const AFTERWARDS_MS = 500;
const READ_EVERY = 3;
const LIMIT_S = 5;

/** From the moment that the stream goes on for any reader to the player's first picture of it: what is killed comes back by itself. */
export async function measureBroadcastReturn(): Promise<readonly Figure[]> {
  const server = await RoomServer.start(['--workers', '1']);
  const publishers = await launchChromium(AUTOPLAY);
  const audience = await launchChromium(AUTOPLAY);
  try {
    await openPublishers(publishers, server);
    const [page] = await openAudience(audience, server, 1);
    if (page === undefined) throw new Error('There is no page.');
    await watchVideo(page, BURNT_CLOCK, READ_EVERY, PATIENCE_MS);
    const faults: Readonly<Record<string, () => Promise<void>>> = {
      'the composer': async () => void process.kill(await childOf(server, 'ils-composer-'), 'SIGKILL'),
      'the encoder of the sound': async () => void process.kill(await childOf(server, 'ffmpeg'), 'SIGKILL'),
      'the media worker': async () => void process.kill(await workerOf(server), 'SIGKILL'),
      'the server': async () => {
        await server.kill();
        await server.start();
      },
    };
    const figures: Figure[] = [];
    for (const [name, fault] of Object.entries(faults)) {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) times.push(await measureFault(page, server, name, fault));
      console.log(`  ${name}: ${times.map((time) => time.toFixed(1)).join(', ')} s`);
      figures.push({
        what: `${name} killed: stream back → its picture, longest`,
        value: Math.max(...times),
        unit: 's',
        atMost: LIMIT_S,
      });
    }
    return figures;
  } finally {
    await Promise.allSettled([publishers.close(), audience.close()]);
    await server.stop();
  }
}

/** Seconds from the return of the stream to the first picture that was drawn after the fault. */
async function measureFault(page: Page, server: RoomServer, name: string, fault: () => Promise<void>): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, CALM_MS));
  const master = await liveAddress(page, server);
  const faultAt = Date.now();
  await fault();
  await eventually(
    `the stream after ${name} was killed`,
    () => newestPartAt(master),
    (at) => at > faultAt + AFTERWARDS_MS,
    PATIENCE_MS,
  );
  const returnedAt = Date.now();
  const shownAt = await eventually(
    `its picture after ${name} was killed`,
    async () => {
      await watchOn(page, BURNT_CLOCK, READ_EVERY);
      const { readings } = await takeWatched(page);

      return readings.find(({ atMs, latencyMs }) => atMs - latencyMs > faultAt + AFTERWARDS_MS)?.atMs;
    },
    (at) => at !== undefined,
    PATIENCE_MS,
  );
  return Math.max(0, (shownAt ?? Number.NaN) - returnedAt) / 1_000;
}

/** When the newest part of the broadcast was made, by the programme's clock; 0 while there is the slate, or nothing. */
async function newestPartAt(master: string): Promise<number> {
  try {
    const variant = firstAddress(await textAt(master));
    const { segments } = parsePlaylist(await textAt(new URL(variant, master).href));
    const open = segments.at(-1);
    const newest = open?.parts.at(-1)?.uri ?? open?.uri ?? 'slate-';
    if (newest.includes('slate-')) return 0;
    const seconds = open?.parts.reduce((sum, { duration }) => sum + duration, 0) ?? 0;
    return (open?.dateTime ?? 0) + seconds * 1_000;
  } catch {
    // The server is away.
    return 0;
  }
}

async function textAt(address: string): Promise<string> {
  return (await fetch(address, { signal: AbortSignal.timeout(2_000) })).text();
}

const firstAddress = (playlist: string): string =>
  playlist.split('\n').find((line) => line !== '' && !line.startsWith('#')) ?? '';

async function childOf(server: RoomServer, word: string): Promise<number> {
  const all = await listProcesses();
  const child = all.find(({ parent, command }) => parent === server.pid && command.includes(word));
  if (child === undefined) throw new Error(`There is no ${word} to kill.`);
  return child.pid;
}

async function workerOf(server: RoomServer): Promise<number> {
  const [worker] = await findWorkers(server.pid);
  if (worker === undefined) throw new Error('There is no worker to kill.');
  return worker;
}

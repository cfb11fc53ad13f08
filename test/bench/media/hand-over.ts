import type { Page } from 'playwright-core';
import type { ParticipantId } from '../../../src/protocol/index.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from '../../e2e/support/chromium.ts';
import { eventually } from '../../e2e/support/eventually.ts';
import { beginRecord, endRecord, type HandOverRecord } from '../../e2e/support/hand-over-probe.ts';
import { changeRole, openStudio, selfId, waitForState, type RoomTag } from '../../e2e/support/pages.ts';
import { RoomServer } from '../../e2e/support/room-server.ts';
import { percentile, type Result } from '../report.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 50);
const PATIENCE_MS = 60_000;
/** What is seen before and after the change is recorded too. */
const MARGIN_MS = 500;

type Way = 'audience to viewer' | 'viewer to audience';

/** Moves one of the audience to the stage and back, by a real composer and a real SFU, and looks at every frame of the screen. */
export async function measureHandOver(): Promise<readonly Result[]> {
  const server = await RoomServer.start();
  const browser = await launchChromium(AUTOPLAY);
  try {
    await server.addPage(
      'audience',
      '<ils-room room="demo" token-url="/dev/token?role=audience" auto-join><ils-player></ils-player></ils-room>',
    );
    const studio = await openStudio(browser, server);
    const watch = await openPage(browser, `${server.origin}/audience`);
    await waitForState(watch, 'joined');
    const watcher = await selfId(watch);
    await studio.page.evaluate(() =>
      document.querySelector<RoomTag>('ils-room')?.actions?.startBroadcast({ quality: 'low' }),
    );
    await eventually(
      'the broadcast',
      () => stateOf(watch.page),
      (state) => state === 'playing',
      PATIENCE_MS,
    );
    const records: Readonly<Record<Way, HandOverRecord[]>> = { 'audience to viewer': [], 'viewer to audience': [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      records['audience to viewer'].push(await moveTo('viewer', { studio, watch, watcher }));
      records['viewer to audience'].push(await moveTo('audience', { studio, watch, watcher }));
    }
    return Object.entries(records).flatMap(([way, all]) => judge(way, all));
  } finally {
    await browser.close();
    await server.stop();
  }
}

interface Parties {
  readonly studio: WatchedPage;
  readonly watch: WatchedPage;
  readonly watcher: ParticipantId;
}

async function moveTo(role: 'viewer' | 'audience', { studio, watch, watcher }: Parties): Promise<HandOverRecord> {
  const { page } = watch;
  await beginRecord(page);
  await page.waitForTimeout(MARGIN_MS);
  await changeRole(studio, watcher, role);
  const wanted = role === 'viewer' ? 'stage' : 'program';
  await eventually(
    'the other picture',
    () => onlyLayerOf(page),
    (layer) => layer === wanted,
    PATIENCE_MS,
  );
  await page.waitForTimeout(MARGIN_MS);
  return endRecord(page);
}

function judge(way: string, records: readonly HandOverRecord[]): Result[] {
  const gaps = records.map(({ longestGapMs }) => longestGapMs);
  const dark = records.reduce((sum, record) => sum + record.dark, 0);
  const waits = records.map(({ swappedAfterMs }) => (swappedAfterMs ?? Number.NaN) - MARGIN_MS);
  console.log(
    `  ${way}: swapped after ${Math.round(percentile(waits, 0.5))} ms (p95 ${Math.round(percentile(waits, 0.95))})`,
  );
  return [
    { what: `${way}: dark frames in ${records.length} changes`, value: dark, unit: 'frames', atMost: 0 },
    {
      what: `${way}: longest time between presented frames, p95`,
      value: percentile(gaps, 0.95),
      unit: 'ms',
      atMost: 100,
    },
  ];
}

async function stateOf(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.store?.playback.state.peek());
}

/** What is in sight, once there is nothing behind it. */
async function onlyLayerOf(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const layers = [...(document.querySelector('ils-player')?.shadowRoot?.querySelectorAll('.layer') ?? [])];
    if (layers.length !== 1) return null;
    return layers[0] instanceof HTMLVideoElement ? 'program' : 'stage';
  });
}

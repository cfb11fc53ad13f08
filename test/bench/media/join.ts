import type { Browser, BrowserContext, Page } from 'playwright-core';
import { AUTOPLAY, launchChromium, openPage } from '../../e2e/support/chromium.ts';
import { waitForState, type RoomTag } from '../../e2e/support/pages.ts';
import { RoomServer } from '../../e2e/support/room-server.ts';
import { median, type Result } from '../report.ts';
import { startYardstick } from '../yardstick-process.ts';
import { noteTimeline, readTimeline, STEPS, type Step, type Timeline } from './timeline.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 15);
/** How long a page stands loaded before it joins. */
const IDLE_MS = 300;

/** One way to get to the first frame of somebody who is on the air already. */
interface Way {
  readonly name: string;
  /** The page of the next round; nobody joins twice by one token. */
  readonly address: () => Promise<string> | string;
  /** Joins on a page that stands loaded, and marks when; without it the page joins by itself. */
  readonly join?: () => void;
}

/**
 * From joining, and from the start of the navigation, to the first frame: ours and a bare mediasoup page in turn, in fresh profiles.
 * The page is the element's own use: room and player, with the token that the site's back end wrote into it.
 */
export async function measureJoin(): Promise<readonly Result[]> {
  const browser = await launchChromium(AUTOPLAY);
  const bare = await startYardstick('bare-sfu/server.ts');
  const server = await RoomServer.start();
  try {
    // Both by the same name, which the browser has to look up.
    const bareOrigin = `http://localhost:${bare.port}`;
    const context = await browser.newContext();
    await useSmallCamera(context);
    const publisher = await context.newPage();
    await publisher.goto(`${bareOrigin}/?publish`);
    await publisher.waitForFunction(() => document.title === 'published');
    await publish(browser, server);

    const [bareLoaded, loaded, bareAsking, asking] = await compare(browser, [
      { name: 'bare, loaded', address: () => `${bareOrigin}/?later`, join: joinBare },
      { name: 'ours, loaded', address: () => addWatchPage(server, ''), join: joinOurs },
      { name: 'bare, loaded, fetching a token', address: () => `${bareOrigin}/?later&token`, join: joinBare },
      { name: 'ours, loaded, fetching a token', address: () => addAskingPage(server), join: joinOurs },
    ]);
    const [bareAtOnce, atOnce] = await compare(browser, [
      { name: 'bare, at once', address: () => `${bareOrigin}/` },
      { name: 'ours, at once', address: () => addWatchPage(server, 'auto-join') },
    ]);
    return [
      compareWith(bareLoaded, loaded, 'join → first frame, both pages loaded', sinceJoin),
      compareWith(bareAsking, asking, 'join → first frame, fetching a token first', sinceJoin),
      compareWith(bareAtOnce, atOnce, 'navigation → first frame', sinceNavigation),
    ];
  } finally {
    await browser.close();
    await server.stop();
    bare.stop();
  }
}

/** Like the bare publisher it shows nothing: what it drew would be taken from the page that is measured. */
async function publish(browser: Browser, server: RoomServer): Promise<void> {
  const token = await server.mintToken({ role: 'host' });
  await server.addPage('publisher', `<ils-room room="demo" token="${token}" auto-join></ils-room>`);
  const publisher = await openPage(browser, `${server.origin}/publisher`, { prepare: useSmallCamera });
  await waitForState(publisher, 'joined');
  await publisher.page.evaluate(async () => {
    const { actions } = document.querySelector<RoomTag>('ils-room') ?? {};
    await Promise.all([actions?.startSource('camera'), actions?.startSource('microphone')]);
  });
}

/** Both publishers send 640 × 360, so that two cores carry them beside what is measured. */
async function useSmallCamera(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = ({ video, ...constraints } = {}) => {
      if (video === undefined || video === false) return original(constraints);
      const wanted = video === true ? {} : video;
      return original({ ...constraints, video: { ...wanted, width: 640, height: 360, frameRate: 30 } });
    };
  });
}

function joinBare(): void {
  performance.mark('join' satisfies Step);
  void window.join();
}

function joinOurs(): void {
  performance.mark('join' satisfies Step);
  void document.querySelector<RoomTag>('ils-room')?.join();
}

let pages = 0;

async function addWatchPage(server: RoomServer, attributes: string): Promise<string> {
  const token = await server.mintToken({ role: 'viewer' });
  pages += 1;
  const name = `viewer-${pages}`;
  await server.addPage(
    name,
    `<ils-room room="demo" token="${token}" ${attributes}><ils-player></ils-player></ils-room>`,
  );
  return `${server.origin}/${name}`;
}

async function addAskingPage(server: RoomServer): Promise<string> {
  await server.addPage(
    'asking',
    '<ils-room room="demo" token-url="/dev/token?role=viewer"><ils-player></ils-player></ils-room>',
  );
  return `${server.origin}/asking`;
}

/** Timelines of each way, in rounds that alternate. */
async function compare(browser: Browser, ways: readonly Way[]): Promise<readonly (readonly Timeline[])[]> {
  const timelines = ways.map((): Timeline[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, way] of ways.entries()) {
      const timeline = await timeJoin(browser, way);
      // The first round warms servers and disk and is not counted.
      if (round > 0) timelines[index]?.push(timeline);
    }
  }
  for (const [index, { name }] of ways.entries()) console.log(describe(name, timelines[index] ?? []));
  return timelines;
}

async function timeJoin(browser: Browser, { address, join }: Way): Promise<Timeline> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(noteTimeline);
  const page = await context.newPage();
  await page.goto(await address());
  if (join !== undefined) await joinLater(page, join);
  const timeline = await readTimeline(page);
  await context.close();
  return timeline;
}

async function joinLater(page: Page, join: () => void): Promise<void> {
  await page.waitForFunction(() => document.querySelector(':not(:defined)') === null);
  await page.waitForTimeout(IDLE_MS);
  await page.evaluate(join);
}

type Figure = (timeline: Timeline) => number;

const sinceJoin: Figure = (timeline) => (timeline['first frame'] ?? Number.NaN) - (timeline.join ?? Number.NaN);
const sinceNavigation: Figure = (timeline) => timeline['first frame'] ?? Number.NaN;

function compareWith(
  yardstick: readonly Timeline[] = [],
  ours: readonly Timeline[] = [],
  what: string,
  figure: Figure,
): Result {
  return {
    what,
    ours: median(ours.map(figure)),
    yardstick: median(yardstick.map(figure)),
    yardstickName: 'a bare mediasoup page',
    unit: 'ms',
    expected: { atMost: 1.25 },
  };
}

/** When each step was, in milliseconds after the join; medians. */
function describe(name: string, timelines: readonly Timeline[]): string {
  const steps = STEPS.slice(1).map((step) => {
    const times = timelines.map((timeline) => (timeline[step] ?? Number.NaN) - (timeline.join ?? Number.NaN));
    return `${step} ${Math.round(median(times))}`;
  });
  return `  ${name}: ${steps.join(' · ')} ms; join ${Math.round(median(timelines.map(({ join = Number.NaN }) => join)))} ms after the navigation`;
}

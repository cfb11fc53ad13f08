import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { BroadcastLayoutChange, BroadcastOptionsInput, ParticipantId } from '../../src/protocol/index.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { Crowd, SCREEN_HUE } from './support/crowd.ts';
import { DecodedPicture, type Region } from './support/decoded-picture.ts';
import { eventually } from './support/eventually.ts';
import { waitForState, type RoomTag } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

/** A browser, a page, a join and the first frame, with everything else that runs on the machine. */
const START_LIMIT_MS = 90_000;
const RED = 0;
const BLUE = 220;
const GREEN = '#0a0';
const GREEN_HUE = 120;
/** Of seven more: apart from each other, and from the first two. */
const MORE_HUES = [30, 60, 90, 120, 155, 185, 290];
const COLUMNS_OF_NINE = 3;
const COLUMNS_OF_MANY = 5;

interface Seen {
  readonly picture: DecodedPicture;
  readonly red: Region | null;
  readonly blue: Region | null;
}

const widthOf = ({ left, right }: Region) => right - left;
const heightOf = ({ top, bottom }: Region) => bottom - top;
const isLike = (one: number, other: number) => Math.abs(one - other) < 0.04;

/** Two equals, side by side or one above the other. */
function isGrid({ red, blue, picture }: Seen): boolean {
  if (red === null || blue === null) return false;
  const isSameSize = isLike(widthOf(red), widthOf(blue)) && isLike(heightOf(red), heightOf(blue));
  const isBeside = red.right < blue.left + 0.02 && isLike(red.top, blue.top);
  const isAbove = red.bottom < blue.top + 0.02 && isLike(red.left, blue.left);
  return isSameSize && (picture.width > picture.height ? isBeside : isAbove);
}

/** One alone, from edge to edge; below are its shoulders. */
const isSpotlight = ({ red, blue }: Seen): boolean =>
  red !== null && blue === null && widthOf(red) > 0.97 && red.top < 0.02 && heightOf(red) > 0.6;

/** One large, the other small beside or below it. */
const isSidebar = ({ red, blue, picture }: Seen): boolean =>
  red !== null &&
  blue !== null &&
  red.area > blue.area * 4 &&
  (picture.width > picture.height ? red.right < blue.left + 0.02 : red.bottom < blue.top + 0.02);

const LOOKS = { GRID: isGrid, SPOTLIGHT: isSpotlight, SIDEBAR: isSidebar } as const;

/** Everybody with a camera, so many tiles beside each other. Those without have colours of their own, so one tile is measured. */
const isCrowd =
  (columns: number) =>
  ({ red, picture }: Seen): boolean =>
    red !== null &&
    widthOf(red) < 1 / columns &&
    widthOf(red) > 1 / (columns + 1) &&
    MORE_HUES.every((hue) => picture.regionOf(hue) !== null);

/** One alone from edge to edge, of all who have a colour. */
const isOnly =
  (wanted: number) =>
  ({ picture }: Seen): boolean =>
    [RED, BLUE].every((hue) => {
      const region = picture.regionOf(hue);
      return hue === wanted ? region !== null && widthOf(region) > 0.97 : region === null;
    });

/** The screen is seen to its edges, in the form that it has. */
const isWholeScreen =
  (leastWidth: number) =>
  ({ picture }: Seen): boolean => {
    const frame = picture.regionOf(SCREEN_HUE);
    if (frame === null || widthOf(frame) < leastWidth) return false;
    const form = (widthOf(frame) * picture.width) / (heightOf(frame) * picture.height);
    return Math.abs(form - 16 / 9) < 0.06;
  };

describe('the picture of a broadcast is what was asked for', { timeout: 500_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let crowd: Crowd;
  let host: WatchedPage;
  let foreign: Server;

  const look = async (name: string): Promise<Seen> => {
    const picture = await DecodedPicture.of(`${server.origin}/broadcasts/demo/live.m3u8`, name);
    return { picture, red: picture.regionOf(RED), blue: picture.regionOf(BLUE) };
  };
  const state = () =>
    host.page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.store?.broadcast.view.peek()?.state);
  const stop = async () => {
    await host.page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.actions?.stopBroadcast());
    await eventually('the end', state, (now) => now === 'HLS_STOPPED', START_LIMIT_MS);
  };
  const start = async (options: BroadcastOptionsInput) => {
    await host.page.evaluate(
      (wanted) => document.querySelector<RoomTag>('ils-room')?.actions?.startBroadcast(wanted),
      options,
    );
    await eventually('the broadcast', state, (now) => now === 'HLS_PLAYABLE', START_LIMIT_MS);
  };
  const arrange = (layout: BroadcastLayoutChange) =>
    host.page.evaluate(
      (wanted) => document.querySelector<RoomTag>('ils-room')?.actions?.changeBroadcastLayout(wanted),
      layout,
    );
  /** Arranges it in each way while it is live; the last one seen of each. */
  const seeLayouts = async (name: string) => {
    for (const type of ['GRID', 'SPOTLIGHT', 'SIDEBAR'] as const) {
      await arrange({ type, priority: 'PIN' });
      await eventually(`${name} ${type}`, () => look(`${name}-${type}`), LOOKS[type], START_LIMIT_MS);
      assert.equal(await state(), 'HLS_PLAYABLE');
    }
  };

  before(async () => {
    foreign = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end(`<!doctype html><body style="background:${GREEN}">`);
    }).listen(0, '127.0.0.1');
    server = await RoomServer.start(['--broadcast-route', 'composer', '--template-origins', '*']);
    await server.addPage('host-page', '<ils-room room="demo" token-url="/dev/token?role=host" auto-join></ils-room>');
    browser = await launchChromium(AUTOPLAY);
    host = await openPage(browser, `${server.origin}/host-page`);
    await waitForState(host, 'joined');
    crowd = await Crowd.open(browser, server);
    await crowd.add([
      { name: 'Red', hue: RED, speaks: true },
      { name: 'Blue', hue: BLUE, speaks: true },
    ]);
  });

  afterEach(() => stop());

  after(async () => {
    await browser?.close();
    await server?.stop();
    foreign?.close();
  });

  it('across, light, in three layouts, changed while it is live', async () => {
    await start({ quality: 'low', theme: 'LIGHT', layout: { type: 'GRID', priority: 'PIN' } });
    await seeLayouts('across-light');
    await arrange({ type: 'GRID', gridSize: 2 });
    const { picture } = await eventually('the grid', () => look('across-light-again'), isGrid, START_LIMIT_MS);
    assert.deepEqual([picture.width, picture.height], [640, 360]);
    assert.ok(picture.lightnessAt(0.5, 0.04) > 0.8, 'above two tiles is the light ground');
  });

  it('upright, dark, in three layouts', async () => {
    await start({ quality: 'low', theme: 'DARK', orientation: 'portrait', layout: { type: 'GRID', priority: 'PIN' } });
    await seeLayouts('upright-dark');
    const { picture } = await look('upright-dark');
    assert.deepEqual([picture.width, picture.height], [360, 640]);
  });

  it('upright, light', async () => {
    await start({
      quality: 'low',
      theme: 'LIGHT',
      orientation: 'portrait',
      layout: { type: 'SIDEBAR', priority: 'PIN' },
    });
    const { picture } = await eventually('the sidebar', () => look('upright-light'), isSidebar, START_LIMIT_MS);
    assert.ok(picture.lightnessAt(0.02, 0.92) > 0.8, 'beside the one who is small is the light ground');
  });

  it('sound alone, where no picture was asked for', async () => {
    await start({ quality: 'low', mode: 'audio' });
    const playlist = await (await fetch(`${server.origin}/broadcasts/demo/live.m3u8`)).text();
    assert.doesNotMatch(playlist, /RESOLUTION=/);
    assert.match(playlist, /CODECS="mp4a\.40\.2"/);
  });

  it('any page at all', async () => {
    const { port } = foreign.address() as AddressInfo;
    await start({ quality: 'low', templateUrl: `http://127.0.0.1:${port}/` });
    const isGreen = ({ picture }: Seen) => (picture.regionOf(GREEN_HUE)?.area ?? 0) > 0.98;
    await eventually('the page', () => look('foreign'), isGreen, START_LIMIT_MS);
  });

  it('whoever speaks, and before all a screen that is shared, to its edges', async () => {
    await start({ quality: 'low', layout: { type: 'SPOTLIGHT', priority: 'SPEAKER' } });
    for (const [name, hue] of [
      ['Blue', BLUE],
      ['Red', RED],
      ['Blue', BLUE],
    ] as const) {
      await crowd.letSpeak(name);
      await eventually(`${name} speaks`, () => look(`speaks-${name}`), isOnly(hue), START_LIMIT_MS);
    }
    // A pin holds the first, however loud the other is.
    await arrange({ priority: 'PIN' });
    await eventually('the first', () => look('pinned'), isOnly(RED), START_LIMIT_MS);
    await arrange({ priority: 'SPEAKER' });
    await crowd.shareScreen();
    await eventually('the screen alone', () => look('screen'), isWholeScreen(0.97), START_LIMIT_MS);
    await arrange({ type: 'SIDEBAR' });
    const beside = (seen: Seen) => isWholeScreen(0.7)(seen) && seen.red !== null && seen.blue !== null;
    await eventually('the screen beside people', () => look('screen-sidebar'), beside, START_LIMIT_MS);
    await crowd.stopScreen();
    await crowd.letSpeak(null);
  });

  it('whoever is in the spotlight, then nine and twenty-five in a grid, while it is live', async () => {
    await start({ quality: 'low', layout: { type: 'SPOTLIGHT', priority: 'PIN' } });
    await host.page.evaluate(
      (id) => document.querySelector<RoomTag>('ils-room')?.actions?.spotlight(id),
      'crowd-2' as ParticipantId,
    );
    const isBlue = ({ red, blue }: Seen) => red === null && blue !== null && widthOf(blue) > 0.97;
    await eventually('the one in the spotlight', () => look('spotlight-blue'), isBlue, START_LIMIT_MS);
    await host.page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.actions?.spotlight(null));

    await crowd.add(MORE_HUES.map((hue) => ({ name: `Guest ${hue}`, hue })));
    await arrange({ type: 'GRID', gridSize: 25 });
    await eventually('nine', () => look('crowd-9'), isCrowd(COLUMNS_OF_NINE), START_LIMIT_MS);
    await crowd.add(Array.from({ length: 16 }, (_, index) => ({ name: `Listener ${index + 1}`, hue: null })));
    await eventually('twenty-five', () => look('crowd-25'), isCrowd(COLUMNS_OF_MANY), START_LIMIT_MS);
  });
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import type { BroadcastLayoutChange, BroadcastOptionsInput, BroadcastView } from '../../src/protocol/index.ts';
import { AUTOPLAY, launchChromium, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { openStudio, type RoomTag } from './support/pages.ts';
import { listProcesses } from './support/processes.ts';
import { RoomServer } from './support/room-server.ts';

/** A browser, a page, a join and the first part, with everything else that runs on the machine. */
const START_LIMIT_MS = 90_000;
const run = promisify(execFile);

const viewIn = ({ page }: WatchedPage): Promise<BroadcastView | null | undefined> =>
  page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.store?.broadcast.view.peek());

const start = ({ page }: WatchedPage, options: BroadcastOptionsInput) =>
  page.evaluate((wanted) => document.querySelector<RoomTag>('ils-room')?.actions?.startBroadcast(wanted), options);

const arrange = ({ page }: WatchedPage, layout: BroadcastLayoutChange) =>
  page.evaluate(
    (wanted) => document.querySelector<RoomTag>('ils-room')?.actions?.changeBroadcastLayout(wanted),
    layout,
  );

const stop = ({ page }: WatchedPage) =>
  page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.actions?.stopBroadcast());

/** The composers' browsers among the children of a process. */
async function composersOf(parent: number): Promise<readonly number[]> {
  const all = await listProcesses();
  return all.filter((each) => each.parent === parent && each.command.includes('ils-composer-')).map(({ pid }) => pid);
}

describe('the broadcast', { timeout: 400_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;

  before(async () => {
    server = await RoomServer.start(['--broadcast-route', 'composer']);
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const untilState = (wanted: BroadcastView['state'], limitMs = START_LIMIT_MS) =>
    eventually(
      `the broadcast is ${wanted}`,
      () => viewIn(studio),
      (view) => view?.state === wanted,
      limitMs,
    );
  const addressOf = (path: string | null | undefined) => new URL(path ?? 'none', server.origin).href;
  const textAt = async (url: string) => (await fetch(url)).text();
  /** The media playlist of the picture. */
  const playlist = async () => {
    const master = addressOf((await viewIn(studio))?.livestreamUrl);
    const line = (await textAt(master)).split('\n').find((each) => each !== '' && !each.startsWith('#'));
    return textAt(new URL(line ?? '', master).href);
  };

  it('goes on the air with the picture and sound of the stage', async () => {
    await start(studio, { quality: 'low' });
    const view = await untilState('HLS_PLAYABLE');
    const { stdout } = await run('ffprobe', [
      ...'-v error -show_entries stream=codec_name,width,height -of json -read_intervals %+#60'.split(' '),
      addressOf(view?.livestreamUrl),
    ]);
    const { streams }: { readonly streams: readonly object[] } = JSON.parse(stdout);
    const expected = [{ codec_name: 'h264', width: 640, height: 360 }, { codec_name: 'aac' }];
    assert.deepEqual(
      new Set(streams.map((stream) => JSON.stringify(stream))),
      new Set(expected.map((stream) => JSON.stringify(stream))),
    );
  });

  it('[O1] has the lower third in its picture', async () => {
    // The mark beside a name is of the accent's blue, which the test picture is not there.
    const countMarked = async () => {
      const url = addressOf((await viewIn(studio))?.livestreamUrl);
      const crop = '-frames:v 1 -vf crop=80:120:0:240 -f rawvideo -pix_fmt rgb24 -'.split(' ');
      const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', url, ...crop], { encoding: 'buffer' });
      let marked = 0;
      for (let at = 0; at + 2 < stdout.length; at += 3) {
        const [red = 0, green = 0, blue = 0] = stdout.subarray(at, at + 3);
        if (blue > 170 && blue > red + 90 && blue > green + 50) marked += 1;
      }
      return marked;
    };
    const before = await countMarked();
    await studio.page.evaluate(() => {
      const content = { kind: 'lowerThird', title: 'Ada Lovelace', subtitle: 'Analyst' } as const;
      return document.querySelector<RoomTag>('ils-room')?.actions?.takeOverlay({ content, staysMs: null });
    });
    await eventually('the lower third', countMarked, (marked) => marked > before + 60, START_LIMIT_MS);
  });

  it('[W5] is drawn by one whom nobody sees', async () => {
    const people = await studio.page.evaluate(() => {
      const participants = document.querySelector<RoomTag>('ils-room')?.store?.participants;
      return [participants?.byId.peek().size, participants?.counts.peek()];
    });
    assert.deepEqual(people, [1, { host: 1 }]);
  });

  it('is arranged anew without a break', async () => {
    await arrange(studio, { type: 'SPOTLIGHT', gridSize: 4 });
    const view = await viewIn(studio);
    assert.deepEqual([view?.state, view?.options.layout.type], ['HLS_PLAYABLE', 'SPOTLIGHT']);
    const before = await playlist();
    await eventually('the playlist goes on', playlist, (text) => text !== before);
    assert.doesNotMatch(await playlist(), /#EXT-X-DISCONTINUITY\n/);
  });

  it('[W3] comes back by itself, after a discontinuity, when its composer is killed', async () => {
    const [composer] = await composersOf(server.pid);
    assert.ok(composer);
    process.kill(composer, 'SIGKILL');
    const { reason, retrying, livestreamUrl } = (await untilState('HLS_FAILED')) ?? {};
    assert.deepEqual([reason?.code, retrying, typeof livestreamUrl], ['composerCrashed', true, 'string']);
    await untilState('HLS_PLAYABLE');
    await eventually('the discontinuity', playlist, (text) => /#EXT-X-DISCONTINUITY\n/.test(text), START_LIMIT_MS);
    assert.equal((await composersOf(server.pid)).length, 1);
  });

  it('[W3] is taken up again by the next server, and the last one leaves no browser behind', async () => {
    const [orphan] = await composersOf(server.pid);
    await server.kill();
    await eventually(
      'the browser ends with its server',
      async () => (await listProcesses()).some(({ pid }) => pid === orphan),
      (isThere) => !isThere,
    );
    await server.start();
    await eventually(
      'the broadcast is back',
      () => viewIn(studio),
      (view) => view?.state === 'HLS_PLAYABLE' && view.reason === null,
      START_LIMIT_MS,
    );
    await eventually(
      'it has a composer',
      () => composersOf(server.pid),
      ({ length }) => length === 1,
    );
  });

  it('ends with nothing left but the recording', async () => {
    await stop(studio);
    const view = await untilState('HLS_STOPPED');
    assert.deepEqual(await composersOf(server.pid), []);
    assert.match(await textAt(addressOf(view?.playbackHlsUrl)), /#EXTM3U/);
  });
});

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { BroadcastView } from '../../src/protocol/index.ts';
import { parsePlaylist } from '../hls-validator/parse-playlist.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { openStudio, waitForState, type RoomTag } from './support/pages.ts';
import { listProcesses } from './support/processes.ts';
import { RoomServer } from './support/room-server.ts';
import { findWorkers } from './support/workers.ts';

const PATIENCE_MS = 90_000;

/** What the audience sees of it: the player, and the programme's own clock. */
describe('a broadcast of which something is killed', { timeout: 500_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;
  let watch: WatchedPage;

  before(async () => {
    server = await RoomServer.start(['--broadcast-route', 'composer', '--workers', '1']);
    await server.addPage(
      'audience',
      '<ils-room room="demo" token-url="/dev/token?role=audience" auto-join><ils-player></ils-player></ils-room>',
    );
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
    watch = await openPage(browser, `${server.origin}/audience`);
    await waitForState(watch, 'joined');
    await studio.page.evaluate(() =>
      document.querySelector<RoomTag>('ils-room')?.actions?.startBroadcast({ quality: 'low' }),
    );
    await untilPlaysWhatIsNew();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const viewIn = ({ page }: WatchedPage): Promise<BroadcastView | null | undefined> =>
    page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.store?.broadcast.view.peek());
  /** Waits until the player shows what was made after now: by itself, since nobody touches it. */
  const untilPlaysWhatIsNew = () => {
    const from = Date.now();
    return eventually(
      'the player shows what is new',
      () =>
        watch.page.evaluate(() => {
          const { playback } = document.querySelector<RoomTag>('ils-room')?.store ?? {};
          return { state: playback?.state.peek(), programTime: playback?.programTime.peek() ?? 0 };
        }),
      ({ state, programTime }) => state === 'playing' && programTime > from,
      PATIENCE_MS,
    );
  };
  /** Each change of the broadcast's state that the page has been told of since. */
  const noteStates = async () =>
    watch.page.evaluate(() => {
      const view = document.querySelector<RoomTag>('ils-room')?.store?.broadcast.view;
      const states: string[] = [];
      view?.subscribe((now) => states.push(`${now?.state} ${now?.reason?.code ?? '-'} ${now?.retrying}`));
      Object.assign(window, { takeStates: () => states });
    });
  const statesSince = () =>
    watch.page.evaluate(() => (window as Window & { takeStates?: () => readonly string[] }).takeStates?.() ?? []);
  const childOf = async (word: string) => {
    const all = await listProcesses();
    const found = all.find(({ parent, command }) => parent === server.pid && command.includes(word));
    assert.ok(found, `there is a ${word} to kill`);
    return found.pid;
  };

  it('[W3] goes on by itself when the encoder of the sound is killed, and says why it stopped', async () => {
    await noteStates();
    process.kill(await childOf('ffmpeg'), 'SIGKILL');
    await eventually(
      'the failure',
      statesSince,
      (states) => states.includes('HLS_FAILED composerCrashed true'),
      PATIENCE_MS,
    );
    await untilPlaysWhatIsNew();
    assert.equal((await viewIn(watch))?.state, 'HLS_PLAYABLE');
  });

  it('[W3] goes on by itself when the composer is killed', async () => {
    await noteStates();
    process.kill(await childOf('ils-composer-'), 'SIGKILL');
    await eventually(
      'the failure',
      statesSince,
      (states) => states.includes('HLS_FAILED composerCrashed true'),
      PATIENCE_MS,
    );
    await untilPlaysWhatIsNew();
  });

  it('goes on by itself when the worker of the media is killed', async () => {
    await noteStates();
    const [worker] = await findWorkers(server.pid);
    assert.ok(worker !== undefined, 'there is a worker to kill');
    process.kill(worker, 'SIGKILL');
    await eventually(
      'another worker',
      () => findWorkers(server.pid),
      ([other]) => other !== undefined && other !== worker,
      PATIENCE_MS,
    );
    await untilPlaysWhatIsNew();
    assert.doesNotMatch((await statesSince()).join(), /HLS_FAILED \S+ false/);
  });

  /** Every segment of the picture from the beginning, by the address that can be rewound. */
  const recorded = async () => {
    const master = new URL((await viewIn(watch))?.playbackHlsUrl ?? 'none', server.origin);
    const line = (await textAt(master)).split('\n').find((each) => each !== '' && !each.startsWith('#'));
    const media = new URL(line ?? '', master);
    const { segments } = parsePlaylist(await textAt(media));
    return segments.map(({ uri, gap }) => ({ gap, address: uri === null ? null : new URL(uri, media) }));
  };
  const textAt = async (address: URL) => (await fetch(address)).text();
  const written: URL[] = [];

  it('goes on in the same player when the server is killed and comes back', async () => {
    const addresses = (await recorded()).map(({ address }) => address).filter((address) => address !== null);
    assert.ok(addresses.length > 0);
    await eventually(
      'they are on the disk',
      async () => {
        const files = await readdir(server.folder, { recursive: true });
        return addresses.filter(
          ({ pathname }) => !files.some((file) => file.endsWith(pathname.replace(/^\/broadcasts\/demo/, ''))),
        ).length;
      },
      (missing) => missing === 0,
    );
    written.push(...addresses);
    await server.kill();
    await server.start();
    await waitForState(watch, 'joined', PATIENCE_MS);
    await untilPlaysWhatIsNew();
  });

  it('has lost nothing of the recording', async () => {
    await studio.page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.actions?.stopBroadcast());
    await eventually(
      'the end',
      () => viewIn(watch),
      (now) => now?.state === 'HLS_STOPPED',
      PATIENCE_MS,
    );
    const segments = await recorded();
    assert.ok(segments.length > 0);
    assert.ok(segments.every(({ gap }) => !gap));
    for (const address of [...written, ...segments.map((segment) => segment.address)])
      assert.equal((await fetch(address ?? 'none')).status, 200, String(address));
  });
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { createStoredCaptions } from '../../../server/src/broadcast/captions/caption-source.ts';
import type { Broadcast } from '../../../server/src/broadcast/packager/broadcast.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import type { RoomId } from '../../../src/protocol/index.ts';
import { parseSubtitleSegment, validateCaptions } from '../../hls-validator/caption-rules.ts';
import { validateMultivariantPlaylist } from '../../hls-validator/multivariant-rules.ts';
import { parsePlaylist } from '../../hls-validator/parse-playlist.ts';
import { roomRecord } from '../store/room-store-contract.ts';
import { startBroadcastServer, type BroadcastServer } from './broadcast-server.ts';
import { createMaterial } from './encoded-material.ts';
import { feedLive } from './live-feed.ts';
import { PlayerPages, playsOn, type HeldCue } from './player-pages.ts';

const run = promisify(execFile);
const room = 'stage' as RoomId;
/** A player seeks and reads its clock to within a few frames. */
const TOLERANCE_MS = 150;
/** So long that it is shown in two segments at least. */
const GREETING = 'Good evening <everyone>, and welcome to a show of which nobody knows how it ends';

describe('captions of a broadcast', () => {
  let store: SqliteRoomStore;
  let server: BroadcastServer;
  let pages: PlayerPages;
  let broadcast: Broadcast;
  let feed: { stop(): void };
  /** When each was known. */
  const spokenAt = new Map<string, number>();

  const say = async (text: string, language: string, beforeMs = 1_200): Promise<void> => {
    const endedAt = Date.now();
    const id = `host/${spokenAt.size}/${language}`;
    const speaker = { participantId: null, name: 'Ada & Co' };
    await store.features.captions.appendCaption(room, {
      id,
      language,
      speaker,
      text,
      startedAt: endedAt - beforeMs,
      endedAt,
    });
    spokenAt.set(text, endedAt);
  };
  const read = async (path: string): Promise<string> => {
    const answer = await fetch(`${server.origin}/broadcasts/${room}/${path}`);
    assert.equal(answer.status, 200, path);
    return answer.text();
  };
  /** The playlist of captions in a folder, with its segments, and that of the picture. */
  const readAll = async (folder: string, name: string, picture: string) => {
    const captions = await read(`${folder}/${name}`);
    const files: Record<string, string> = {};
    for (const { uri } of parsePlaylist(captions).segments)
      files[uri ?? ''] = await read(new URL(uri ?? '', `http://x/${folder}/`).pathname.slice(1));
    return { captions, files, picture: await read(`${folder}/${picture}`) };
  };
  const cuesOf = (files: Readonly<Record<string, string>>) =>
    Object.values(files).flatMap((text) => parseSubtitleSegment(text) ?? []);
  const waitForSegments = async (count: number) => {
    const wanted = broadcast.event.playlist('video').openSequence + count;
    assert.ok(
      await broadcast.event.changes.until(() => broadcast.event.playlist('video').openSequence >= wanted, 60_000),
    );
  };
  const held = async (page: Page, language: string, text: string): Promise<HeldCue> => {
    const found = await page.waitForFunction(
      ([wanted, words]) => window.cuesIn?.(wanted).find((cue) => cue.text.includes(words) && Number.isFinite(cue.at)),
      [language, text] as const,
      { timeout: 60_000 },
    );
    return found.evaluate((cue) => cue!);
  };

  before(async () => {
    store = SqliteRoomStore.open(':memory:');
    await store.createRoom(roomRecord(room));
    server = await startBroadcastServer({ captions: createStoredCaptions(store.features.captions) });
    pages = await PlayerPages.open();
    // Players are told of languages when they come: those of a room are known by what was said in it.
    await say('One, two', 'en');
    await say('Eins, zwei', 'de-AT');
    broadcast = await server.broadcasts.open(room, 'show');
    feed = feedLive(broadcast, await createMaterial({ seconds: 4 }));
    await waitForSegments(2);
  });
  after(async () => {
    feed.stop();
    await pages.close();
    await server.close();
    await store.close();
  });

  it('are renditions of the live and of the event address, a language each', async () => {
    for (const name of ['live.m3u8', 'playback.m3u8']) {
      const multivariant = await read(name);
      assert.deepEqual(validateMultivariantPlaylist(multivariant), []);
      assert.match(multivariant, /TYPE=SUBTITLES,.*NAME="English",LANGUAGE="en",/);
      assert.match(multivariant, /TYPE=SUBTITLES,.*LANGUAGE="de-AT",/);
    }
  });

  it('are cut where the picture is, and say the same wherever they are said', async () => {
    await say(GREETING, 'en');
    await say('Guten Abend', 'de-AT');
    await waitForSegments(3);
    for (const folder of ['live', 'show']) {
      const { captions, files, picture } = await readAll(folder, 'captions-en.m3u8', 'video.m3u8');
      assert.deepEqual(validateCaptions(captions, picture, files), []);
      const cues = cuesOf(files).filter(({ text }) => text.includes('Good evening'));
      assert.ok(cues.length >= 2, `${cues.length}`);
      for (const cue of cues) assert.deepEqual(cue, cues[0]);
      assert.equal(cues[0]?.text, `<v Ada &amp; Co>${GREETING.replace('<', '&lt;').replace('>', '&gt;')}`);
      assert.ok(!cuesOf(files).some(({ text }) => text.includes('Guten')));
    }
    const blocked = await read(
      `live/captions-en.m3u8?_HLS_msn=${server.broadcasts.channel(room)?.playlists.playlist('video').openSequence}`,
    );
    assert.ok(parsePlaylist(blocked).segments.length > 0);
  });

  it('in another language are told of by a mark, once, for those who have read what there is', async () => {
    const marks = async () =>
      (await read('live/video.m3u8')).match(
        /#EXT-X-DATERANGE:ID="captions-it",CLASS="ils.captions",.*X-LANGUAGE="it"\n/g,
      );
    assert.equal(await marks(), null);
    await say('Buona sera', 'it');
    await waitForSegments(3);
    assert.equal((await marks())?.length, 1);
    assert.match(await read('live.m3u8'), /TYPE=SUBTITLES,.*LANGUAGE="it",/);
  });

  it('come in hls.js at the time when they were known', async () => {
    const page = await pages.playWithHls(server.origin + broadcast.livestreamUrl);
    await playsOn(page, 30);
    await page.evaluate(() => window.cuesIn?.('en'));
    await say('And now the news', 'en');
    const { at } = await held(page, 'en', 'And now the news');
    const late = at - (spokenAt.get('And now the news') ?? 0);
    assert.ok(Math.abs(late) < TOLERANCE_MS, `${late} ms`);
    assert.deepEqual((await playsOn(page, 30)).errors, []);
    await page.close();
  });

  it('are fetched by Shaka Player, which asks how far from live their parts are played', async () => {
    const page = await pages.playWithShaka(server.origin + broadcast.livestreamUrl);
    await playsOn(page, 30);
    const fetched = page.waitForResponse(/captions-en\/\d+\.vtt$/, { timeout: 60_000 });
    await page.waitForFunction(() => window.showCaptions?.('en') === true);
    assert.equal((await fetched).status(), 200);
    assert.deepEqual((await playsOn(page, 30)).errors, []);
    await page.close();
  });

  it('stay with the recording: from when they were said, as a rendition of the VOD and as a file', async () => {
    await waitForSegments(2);
    const before = await readAll('show', 'captions-en.m3u8', 'video.m3u8');
    feed.stop();
    await broadcast.finish();
    const ended = await readAll('show', 'captions-en.m3u8', 'video.m3u8');
    assert.match(ended.captions, /#EXT-X-ENDLIST\n$/);
    assert.deepEqual(validateCaptions(ended.captions, ended.picture, ended.files), []);
    for (const [uri, text] of Object.entries(before.files))
      assert.equal(ended.files[uri.replace('../show/', '')], text);
    const multivariant = await read('show/vod.m3u8');
    assert.deepEqual(validateMultivariantPlaylist(multivariant), []);
    const { captions, files, picture } = await readAll('show', 'vod-captions-en.m3u8', 'vod-video.m3u8');
    assert.deepEqual(validateCaptions(captions, picture, files), []);
    assert.equal(parsePlaylist(captions).segments.length, 1);
    assert.match(await read('playback.m3u8'), /URI="show\/vod-captions-de-AT\.m3u8"/);

    const began = parsePlaylist(picture).segments[0]?.dateTime ?? 0;
    const expected = (spokenAt.get(GREETING) ?? 0) - 1_200 - began;
    const url = `${server.origin}/broadcasts/${room}/show`;
    const probe = ['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', `${url}/captions-en.vtt`];
    const times = (await run('ffprobe', probe, { timeout: 60_000 })).stdout.trim().split('\n').map(Number);
    assert.ok(
      times.some((seconds) => Math.abs(seconds * 1_000 - expected) < 5),
      `${times.join(' ')} without ${expected}`,
    );

    const page = await pages.playWithHls(`${url}/vod.m3u8`);
    await playsOn(page, 20);
    const { at } = await held(page, 'en', 'Good evening');
    assert.ok(Math.abs(at - began - expected) < TOLERANCE_MS, `${at - began} is not ${expected}`);
    await page.close();
  });

  it('are gone with it, and not to be had in a language that nobody spoke', async () => {
    const answer = await fetch(`${server.origin}/broadcasts/${room}/show/captions-fr.vtt`);
    assert.equal(answer.status, 404);
  });
});

import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { Broadcasts } from '../../../server/src/broadcast/broadcasts.ts';
import type { Broadcast } from '../../../server/src/broadcast/packager/broadcast.ts';
import { TRACK_NAMES, type TrackName } from '../../../server/src/broadcast/packager/segment.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import { validateSameDateRanges } from '../../hls-validator/date-range-rules.ts';
import { validateMediaPlaylist } from '../../hls-validator/media-playlist-rules.ts';
import { parsePlaylist } from '../../hls-validator/parse-playlist.ts';
import { validateDelta, validateSeries } from '../../hls-validator/series-rules.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { createMaterial, Player, repeat, type Material } from './encoded-material.ts';
import { MemoryStorage } from './memory-storage.ts';

const STEP_MS = 100;

describe('marks of a programme', () => {
  let material: Material;
  let clock: ManualClock;
  let storage: MemoryStorage;
  let broadcast: Broadcast;
  let player: Player;
  let startedAt: number;
  const texts = { live: { video: [], audio: [] }, event: { video: [], audio: [] } } as Record<
    'live' | 'event',
    Record<TrackName, string[]>
  >;

  before(async () => {
    material = repeat(await createMaterial({ seconds: 4 }), 20);
  });

  beforeEach(async () => {
    clock = new ManualClock();
    storage = new MemoryStorage();
    const broadcasts = new Broadcasts({ storage, clock, logger: noLogger });
    broadcast = await broadcasts.open('room', 'show');
    channel = broadcasts.channel('room')!.playlists;
    startedAt = clock.now();
    player = new Player(broadcast.begin(material.format, startedAt), material);
    for (const kind of Object.values(texts)) for (const track of TRACK_NAMES) kind[track] = [];
  });
  let channel: Broadcast['event'];

  const play = (seconds: number) => {
    const until = clock.now() + seconds * 1_000;
    while (clock.now() < until) {
      clock.advance(STEP_MS);
      player.playUntil((clock.now() - startedAt) * 1_000);
      for (const [kind, pair] of [
        ['live', channel],
        ['event', broadcast.event],
      ] as const) {
        if (!pair.isPlayable) continue;
        for (const track of TRACK_NAMES) texts[kind][track].push(pair.renderMedia(track, false).text);
      }
    }
  };
  const rangesOf = (kind: 'live' | 'event') => parsePlaylist(texts[kind].video.at(-1) ?? '').dateRanges;
  const assertValid = () => {
    for (const kind of ['live', 'event'] as const) {
      for (const track of TRACK_NAMES) assert.deepEqual(validateSeries(texts[kind][track]), [], `${kind} ${track}`);
    }
  };

  it('stand in every playlist, with all that was said of them', () => {
    play(4);
    const at = clock.now();
    assert.ok(
      broadcast.mark({
        id: 'poll-1',
        class: 'com.example.poll',
        startedAt: at,
        durationMs: 30_500,
        attributes: { 'poll-id': 'a, b = ü', votes: 12 },
      }),
    );
    play(2);
    assertValid();
    const expected = {
      ID: 'poll-1',
      CLASS: 'com.example.poll',
      'START-DATE': new Date(at).toISOString(),
      DURATION: '30.5',
      'X-POLL-ID': 'a, b = ü',
      'X-VOTES': '12',
    };
    assert.deepEqual([rangesOf('live'), rangesOf('event')], [[expected], [expected]]);
    const [video, audio] = TRACK_NAMES.map((track) => parsePlaylist(texts.event[track].at(-1) ?? ''));
    assert.deepEqual(validateSameDateRanges(video!, audio!), []);
  });

  it('never change; more may be said of them', () => {
    play(4);
    const mark = { id: 'quiz', startedAt: clock.now(), attributes: { round: 1 } };
    assert.ok(broadcast.mark(mark));
    play(1);
    assert.ok(!broadcast.mark({ ...mark, attributes: { round: 2 } }));
    assert.ok(!broadcast.mark({ ...mark, startedAt: mark.startedAt + 1 }));
    assert.ok(broadcast.mark({ id: 'quiz', startedAt: mark.startedAt, durationMs: 1_000 }));
    play(1);
    assertValid();
    assert.deepEqual(
      rangesOf('live').map((range) => [range['X-ROUND'], range['DURATION']]),
      [['1', '1']],
    );
  });

  it('leave the live window with their segments, and stay in the event and the recording', async () => {
    play(4);
    broadcast.mark({ id: 'gift', startedAt: clock.now() });
    broadcast.mark({ id: 'long', startedAt: clock.now(), durationMs: 60_000 });
    play(40);
    assertValid();
    const idsOf = (kind: 'live' | 'event') => rangesOf(kind).map(({ ID }) => ID);
    assert.deepEqual([idsOf('live'), idsOf('event')], [['long'], ['gift', 'long']]);
    await broadcast.finish();
    const files = [...storage.objects].filter(([key]) => /vod-(video|audio)/.test(key));
    assert.equal(files.length, 2);
    for (const [, bytes] of files) {
      const text = Buffer.from(bytes).toString();
      assert.deepEqual(validateMediaPlaylist(text), []);
      assert.deepEqual(
        parsePlaylist(text).dateRanges.map(({ ID }) => ID),
        ['gift', 'long'],
      );
    }
  });

  it('are in delta updates too, which leave none out', () => {
    play(20);
    broadcast.mark({ id: 'gift', startedAt: clock.now() });
    const whole = broadcast.event.renderMedia('video', false).text;
    const delta = broadcast.event.renderMedia('video', true).text;
    assert.deepEqual(validateDelta(whole, delta, whole), []);
    assert.deepEqual(parsePlaylist(delta).dateRanges, parsePlaylist(whole).dateRanges);
  });

  it('are not without number', () => {
    play(2);
    const taken = Array.from({ length: 2_001 }, (_, index) => broadcast.mark({ id: String(index), startedAt: 0 }));
    assert.deepEqual([taken.indexOf(false), taken.at(-1)], [2_000, false]);
  });
});

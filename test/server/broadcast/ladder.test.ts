import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Broadcasts } from '../../../server/src/broadcast/broadcasts.ts';
import type { EncodedSink } from '../../../server/src/broadcast/encoded-media.ts';
import { affordableRenditions, planRungs, RUNG_NAMES } from '../../../server/src/broadcast/ladder.ts';
import type { RenditionName } from '../../../server/src/broadcast/packager/segment.ts';
import { AirSwitch } from '../../../server/src/broadcast/route/air-switch.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import { validateMultivariantPlaylist } from '../../hls-validator/multivariant-rules.ts';
import { parsePlaylist } from '../../hls-validator/parse-playlist.ts';
import { validateRenditions } from '../../hls-validator/rendition-rules.ts';
import { validateSeries } from '../../hls-validator/series-rules.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { createMaterial, Player, repeat, withSmaller, type Material } from './encoded-material.ts';
import { MemoryStorage } from './memory-storage.ts';

const STEP_MS = 20;
const RENDITIONS: readonly RenditionName[] = ['video', ...RUNG_NAMES, 'audio'];

describe('sizes of the picture', () => {
  it('each have half the width and height of the one before', () => {
    const sizes = planRungs(3, { width: 1_280, height: 720, bitrate: 2_500_000 });
    assert.deepEqual(
      sizes.map(({ name, width, height, bitrate }) => [name, width, height, bitrate]),
      [
        ['half', 640, 360, 750_000],
        ['quarter', 320, 180, 250_000],
      ],
    );
    const [upright] = planRungs(2, { width: 1_080, height: 1_920, bitrate: 5_000_000 });
    assert.deepEqual([upright?.width, upright?.height], [540, 960]);
  });

  it('are one where there is no more, and never too small to see anyone', () => {
    assert.deepEqual(planRungs(1, { width: 1_280, height: 720, bitrate: 1 }), []);
    assert.equal(planRungs(3, { width: 640, height: 360, bitrate: 1 }).length, 1);
  });

  it('are as many as there are cores for', () => {
    assert.deepEqual([1, 2, 4, 8, 64].map(affordableRenditions), [1, 1, 2, 3, 3]);
  });
});

/** A room with three sizes on a clock that is moved by hand; what its playlists say is held against the rules at each step. */
class LadderRoom {
  readonly clock = new ManualClock();
  readonly storage = new MemoryStorage();
  readonly broadcasts = new Broadcasts({ storage: this.storage, clock: this.clock, logger: noLogger, renditions: 3 });
  readonly texts: Record<string, string[]> = {};
  #looked: object | null = null;

  get channel() {
    const channel = this.broadcasts.channel('room');
    assert.ok(channel);
    return channel;
  }

  get multivariant(): string {
    return this.channel.playlists.renderMultivariant('live') ?? '';
  }

  last(name: RenditionName) {
    return parsePlaylist(this.texts[name]?.at(-1) ?? '');
  }

  watch(milliseconds: number): void {
    this.channel.watch();
    for (let passed = 0; passed < milliseconds; passed += STEP_MS) {
      this.clock.advance(STEP_MS);
      this.#look();
    }
  }

  play(sink: EncodedSink, material: Material): void {
    const run = sink.begin(material.format, this.clock.now());
    const player = new Player(run, material);
    for (let played = 0; !player.isDone; played += STEP_MS) {
      this.clock.advance(STEP_MS);
      player.playUntil((played + STEP_MS) * 1_000);
      this.#look();
    }
    run.end();
    this.#look();
  }

  #look(): void {
    const { playlists } = this.channel;
    if (!playlists.isPlayable) return;
    const newest = playlists.renderMedia('video', false);
    if (newest === this.#looked) return;
    this.#looked = newest;
    const offered = RENDITIONS.filter((name) => this.multivariant.includes(`live/${name}.m3u8`));
    const now = Object.fromEntries(offered.map((name) => [`${name}.m3u8`, playlists.renderMedia(name, false).text]));
    assert.deepEqual(validateRenditions(this.multivariant, now), []);
    assert.deepEqual(validateMultivariantPlaylist(this.multivariant), []);
    for (const name of RENDITIONS) {
      const texts = (this.texts[name] ??= []);
      const { text } = playlists.renderMedia(name, false);
      if (texts.at(-1) !== text) texts.push(text);
    }
  }

  assertSeries(): void {
    for (const name of RENDITIONS) assert.deepEqual(validateSeries(this.texts[name] ?? []), [], name);
  }
}

describe('a ladder of renditions', () => {
  let material: Material;
  let plain: Material;

  before(async () => {
    plain = await createMaterial({ seconds: 4, size: '640x360' });
    const smaller = [
      await createMaterial({ seconds: 4, size: '320x180' }),
      await createMaterial({ seconds: 4, size: '160x90' }),
    ];
    material = withSmaller(plain, smaller);
  });

  const resolutions = (text: string) => [...text.matchAll(/RESOLUTION=(\d+x\d+)/g)].map(([, size]) => size);

  it('has segments that begin and end at the same key frames, and tells of each other', async () => {
    const room = new LadderRoom();
    room.play(await room.broadcasts.open('room', 'show'), repeat(material, 8));
    room.assertSeries();
    assert.deepEqual(resolutions(room.multivariant), ['640x360', '320x180', '160x90']);
    for (const name of RUNG_NAMES) {
      const { segments } = room.last(name);
      assert.ok(segments.length >= 8);
      assert.ok(segments.every(({ parts, gap }) => !gap && (parts.length === 0 || parts[0]?.independent)));
      assert.match(segments.at(-1)?.map ?? '', new RegExp(`show/${name}/init-0`));
    }
  });

  it('is recorded in its largest size alone', async () => {
    const room = new LadderRoom();
    const broadcast = await room.broadcasts.open('room', 'show');
    room.play(broadcast, repeat(material, 2));
    assert.deepEqual(resolutions(broadcast.event.renderMultivariant('show') ?? ''), ['640x360']);
    await broadcast.finish();
    const keys = await room.storage.list('rooms/room/show/');
    assert.ok(keys.some((key) => key.includes('/video/')));
    assert.deepEqual(
      keys.filter((key) => /\/(half|quarter)/.test(key)),
      [],
    );
  });

  it('plays on where nothing smaller is encoded: the slate, one camera as it is, and a ladder again', async () => {
    const room = new LadderRoom();
    room.watch(3_000);
    assert.deepEqual(resolutions(room.multivariant), ['1280x720', '640x360', '320x180']);
    const broadcast = await room.broadcasts.open('room', 'show');
    room.play(broadcast, material);
    room.play(broadcast, repeat(plain, 2));
    for (const name of RUNG_NAMES) assert.match(room.last(name).segments.at(-1)?.uri ?? '', /show\/video\//);
    assert.deepEqual(resolutions(room.multivariant), ['640x360', '320x180', '160x90']);
    room.play(broadcast, repeat(material, 2));
    for (const name of RUNG_NAMES)
      assert.match(room.last(name).segments.at(-1)?.uri ?? '', new RegExp(`show/${name}/`));
    await broadcast.finish();
    room.watch(4_000);
    room.assertSeries();
    assert.match(room.last('quarter').segments.at(-1)?.parts.at(-1)?.uri ?? '', /slate-/);
  });

  it('counts alike though an encoder died with a smaller rendition behind', async () => {
    const room = new LadderRoom();
    const broadcast = await room.broadcasts.open('room', 'show');
    const cut = 5_100_000;
    const whole = repeat(material, 2);
    const until = (us: number) => (frame: { readonly timestampUs: number }) => frame.timestampUs < us;
    room.play(broadcast, {
      ...whole,
      video: whole.video.filter(until(cut)),
      audio: whole.audio.filter(until(cut)),
      smaller: (whole.smaller ?? []).map((frames) => frames.filter(until(4_950_000))),
    });
    room.play(broadcast, repeat(material, 2));
    room.assertSeries();
    const gaps = room.last('half').segments.filter(({ gap }) => gap);
    assert.equal(gaps.length, 1);
    assert.deepEqual(
      room.last('video').segments.filter(({ gap }) => gap),
      [],
    );
  });

  it('goes without a size whose encoder has not begun when the picture does', async () => {
    const room = new LadderRoom();
    const broadcast = await room.broadcasts.open('room', 'show');
    const [half = []] = material.smaller ?? [];
    room.play(broadcast, repeat({ ...material, smaller: [half, []] }, 3));
    room.assertSeries();
    assert.deepEqual(resolutions(room.multivariant), ['640x360', '320x180']);
    assert.match(room.last('quarter').segments.at(-1)?.uri ?? '', /show\/video\//);
  });

  it('begins whole where another route was on the air', async () => {
    const room = new LadderRoom();
    const air = new AirSwitch(await room.broadcasts.open('room', 'show'), () => room.clock.now());
    let taken = 0;
    const count = () => (taken += 1);
    room.play(air.open(count).sink, plain);
    room.play(air.open(count).sink, repeat(material, 3));
    room.assertSeries();
    assert.equal(taken, 2);
    for (const name of RUNG_NAMES)
      assert.match(room.last(name).segments.at(-1)?.parts.at(-1)?.uri ?? '', new RegExp(`show/${name}/`));
  });

  it('has no gap in a smaller rendition whose frames come late', async () => {
    const room = new LadderRoom();
    const broadcast = await room.broadcasts.open('room', 'show');
    const whole = repeat(material, 3);
    const run = broadcast.begin(whole.format, room.clock.now());
    const LATE = 20;
    const [half = [], quarter = []] = whole.smaller ?? [];
    run.smaller?.(0, half[0]!);
    run.smaller?.(1, quarter[0]!);
    whole.video.forEach((frame, index) => {
      run.video(frame);
      const late = half[index - LATE];
      if (late && index > LATE) run.smaller?.(0, late);
      if (index > 0) run.smaller?.(1, quarter[index]!);
    });
    for (const frame of half.slice(-LATE)) run.smaller?.(0, frame);
    run.end();
    const { playlists } = room.channel;
    const [largest, late] = (['video', 'half'] as const).map((name) =>
      parsePlaylist(playlists.renderMedia(name, false).text),
    );
    assert.deepEqual(
      late?.segments.map(({ duration, dateTime }) => [duration, dateTime]),
      largest?.segments.map(({ duration, dateTime }) => [duration, dateTime]),
    );
  });
});

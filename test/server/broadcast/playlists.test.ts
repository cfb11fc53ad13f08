import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Broadcasts } from '../../../server/src/broadcast/broadcasts.ts';
import type { EncodedSink } from '../../../server/src/broadcast/encoded-media.ts';
import type { PackagerOptions } from '../../../server/src/broadcast/packager/packager-options.ts';
import type { PlaylistPair } from '../../../server/src/broadcast/packager/playlists/playlist-pair.ts';
import { TRACK_NAMES, type TrackName } from '../../../server/src/broadcast/packager/segment.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import { validateMultivariantPlaylist } from '../../hls-validator/multivariant-rules.ts';
import { parsePlaylist } from '../../hls-validator/parse-playlist.ts';
import { validateDelta, validateSeries } from '../../hls-validator/series-rules.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { createMaterial, Player, repeat, type Material } from './encoded-material.ts';
import { MemoryStorage } from './memory-storage.ts';

const STEP_MS = 20;

/** A room's broadcasts on a clock that is moved by hand, and every playlist that there was on the way. */
class Recording {
  readonly clock = new ManualClock();
  readonly storage = new MemoryStorage();
  readonly broadcasts: Broadcasts;
  readonly live: Record<TrackName, string[]> = { video: [], audio: [] };
  readonly event: Record<TrackName, string[]> = { video: [], audio: [] };
  readonly multivariant: string[] = [];

  constructor(packaging?: PackagerOptions) {
    const { storage, clock } = this;
    this.broadcasts = new Broadcasts({ storage, clock, logger: noLogger, ...(packaging && { packaging }) });
  }

  get channel() {
    const channel = this.broadcasts.channel('room');
    assert.ok(channel);
    return channel;
  }

  watch(milliseconds: number): void {
    for (let passed = 0; passed < milliseconds; passed += STEP_MS) {
      if (passed % 10_000 === 0) this.channel.watch();
      this.clock.advance(STEP_MS);
      this.record();
    }
  }

  play(sink: EncodedSink, material: Material, { hasEnd = true, lastMs = Infinity } = {}): void {
    const run = sink.begin(material.format, this.clock.now());
    const player = new Player(run, material);
    for (let played = 0; !player.isDone && played < lastMs; played += STEP_MS) {
      this.clock.advance(STEP_MS);
      player.playUntil((played + STEP_MS) * 1_000);
      this.record();
    }
    if (hasEnd) run.end();
    this.record();
  }

  record(): void {
    const note = (pair: PlaylistPair, texts: Record<TrackName, string[]>) => {
      if (!pair.isPlayable) return;
      for (const track of TRACK_NAMES) {
        const { text } = pair.renderMedia(track, false);
        if (texts[track].at(-1) !== text) texts[track].push(text);
      }
    };
    note(this.channel.playlists, this.live);
    const current = this.broadcasts.current('room');
    if (current !== null) note(current.event, this.event);
    const text = this.channel.playlists.renderMultivariant('live');
    if (text !== null && this.multivariant.at(-1) !== text) this.multivariant.push(text);
  }

  assertValid(): void {
    for (const track of TRACK_NAMES) {
      assert.deepEqual(validateSeries(this.live[track]), [], `live ${track}`);
      assert.deepEqual(validateSeries(this.event[track]), [], `event ${track}`);
    }
    for (const text of this.multivariant) assert.deepEqual(validateMultivariantPlaylist(text), []);
  }

  last(texts: readonly string[]) {
    return parsePlaylist(texts.at(-1) ?? '');
  }
}

/** The same frames, none of them on the dot. */
function jitter(material: Material): Material {
  const shake = (index: number) => Math.round(Math.sin(index * 1.7) * 6_000);
  return {
    ...material,
    video: material.video.map((frame, index) => ({
      ...frame,
      timestampUs: Math.max(0, frame.timestampUs + shake(index)),
    })),
  };
}

describe('playlists of a broadcast', () => {
  let material: Material;
  let large: Material;

  before(async () => {
    material = await createMaterial({ seconds: 4 });
    large = await createMaterial({ seconds: 4, size: '640x360' });
  });

  const open = async () => {
    const recording = new Recording();
    return { recording, broadcast: await recording.broadcasts.open('room', 'show') };
  };

  it('keep the rules from the first part to the end, in a window that moves', async () => {
    const { recording, broadcast } = await open();
    recording.play(broadcast, repeat(material, 12));
    recording.assertValid();
    assert.ok(recording.live.video.length > 200);
    const live = recording.last(recording.live.video);
    assert.ok(live.mediaSequence > recording.channel.playlists.playlist('video').openSequence - 12);
    assert.ok(live.segments.length <= 12);
    assert.equal(recording.last(recording.event.video).segments.length, 25);
    await broadcast.finish();
    assert.ok(broadcast.event.renderMedia('video', false).text.endsWith('#EXT-X-ENDLIST\n'));
  });

  it('keep them when no frame is on the dot', async () => {
    const { recording, broadcast } = await open();
    recording.play(broadcast, jitter(repeat(material, 5)));
    recording.assertValid();
  });

  it('give lengths that add up, over a whole segment, to within a microsecond', async () => {
    const { recording, broadcast } = await open();
    recording.play(broadcast, repeat(material, 5));
    for (const track of TRACK_NAMES)
      for (const { duration, parts } of recording.last(recording.live[track]).segments) {
        if (duration === null || parts.length === 0) continue;
        const sum = parts.reduce((total, part) => total + part.duration, 0);
        assert.ok(Math.abs(sum - duration) < 1e-7, `${track}: ${sum} is not ${duration}`);
        const samples = duration * (track === 'audio' ? material.format.audio!.sampleRate : 90_000);
        assert.ok(Math.abs(samples - Math.round(samples)) < 1e-4, `${track}: ${duration} is cut off`);
      }
  });

  it('count segments of picture and sound alike', async () => {
    const { recording, broadcast } = await open();
    recording.play(broadcast, repeat(material, 10));
    const [video, audio] = TRACK_NAMES.map((track) => recording.last(recording.event[track]).segments);
    assert.equal(video!.length, audio!.length);
    video!.forEach(({ dateTime }, index) => assert.ok(Math.abs(dateTime! - audio![index]!.dateTime!) < 25, `${index}`));
  });

  it('say in a delta update what they say in whole (RFC 8216bis, 6.2.5.1)', async () => {
    const { recording, broadcast } = await open();
    recording.play(broadcast, repeat(material, 10), { hasEnd: false });
    for (const pair of [recording.channel.playlists, broadcast.event]) {
      for (const track of TRACK_NAMES) {
        const whole = pair.renderMedia(track, false).text;
        const delta = pair.renderMedia(track, true).text;
        assert.ok(delta.length < whole.length);
        assert.deepEqual(validateDelta(whole, delta, whole), []);
      }
    }
  });

  it('go on with a discontinuity after an encoder has died', async () => {
    const { recording, broadcast } = await open();
    recording.play(broadcast, repeat(material, 4), { lastMs: 9_300 });
    recording.clock.advance(3_000);
    recording.play(broadcast, repeat(large, 8));
    recording.assertValid();
    const { segments, discontinuitySequence } = recording.last(recording.event.video);
    const again = segments.filter(({ discontinuity }) => discontinuity);
    assert.equal(again.length, 1);
    assert.equal(discontinuitySequence, 0);
    // The window has left the first run behind.
    assert.equal(recording.last(recording.live.video).discontinuitySequence, 1);
    assert.equal(recording.last(recording.live.audio).discontinuitySequence, 1);
    assert.match(recording.multivariant.at(-1) ?? '', /RESOLUTION=640x360/);
  });

  it('begin another map where an encoder changes the size under way', async () => {
    const { recording, broadcast } = await open();
    const shifted = large.video.map((frame) => ({ ...frame, timestampUs: frame.timestampUs + material.durationUs }));
    recording.play(broadcast, { ...repeat(material, 2), video: [...material.video, ...shifted] });
    recording.assertValid();
    for (const track of TRACK_NAMES) {
      const maps = recording.last(recording.event[track]).segments.map(({ map }) => map);
      assert.equal(new Set(maps).size, 2);
    }
  });

  it('show the slate before and after, in one stream', async () => {
    const recording = new Recording();
    recording.watch(3_000);
    const before_ = recording.last(recording.live.video);
    assert.match(before_.segments.at(-1)?.parts.at(-1)?.uri ?? '', /slate-/);
    const broadcast = await recording.broadcasts.open('room', 'show');
    recording.watch(1_000);
    recording.channel.watch();
    recording.play(broadcast, repeat(material, 3));
    recording.channel.watch();
    await broadcast.finish();
    recording.watch(5_000);
    recording.assertValid();
    const uris = recording.last(recording.live.video).segments.map(({ uri, parts }) => uri ?? parts[0]?.uri ?? '');
    assert.ok(uris.some((uri) => uri.includes('show/')));
    assert.match(uris.at(-1) ?? '', /slate-/);
    assert.doesNotMatch(
      recording
        .last(recording.event.video)
        .segments.map(({ uri }) => uri)
        .join(' '),
      /slate/,
    );
  });

  it('are cut to seconds where that is wanted, the slate too, each from a key frame', async () => {
    const recording = new Recording({ partMs: 200, segmentMs: 1_000 });
    recording.watch(5_000);
    const broadcast = await recording.broadcasts.open('room', 'show');
    recording.play(broadcast, repeat(material, 2));
    recording.channel.watch();
    await broadcast.finish();
    recording.watch(5_000);
    recording.assertValid();
    for (const text of [...recording.live.video, ...recording.event.video]) {
      assert.match(text, /#EXT-X-TARGETDURATION:1\n/);
      const { segments } = parsePlaylist(text);
      assert.ok(segments.every(({ parts }) => parts[0]?.independent !== false));
    }
  });

  it('show the slate while an encoder is away for long, and the broadcast again when it is back', async () => {
    const { recording, broadcast } = await open();
    recording.channel.watch();
    recording.play(broadcast, material);
    recording.watch(6_000);
    assert.match(recording.last(recording.live.video).segments.at(-1)?.parts.at(-1)?.uri ?? '', /slate-/);
    recording.play(broadcast, repeat(large, 2));
    recording.assertValid();
    const live = recording.last(recording.live.video).segments;
    assert.match(live.at(-1)?.uri ?? '', /show/);
    assert.equal(live.filter(({ discontinuity }) => discontinuity).length, 3);
    assert.equal(recording.last(recording.event.video).segments.filter(({ discontinuity }) => discontinuity).length, 1);
    await broadcast.finish();
  });

  it('stop the slate when nobody asks any more', () => {
    const recording = new Recording();
    recording.watch(1_000);
    assert.ok(!recording.channel.isIdle);
    recording.clock.advance(60_000);
    assert.ok(recording.channel.isIdle);
  });

  it('offer sound alone where there is no picture, and still feed those who play both', async () => {
    const { recording, broadcast } = await open();
    const sound = repeat({ ...material, video: [], format: { ...material.format, video: null } }, 3);
    recording.play(broadcast, sound);
    recording.assertValid();
    assert.doesNotMatch(recording.multivariant.at(-1) ?? '', /RESOLUTION/);
    assert.ok(recording.last(recording.live.video).segments.length >= 5);
  });

  it('fill in silence where there is no sound', async () => {
    const { recording, broadcast } = await open();
    recording.play(broadcast, repeat({ ...material, audio: [], format: { ...material.format, audio: null } }, 3));
    recording.assertValid();
    const length = (track: TrackName) =>
      recording.last(recording.event[track]).segments.reduce((sum, { duration }) => sum + (duration ?? 0), 0);
    assert.ok(Math.abs(length('audio') - length('video')) < 0.05);
  });
});

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Broadcasts } from '../../../../server/src/broadcast/broadcasts.ts';
import { AirSwitch, type AirInput } from '../../../../server/src/broadcast/route/air-switch.ts';
import { TRACK_NAMES, type TrackName } from '../../../../server/src/broadcast/packager/segment.ts';
import { noLogger } from '../../../../server/src/rooms/logger.ts';
import { parsePlaylist, type ListedSegment } from '../../../hls-validator/parse-playlist.ts';
import { validateSeries } from '../../../hls-validator/series-rules.ts';
import { ManualClock } from '../../rooms/manual-clock.ts';
import { createMaterial, Player, repeat, type Material } from '../encoded-material.ts';
import { MemoryStorage } from '../memory-storage.ts';

const STEP_MS = 20;
/** One frame more or less. Milliseconds. */
const FRAME_MS = 34;

/** A source that films from when it is begun; what it makes comes so much later. */
interface Camera {
  readonly player: Player;
  readonly startedAt: number;
  readonly lagMs: number;
  readonly diesAtMs: number;
}

/** A room on a clock that is moved by hand, with sources that go to the air side by side. */
class Studio {
  readonly clock = new ManualClock();
  readonly broadcasts = new Broadcasts({ storage: new MemoryStorage(), clock: this.clock, logger: noLogger });
  readonly taken: string[] = [];
  readonly #texts: Record<TrackName, string[]> = { video: [], audio: [] };
  #air: AirSwitch | null = null;
  #cameras: Camera[] = [];

  async open(): Promise<this> {
    this.#air = new AirSwitch(await this.broadcasts.open('room', 'show'), () => this.clock.now());
    return this;
  }

  begin(name: string, material: Material, { lagMs = 40, diesAfterMs = Infinity } = {}): AirInput {
    const input = this.#air?.open(() => this.taken.push(name));
    assert.ok(input);
    const startedAt = this.clock.now();
    const player = new Player(input.sink.begin(material.format, startedAt), material);
    this.#cameras.push({ player, startedAt, lagMs, diesAtMs: startedAt + diesAfterMs });
    return input;
  }

  /** Lets all of them go on. */
  watch(milliseconds: number): void {
    for (let passed = 0; passed < milliseconds; passed += STEP_MS) {
      this.clock.advance(STEP_MS);
      const nowMs = this.clock.now();
      for (const { player, startedAt, lagMs, diesAtMs } of this.#cameras)
        player.playUntil((Math.min(nowMs, diesAtMs) - lagMs - startedAt) * 1_000);
      this.#note();
    }
  }

  segments(track: TrackName): readonly ListedSegment[] {
    return parsePlaylist(this.#texts[track].at(-1) ?? '').segments;
  }

  /** What is missing of the programme, or there twice where it is negative, at each discontinuity. Milliseconds. */
  seams(track: TrackName): readonly number[] {
    const segments = this.segments(track);
    return segments.flatMap(({ discontinuity, dateTime }, index) => {
      const { dateTime: since = null, duration = null } = segments[index - 1] ?? {};
      if (!discontinuity || dateTime === null || since === null || duration === null) return [];
      return [Math.round(dateTime - since - duration * 1_000)];
    });
  }

  assertValid(): void {
    for (const track of TRACK_NAMES) assert.deepEqual(validateSeries(this.#texts[track]), [], track);
  }

  #note(): void {
    const pair = this.broadcasts.current('room')?.event;
    if (pair?.isPlayable !== true) return;
    for (const track of TRACK_NAMES) {
      const { text } = pair.renderMedia(track, false);
      if (this.#texts[track].at(-1) !== text) this.#texts[track].push(text);
    }
  }
}

/** What an encoder makes that stands still soon after its first frames. */
function withHole(material: Material, fromUs: number, untilUs: number): Material {
  const isThere = ({ timestampUs }: { readonly timestampUs: number }) => timestampUs < fromUs || timestampUs >= untilUs;
  return { ...material, video: material.video.filter(isThere) };
}

describe('a programme that goes from one source to another', { timeout: 60_000 }, () => {
  let camera: Material;
  let composed: Material;

  before(async () => {
    camera = repeat(await createMaterial({ seconds: 2 }), 20);
    composed = repeat(await createMaterial({ seconds: 2, size: '640x360' }), 20);
  });

  const assertSeams = (studio: Studio, count: number) => {
    studio.assertValid();
    for (const track of TRACK_NAMES) {
      const seams = studio.seams(track);
      assert.equal(seams.length, count, track);
      for (const missing of seams) assert.ok(Math.abs(missing) <= FRAME_MS, `${track}: ${seams.join(', ')} ms`);
    }
  };

  it('shows the old one until the new one goes steadily: nothing is missing, nothing is there twice', async () => {
    const studio = await new Studio().open();
    studio.begin('camera', camera);
    studio.watch(4_000);
    // A browser that has just begun makes some frames, and is busy for seconds then.
    studio.begin('composer', withHole(composed, 100_000, 5_000_000), { lagMs: 300 });
    studio.watch(5_500);
    assert.deepEqual(studio.taken, ['camera']);
    studio.watch(4_000);
    assert.deepEqual(studio.taken, ['camera', 'composer']);
    assertSeams(studio, 1);
    const seam = studio.segments('video').findIndex(({ discontinuity }) => discontinuity);
    assert.ok(studio.segments('video').length > seam + 1);
  });

  it('waits for one that is late at first, and for its sound: players would have nothing left to play', async () => {
    const studio = await new Studio().open();
    studio.begin('camera', camera);
    studio.watch(4_000);
    studio.begin('composer', {
      ...composed,
      audio: composed.audio.filter(({ timestampUs }) => timestampUs > 5_000_000),
    });
    studio.watch(5_000);
    assert.deepEqual(studio.taken, ['camera']);
    studio.watch(2_000);
    assert.deepEqual(studio.taken, ['camera', 'composer']);
    assertSeams(studio, 1);
    studio.begin('late', camera, { lagMs: 1_200 });
    studio.watch(4_000);
    assert.deepEqual(studio.taken, ['camera', 'composer']);
    // It is late all along: there is nothing to wait for.
    studio.watch(4_000);
    assert.deepEqual(studio.taken, ['camera', 'composer', 'late']);
    assertSeams(studio, 2);
  });

  it('waits for what is behind to get to where the next begins', async () => {
    const studio = await new Studio().open();
    studio.begin('composer', composed, { lagMs: 1_500 });
    studio.watch(5_000);
    studio.begin('camera', camera);
    studio.watch(6_000);
    assert.deepEqual(studio.taken, ['composer', 'camera']);
    assertSeams(studio, 1);
  });

  it('goes there and back with one discontinuity each', async () => {
    const studio = await new Studio().open();
    studio.begin('camera', camera);
    studio.watch(4_000);
    studio.begin('composer', composed, { lagMs: 700 });
    studio.watch(6_000);
    studio.begin('camera again', camera);
    studio.watch(6_000);
    assert.deepEqual(studio.taken, ['camera', 'composer', 'camera again']);
    assertSeams(studio, 2);
  });

  it('does not wait for one that has died', async () => {
    const studio = await new Studio().open();
    studio.begin('camera', camera, { diesAfterMs: 4_000 });
    studio.watch(5_000);
    studio.begin('composer', composed);
    studio.watch(9_000);
    assert.deepEqual(studio.taken, ['camera', 'composer']);
    studio.assertValid();
  });

  it('takes one that never goes steadily after a while', async () => {
    const studio = await new Studio().open();
    studio.begin('camera', camera);
    studio.watch(2_000);
    const halting = composed.video.filter(({ timestampUs }) => timestampUs % 1_000_000 < 300_000);
    studio.begin('composer', { ...composed, video: halting });
    studio.watch(9_000);
    assert.deepEqual(studio.taken, ['camera']);
    studio.watch(4_000);
    assert.deepEqual(studio.taken, ['camera', 'composer']);
  });

  it('has nothing of a source that was let go before its turn', async () => {
    const studio = await new Studio().open();
    studio.begin('camera', camera);
    studio.watch(2_000);
    studio.begin('composer', composed).close();
    studio.watch(4_000);
    assert.deepEqual(studio.taken, ['camera']);
    assertSeams(studio, 0);
  });
});

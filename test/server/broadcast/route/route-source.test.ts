import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { SourceFailure } from '../../../../server/src/broadcast/broadcast-source.ts';
import type { EncodedSink } from '../../../../server/src/broadcast/encoded-media.ts';
import { CALM_MS, createRoutes, type BroadcastRoute } from '../../../../server/src/broadcast/route/route-source.ts';
import { noLogger } from '../../../../server/src/rooms/logger.ts';
import {
  completeBroadcastOptions,
  type BroadcastOptionsInput,
  type RoomId,
  type StreamId,
} from '../../../../src/protocol/index.ts';
import { ManualClock } from '../../rooms/manual-clock.ts';
import { FakeStage } from '../direct/fake-stage.ts';
import { packPictures, RtpStream } from '../direct/rtp-material.ts';
import { createMaterial, type Material } from '../encoded-material.ts';
import { FakeBroadcastParts, FORMAT } from '../fake-broadcast-parts.ts';

const BROWSER_MISSING: SourceFailure = { code: 'browserMissing', message: 'Install chromium.', permanent: true };
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the route of a broadcast', { timeout: 60_000 }, () => {
  let material: Material;
  before(async () => {
    material = await createMaterial({ seconds: 2 });
  });

  /** A broadcast whose composers and cameras do as the test says. */
  class Show {
    readonly clock = new ManualClock();
    readonly stage = new FakeStage();
    readonly composers = new FakeBroadcastParts();
    readonly failures: SourceFailure[] = [];
    /** Sizes of what went on the air, one after the other. */
    readonly widths: (number | undefined)[] = [];
    readonly #source;
    readonly #streams = new Map<StreamId, RtpStream>();

    constructor(route: BroadcastRoute = 'auto', options: BroadcastOptionsInput = {}, browser = true) {
      const sink: EncodedSink = {
        begin: ({ video }) => {
          this.widths.push(video?.width);
          return { video: () => {}, audio: () => {}, end: () => {} };
        },
      };
      const openComposer: typeof this.composers.openSource = (given) => {
        const composer = this.composers.openSource(given);
        if (!browser) given.handleFailure(BROWSER_MISSING);
        return composer;
      };
      const { clock, stage } = this;
      const open = createRoutes({ route, openComposer, clock, logger: noLogger, partMs: 333, segmentMs: 2_000 });
      this.#source = (begin: (show: this) => void) => {
        begin(this);
        return open({
          roomId: 'launch' as RoomId,
          stage,
          options: completeBroadcastOptions(options),
          sink,
          handleFailure: (failure) => this.failures.push(failure),
        });
      };
    }

    start(begin: (show: Show) => void = () => {}): this {
      open.push(this.#source(begin));
      this.clock.advance(1);
      return this;
    }

    /** Lets a camera send for a second or two. */
    async film(id: StreamId, seconds = 2): Promise<void> {
      this.clock.advance(150);
      await settle();
      const stream = this.#streams.get(id) ?? new RtpStream(90_000);
      this.#streams.set(id, stream);
      const startedAt = this.clock.now();
      const frames = material.video
        .filter(({ timestampUs }) => timestampUs < seconds * 1e6)
        .map((frame) => ({ ...frame, timestampUs: startedAt * 1_000 + frame.timestampUs }));
      for (const { timeUs, bytes } of packPictures(stream, frames)) {
        this.clock.advance(Math.max(0, timeUs / 1_000 - this.clock.now()));
        this.stage.send(id, bytes);
        if (this.composing > 0) this.composers.source.playUntil(this.clock.now());
      }
      await settle();
    }

    /** The composer has a picture, and goes on for a while. */
    compose(milliseconds = 1_200): void {
      this.composers.source.begin(this.clock.now());
      for (let passed = 0; passed < milliseconds; passed += 100) {
        this.clock.advance(100);
        this.composers.source.playUntil(this.clock.now());
      }
    }

    get composing(): number {
      return this.composers.running;
    }
  }

  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((source) => source.close()));
  });

  /** On the air with one camera. */
  const direct = async (browser = true) => {
    const show = new Show('auto', {}, browser).start(({ stage }) => stage.add('host', 'camera'));
    await show.film('host-camera' as StreamId);
    assert.deepEqual([show.widths, show.composing], [[320], 0]);
    return show;
  };

  it('is direct for one camera in H.264, without a composer', async () => {
    const show = await direct();
    show.stage.add('host', 'microphone');
    await show.film('host-camera' as StreamId);
    assert.deepEqual(
      [show.composing, show.failures, show.stage.isTapped('host-microphone' as StreamId)],
      [0, [], true],
    );
  });

  for (const [what, begin, options] of [
    ['a camera in VP8', (show: Show) => show.stage.add('host', 'camera', 'video/vp8'), {}],
    ['two on stage', (show: Show) => (show.stage.add('host', 'camera'), show.stage.add('guest', 'microphone')), {}],
    ['a screen', (show: Show) => (show.stage.add('host', 'camera'), show.stage.add('host', 'screen')), {}],
    [
      'a page of the site’s own',
      (show: Show) => show.stage.add('host', 'camera'),
      { templateUrl: 'https://shop.example/' },
    ],
    ['sound alone', (show: Show) => show.stage.add('host', 'camera'), { mode: 'audio' }],
  ] as const) {
    it(`is composed for ${what}`, () => {
      const show = new Show('auto', options).start(begin);
      assert.deepEqual([show.composing, show.stage.taps.size], [1, 0]);
    });
  }

  it('is composed always, or never, where the server is set up so', () => {
    const composed = new Show('composer').start(({ stage }) => stage.add('host', 'camera'));
    assert.equal(composed.composing, 1);
    const never = new Show('direct').start(({ stage }) => (stage.add('host', 'camera'), stage.add('guest', 'camera')));
    assert.equal(never.composing, 0);
    assert.deepEqual(
      never.failures.map(({ code, permanent }) => [code, permanent]),
      [['notConfigured', true]],
    );
  });

  it('goes over to a composer when the composer has a picture, and stays direct until then', async () => {
    const show = await direct();
    const guest = show.stage.add('guest', 'camera');
    await show.film('host-camera' as StreamId, 1);
    assert.deepEqual([show.composing, show.stage.isTapped('host-camera' as StreamId)], [1, true]);
    assert.ok(!show.stage.isTapped(guest));
    show.composers.source.begin(show.clock.now());
    assert.deepEqual([show.widths, show.stage.taps.size], [[320], 1]);
    await show.film('host-camera' as StreamId);
    assert.deepEqual([show.widths.at(-1), show.stage.taps.size, show.composing], [FORMAT.video?.width, 0, 1]);
  });

  it('is composed while something lies over the picture', async () => {
    const show = await direct();
    show.stage.overlay(true);
    show.clock.advance(200);
    assert.equal(show.composing, 1);
    show.stage.overlay(false);
    show.clock.advance(200);
    assert.equal(show.composing, 0);
  });

  it('comes back after a calm time, and not while people come and go', async () => {
    const show = await direct();
    show.stage.add('guest', 'camera');
    show.clock.advance(200);
    show.compose();
    show.stage.remove('guest');
    show.clock.advance(CALM_MS / 2);
    show.stage.add('guest', 'camera');
    show.clock.advance(200);
    show.stage.remove('guest');
    show.clock.advance(CALM_MS - 1_000);
    assert.deepEqual([show.composing, show.stage.taps.size], [1, 0]);
    show.clock.advance(1_500);
    await settle();
    // Still composed: the camera has yet to send a key frame.
    assert.equal(show.composing, 1);
    for (let times = 0; times < 2; times += 1) await show.film('host-camera' as StreamId);
    await settle();
    assert.deepEqual([show.composing, show.widths.at(-1)], [0, 320]);
    assert.equal(show.composers.sources.length, 1);
  });

  it('lets a composer go that is not needed any more before it has a picture', async () => {
    const show = await direct();
    show.stage.add('guest', 'camera');
    show.clock.advance(200);
    assert.equal(show.composing, 1);
    show.stage.remove('guest');
    show.clock.advance(200);
    assert.deepEqual([show.composing, show.widths.length], [0, 1]);
  });

  it('shows the slate from the moment a camera is muted, until there is a composer', async () => {
    const show = await direct();
    show.stage.mute('host-camera' as StreamId, true);
    show.clock.advance(1_000);
    assert.deepEqual([show.widths, show.composing], [[320, 1_280], 1]);
    show.compose();
    assert.deepEqual([show.widths.at(-1), show.composing, show.stage.taps.size], [FORMAT.video?.width, 1, 0]);
  });

  it('tries a composer again that fails while the direct route is on the air, and nobody hears of it', async () => {
    const show = await direct();
    show.stage.add('guest', 'camera');
    show.clock.advance(200);
    show.composers.source.fail();
    await show.film('host-camera' as StreamId);
    assert.deepEqual([show.composers.sources.length, show.composing, show.failures], [2, 1, []]);
  });

  it('tells of a composer that fails on the air', () => {
    const show = new Show().start(({ stage }) => stage.add('host', 'screen'));
    show.composers.source.begin();
    show.composers.source.fail();
    assert.deepEqual(
      show.failures.map(({ code }) => code),
      ['composerCrashed'],
    );
  });

  it('is composed where a camera sends nothing that can be shown, and tries the camera again', async () => {
    const show = new Show().start(({ stage }) => stage.add('host', 'camera'));
    show.clock.advance(7_000);
    await settle();
    assert.deepEqual([show.composing, show.stage.taps.size], [1, 0]);
    show.compose();
    show.clock.advance(60_000 + CALM_MS);
    for (let times = 0; times < 2; times += 1) await show.film('host-camera' as StreamId);
    await settle();
    assert.deepEqual([show.composing, show.widths.at(-1)], [0, 320]);
  });

  describe('on a server without a browser', () => {
    it('is direct where that does', async () => {
      const show = await direct(false);
      assert.deepEqual(show.failures, []);
    });

    it('fails with what to install where it does not', () => {
      const show = new Show('auto', {}, false).start(({ stage }) => stage.add('host', 'screen'));
      assert.deepEqual(show.failures, [BROWSER_MISSING]);
    });

    it('stays on the air with the first camera when others come, and with the slate when all have gone', async () => {
      const show = await direct(false);
      show.stage.add('guest', 'camera');
      await show.film('host-camera' as StreamId);
      assert.deepEqual([show.failures, show.widths.length], [[], 1]);
      show.stage.remove('host');
      await show.film('guest-camera' as StreamId);
      assert.deepEqual([show.failures, show.widths.at(-1)], [[], 320]);
      show.stage.remove('guest');
      show.clock.advance(5_000);
      assert.deepEqual([show.failures, show.widths.at(-1)], [[], 1_280]);
    });
  });

  it('waits a moment at an empty stage: people come back after their server', async () => {
    const show = new Show().start();
    show.clock.advance(1_000);
    assert.equal(show.composing, 0);
    show.stage.add('host', 'camera');
    await show.film('host-camera' as StreamId);
    assert.deepEqual([show.widths, show.composers.sources.length], [[320], 0]);
    const empty = new Show().start();
    empty.clock.advance(3_000);
    assert.equal(empty.composing, 1);
  });
});

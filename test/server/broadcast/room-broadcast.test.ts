import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ProtocolError, type BroadcastView, type RoomId } from '../../../src/protocol/index.ts';
import { AudienceWatch } from '../../../server/src/broadcast/audience-watch.ts';
import { RETRY_DELAYS_MS, STEADY_AFTER_MS } from '../../../server/src/broadcast/broadcast-run.ts';
import { RoomBroadcast } from '../../../server/src/broadcast/room-broadcast.ts';
import { FIRST_FRAME_LIMIT_MS, STALL_LIMIT_MS } from '../../../server/src/broadcast/watched-sink.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import type { StoredBroadcast } from '../../../server/src/store/broadcast-store.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { FakeStage } from './direct/fake-stage.ts';
import { FakeBroadcastParts } from './fake-broadcast-parts.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the broadcast of a room', () => {
  let clock: ManualClock;
  let parts: FakeBroadcastParts;
  let told: BroadcastView[];
  let stored: StoredBroadcast | null;
  let broadcast: RoomBroadcast;

  const create = (given: FakeBroadcastParts | undefined, kept: StoredBroadcast | null): RoomBroadcast =>
    new RoomBroadcast({
      roomId: 'launch' as RoomId,
      stage: new FakeStage(),
      parts: given,
      stored: kept,
      save: async (saved) => {
        stored = saved;
      },
      publish: (view) => told.push(view),
      handleOff: () => {},
      clock,
      logger: noLogger,
    });
  const states = () => told.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);

  beforeEach(() => {
    clock = new ManualClock();
    parts = new FakeBroadcastParts();
    told = [];
    stored = null;
    broadcast = create(parts, stored);
  });

  const goLive = async () => {
    await broadcast.start({});
    await settle();
    parts.source.begin(5_000);
    await settle();
  };

  it('[W2] goes from start to stop through every state, and tells its addresses', async () => {
    await goLive();
    assert.equal(broadcast.view?.livestreamUrl, '/live.m3u8');
    assert.equal(broadcast.view?.startedAt, 5_000);
    await broadcast.stop();
    await broadcast.over;
    await settle();
    assert.deepEqual(states(), ['HLS_STARTING', 'HLS_STARTED', 'HLS_PLAYABLE', 'HLS_STOPPING', 'HLS_STOPPED']);
    assert.deepEqual([parts.running, parts.output.endedRuns, parts.output.finished], [0, 1, true]);
    // [W4]
    assert.deepEqual([broadcast.view?.livestreamUrl, broadcast.view?.playbackHlsUrl], [null, '/playback.m3u8']);
  });

  it('[W7] says when the recording is blocked and when it goes on, and stays on the air', async () => {
    await goLive();
    assert.deepEqual(broadcast.view?.recording, { state: 'recording', reason: null });
    parts.output.handleRecording({ status: 'blocked', problem: 'full', message: 'There is no room left.' });
    await settle();
    const reason = { code: 'storageFull', message: 'There is no room left.' };
    assert.deepEqual(
      [broadcast.view?.state, broadcast.view?.recording],
      ['HLS_PLAYABLE', { state: 'blocked', reason }],
    );
    parts.output.handleRecording({ status: 'recording' });
    await settle();
    assert.deepEqual(broadcast.view?.recording, { state: 'recording', reason: null });
    await broadcast.stop();
    await broadcast.over;
    await settle();
    assert.equal(broadcast.view?.recording, null);
  });

  it('[W1] is one, however often it is started', async () => {
    await Promise.all([broadcast.start({ quality: 'low' }), broadcast.start({ quality: 'high' })]);
    await settle();
    await broadcast.start({});
    await settle();
    assert.deepEqual([parts.opened.length, parts.sources.length], [1, 1]);
    assert.equal(broadcast.view?.options.quality, 'low');
  });

  it('[W1] a stop during the start ends it before there was anything', async () => {
    const started = broadcast.start({});
    await Promise.all([started, broadcast.stop()]);
    await broadcast.over;
    await settle();
    assert.deepEqual(states(), ['HLS_STARTING', 'HLS_STOPPING', 'HLS_STOPPED']);
    assert.deepEqual([parts.running, broadcast.isOn], [0, false]);
  });

  it('[W1] a start during the stop begins anew once the last has ended', async () => {
    let release = (): void => {};
    parts.finishing = new Promise((resolve) => {
      release = resolve;
    });
    await goLive();
    await broadcast.stop();
    await broadcast.start({ layout: { type: 'SIDEBAR' } });
    await settle();
    assert.deepEqual([parts.opened.length, broadcast.view?.state], [1, 'HLS_STOPPING']);
    parts.finishing = Promise.resolve();
    release();
    await settle();
    assert.deepEqual([parts.opened.length, parts.running], [2, 1]);
    assert.notEqual(parts.opened[0]?.broadcastId, parts.opened[1]?.broadcastId);
    assert.deepEqual(states().slice(-3), ['HLS_STOPPING', 'HLS_STOPPED', 'HLS_STARTING']);
    assert.equal(broadcast.view?.options.layout.type, 'SIDEBAR');
  });

  it('[W1] the last of stop, start and stop wins', async () => {
    await goLive();
    await Promise.all([broadcast.stop(), broadcast.start({}), broadcast.stop()]);
    await broadcast.over;
    await settle();
    assert.deepEqual([parts.opened.length, broadcast.view?.state, broadcast.isOn], [1, 'HLS_STOPPED', false]);
    await broadcast.stop();
    assert.equal(told.at(-1)?.state, 'HLS_STOPPED');
  });

  it('[W3] replaces a source that crashed, in the same output, and says so meanwhile', async () => {
    await goLive();
    parts.source.fail();
    await settle();
    assert.deepEqual(
      [broadcast.view?.state, broadcast.view?.retrying, broadcast.view?.reason?.code, broadcast.view?.livestreamUrl],
      ['HLS_FAILED', true, 'composerCrashed', '/live.m3u8'],
    );
    clock.advance(RETRY_DELAYS_MS[0]);
    await settle();
    parts.source.begin();
    await settle();
    assert.deepEqual(
      [broadcast.view?.state, broadcast.view?.reason, broadcast.view?.retrying],
      ['HLS_PLAYABLE', null, false],
    );
    assert.deepEqual([parts.opened.length, parts.output.runs, parts.output.endedRuns, parts.running], [1, 2, 1, 1]);
  });

  it('[W3] replaces one that hangs, before its first frame and after', async () => {
    await broadcast.start({});
    await settle();
    clock.advance(FIRST_FRAME_LIMIT_MS);
    await settle();
    assert.equal(broadcast.view?.reason?.code, 'templateFailed');
    clock.advance(RETRY_DELAYS_MS[0]);
    await settle();
    parts.source.begin();
    await settle();
    assert.equal(broadcast.view?.state, 'HLS_PLAYABLE');
    clock.advance(STALL_LIMIT_MS - 1_000);
    parts.source.frame();
    clock.advance(STALL_LIMIT_MS - 1_000);
    await settle();
    assert.equal(broadcast.view?.state, 'HLS_PLAYABLE');
    clock.advance(1_000);
    await settle();
    assert.equal(broadcast.view?.reason?.code, 'composerStalled');
    assert.equal(parts.running, 0);
  });

  it('[W3] gives up after several failures in a row, and what was recorded is ended', async () => {
    await goLive();
    for (const delayMs of RETRY_DELAYS_MS) {
      parts.source.fail();
      await settle();
      assert.equal(broadcast.view?.retrying, true);
      clock.advance(delayMs);
      await settle();
    }
    parts.source.fail({ message: 'It crashed for good.' });
    await broadcast.over;
    await settle();
    assert.deepEqual(
      [broadcast.view?.state, broadcast.view?.retrying, broadcast.view?.reason?.message, broadcast.view?.livestreamUrl],
      ['HLS_FAILED', false, 'It crashed for good.', null],
    );
    assert.deepEqual([parts.output.finished, parts.running, broadcast.isOn, stored?.on], [true, 0, false, false]);
    await broadcast.start({});
    await settle();
    assert.equal(broadcast.view?.state, 'HLS_STARTING');
  });

  it('[W3] counts failures in a row alone', async () => {
    await goLive();
    for (let index = 0; index < RETRY_DELAYS_MS.length * 2; index++) {
      for (let passed = 0; passed < STEADY_AFTER_MS; passed += 1_000) {
        clock.advance(1_000);
        parts.source.frame();
      }
      parts.source.fail();
      await settle();
      clock.advance(RETRY_DELAYS_MS[0]);
      await settle();
      parts.source.begin();
      await settle();
    }
    assert.equal(broadcast.view?.state, 'HLS_PLAYABLE');
  });

  it('does not try again what cannot succeed', async () => {
    await broadcast.start({});
    await settle();
    parts.source.fail({ code: 'browserMissing', message: 'Install chromium.', permanent: true });
    await broadcast.over;
    await settle();
    assert.deepEqual(
      [states(), broadcast.view?.reason?.code, parts.sources.length],
      [['HLS_STARTING', 'HLS_FAILED'], 'browserMissing', 1],
    );
  });

  it('fails with a reason where it has nowhere to go', async () => {
    parts.failNext = true;
    await broadcast.start({});
    await broadcast.over;
    await settle();
    assert.deepEqual([broadcast.view?.state, broadcast.view?.reason?.code], ['HLS_FAILED', 'outputFailed']);
    broadcast = create(undefined, null);
    await broadcast.start({});
    await settle();
    assert.deepEqual([broadcast.view?.state, broadcast.view?.reason?.code], ['HLS_FAILED', 'notConfigured']);
  });

  it('can be stopped between two tries', async () => {
    await goLive();
    for (const _ of [1, 2]) {
      parts.source.fail();
      await settle();
      clock.advance(RETRY_DELAYS_MS[0]);
      await settle();
    }
    assert.equal(parts.running, 0);
    await broadcast.stop();
    await broadcast.over;
    await settle();
    clock.advance(60_000);
    await settle();
    assert.deepEqual([broadcast.view?.state, parts.running], ['HLS_STOPPED', 0]);
  });

  it('is arranged anew while it is on', async () => {
    const isConflict = (error: unknown) => error instanceof ProtocolError && error.code === 'conflict';
    await assert.rejects(broadcast.changeLayout({ gridSize: 4 }), isConflict);
    await goLive();
    await broadcast.changeLayout({ gridSize: 4 });
    await broadcast.changeLayout({ type: 'SPOTLIGHT' });
    assert.deepEqual(told.at(-1)?.options.layout, { type: 'SPOTLIGHT', priority: 'SPEAKER', gridSize: 4 });
    assert.deepEqual([told.at(-1)?.state, parts.sources.length], ['HLS_PLAYABLE', 1]);
    await broadcast.stop();
    await assert.rejects(broadcast.changeLayout({ gridSize: 9 }), isConflict);
  });

  it('[W3] is taken up again by the next server', async () => {
    await goLive();
    await broadcast.changeLayout({ type: 'SIDEBAR' });
    await broadcast.close();
    assert.deepEqual([parts.running, parts.output.finished, stored?.on], [0, false, true]);
    parts = new FakeBroadcastParts();
    told = [];
    broadcast = create(parts, stored);
    assert.deepEqual(
      [broadcast.view?.state, broadcast.view?.retrying, broadcast.view?.reason?.code],
      ['HLS_FAILED', true, 'serverRestarted'],
    );
    await settle();
    parts.source.begin();
    await settle();
    assert.deepEqual([broadcast.view?.state, broadcast.view?.options.layout.type], ['HLS_PLAYABLE', 'SIDEBAR']);
  });

  it('stays off where it was off when the server went down', async () => {
    await goLive();
    await broadcast.stop();
    await broadcast.close();
    parts = new FakeBroadcastParts();
    broadcast = create(parts, stored);
    await settle();
    assert.deepEqual([broadcast.view?.state, parts.sources.length], ['HLS_STOPPED', 0]);
  });

  describe('by the room’s policy', () => {
    const watch = (startWithAudience: boolean, stopAfterMs: number | null) =>
      new AudienceWatch({ policy: { startWithAudience, stopAfterMs }, broadcast, clock, logger: noLogger });

    it('starts with the first of the audience and stops a while after the last', async () => {
      const audience = watch(true, 60_000);
      audience.changed(1);
      audience.changed(2);
      await settle();
      assert.equal(parts.sources.length, 1);
      audience.changed(0);
      clock.advance(59_000);
      audience.changed(1);
      parts.source.begin();
      await settle();
      assert.equal(broadcast.isOn, true);
      audience.changed(0);
      clock.advance(60_000);
      await broadcast.over;
      await settle();
      assert.equal(broadcast.view?.state, 'HLS_STOPPED');
    });

    it('stops what another server began, where nobody comes back to it', async () => {
      await goLive();
      watch(false, 1_000);
      clock.advance(1_000);
      await settle();
      await broadcast.over;
      assert.equal(broadcast.isOn, false);
    });

    it('leaves a recording alone that is shown to nobody', async () => {
      await broadcast.startRecording({});
      await settle();
      const audience = watch(true, 60_000);
      audience.changed(1);
      audience.changed(0);
      clock.advance(60_000);
      await settle();
      assert.equal(broadcast.isOn, true);
    });

    it('is off unless wanted', async () => {
      const audience = watch(false, null);
      audience.changed(1);
      await settle();
      assert.equal(broadcast.isOn, false);
      await goLive();
      audience.changed(0);
      clock.advance(2_000);
      await settle();
      assert.equal(broadcast.isOn, true);
    });
  });
});

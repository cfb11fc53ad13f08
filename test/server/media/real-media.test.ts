import assert from 'node:assert/strict';
import { after, before, suite, test, type TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import type { MediasoupMedia } from '../../../server/src/media/mediasoup/create-media.ts';
import type { MediaOptions } from '../../../server/src/media/mediasoup/media-options.ts';
import { launchBrowser, Stage } from './browser.ts';
import { eventually, openRoom, participant, startMedia, type TestRoom } from './test-media.ts';
import { forbidUnhandledRejections } from './unharmed.ts';

const ann = participant('ann');
const ben = participant('ben');

let browser: Browser;
forbidUnhandledRejections();

before(async () => {
  browser = await launchBrowser();
});

after(() => browser.close());

interface Show extends TestRoom {
  readonly media: MediasoupMedia;
  readonly stage: Stage;
}

async function openShow(t: TestContext, options: Partial<MediaOptions> = {}): Promise<Show> {
  const media = await startMedia(options);
  t.after(() => media.close());
  const testRoom = await openRoom(media);
  const stage = await Stage.open(browser, testRoom.room);
  t.after(() => stage.close());
  return { ...testRoom, media, stage };
}

/** So small that every second participant is on another worker. */
const apart: Partial<MediaOptions> = { workers: 2, participantsPerWorker: 1 };

suite('media', { timeout: 120_000 }, () => {
  test('crosses from worker to worker', async (t) => {
    const { room, told, media, stage } = await openShow(t, apart);
    await stage.open('ann', 'send');
    await stage.open('ben', 'receive');
    const camera = await stage.publish('ann', { source: 'camera' });
    const microphone = await stage.publish('ann', { source: 'microphone', gain: 0.5 });
    const [picture, sound] = [await stage.subscribe('ben', camera), await stage.subscribe('ben', microphone)];

    await stage.flows('ben', picture);
    await stage.flows('ben', sound);

    const { routers, pipes, loads } = media.statistics();
    assert.deepEqual([routers, pipes, loads.map(({ load }) => load)], [2, 2, [1, 1]]);

    // A mute reaches the other side, and so does its end.
    await room.setMuted(camera, true);
    const { frames } = await stage.received('ben', picture);
    await stage.flows('ben', sound);
    const { frames: framesMuted } = await stage.received('ben', picture);
    assert.ok(framesMuted - frames < 5, `${framesMuted - frames} frames of a muted camera`);
    await room.setMuted(camera, false);
    await stage.flows('ben', picture);

    await told.until(() => told.of('qualityMeasured').length > 0, 'a quality is measured');
    assert.deepEqual(told.of('qualityMeasured').at(-1), [[[ann, 4]]]);
  });

  for (const codec of ['video/VP8', 'video/H264'] as const) {
    test(`comes in the layer asked for: ${codec}`, async (t) => {
      const { room, told, stage } = await openShow(t, apart);
      await stage.open('ann', 'send');
      await stage.open('ben', 'receive');
      const camera = await stage.publish('ann', { source: 'camera', codec });
      const picture = await stage.subscribe('ben', camera);
      for (const [spatialLayer, width] of [
        [0, 240],
        [1, 480],
        [0, 240],
      ] as const) {
        await room.setSubscription(ben, picture, { spatialLayer });
        await stage.until('ben', picture, (received) => received.width === width, 30_000);
        const isTold = () => told.of('subscriptionLayerChanged').at(-1)?.[3] === spatialLayer;
        await told.until(isTold, `layer ${spatialLayer} is told`);
        assert.deepEqual(told.of('subscriptionLayerChanged').at(-1)?.slice(0, 3), [ben, picture, camera]);
      }
    });
  }

  test('waits until it is let flow, and for the connection [M3]', async (t) => {
    const { room, stage } = await openShow(t);
    await stage.open('ann', 'send');
    for (const who of ['ben', 'cem', 'dee']) await stage.open(who, 'receive');
    const camera = await stage.publish('ann', { source: 'camera' });
    const waiting = await stage.subscribe('ben', camera, { paused: true });
    // Let flow before there was a connection to flow on.
    const early = await stage.subscribe('cem', camera, { resumeFirst: true });
    await stage.flows('cem', early);
    assert.equal((await stage.received('ben', waiting)).bytes, 0);

    await room.setSubscription(ben, waiting, { paused: false });
    await stage.flows('ben', waiting);
    await room.setSubscription(ben, waiting, { paused: true });
    const before = await stage.received('ben', waiting);
    await stage.flows('cem', early);
    const { frames } = await stage.received('ben', waiting);
    assert.ok(frames - before.frames < 5, 'it is paused');
  });

  test('goes over TCP where UDP is blocked', async (t) => {
    const listen = { address: '127.0.0.1', ports: { from: 0, to: 0 }, udp: false };
    const { stage } = await openShow(t, { listen });
    await stage.open('ann', 'send', 'receive');
    for (const source of ['screen', 'screenAudio'] as const) {
      const streamId = await stage.publish('ann', { source, gain: 0.5 });
      await stage.flows('ann', await stage.subscribe('ann', streamId));
    }
  });

  test('comes to each of many who join together', async (t) => {
    const { stage } = await openShow(t, apart);
    await stage.open('ann', 'send');
    const camera = await stage.publish('ann', { source: 'camera' });
    const watch = async (who: string) => {
      await stage.open(who, 'receive');
      await stage.flows(who, await stage.subscribe(who, camera));
    };
    await watch('ben');
    await Promise.all(['cem', 'dee', 'eli', 'flo', 'gus'].map(watch));
  });

  test('that stops coming is of no quality', async (t) => {
    const { stage, told } = await openShow(t);
    await stage.open('ann', 'send');
    await stage.publish('ann', { source: 'camera' });
    const quality = () => told.of('qualityMeasured').at(-1);
    await told.until(() => quality()?.[0][0]?.[1] === 4, 'a good quality');
    await stage.crash();
    await told.until(() => quality()?.[0][0]?.[1] === 0, 'no quality');
    assert.deepEqual(quality(), [[[ann, 0]]]);
  });

  test('goes on after ICE has restarted [M4]', async (t) => {
    const { stage, told } = await openShow(t);
    await stage.open('ann', 'send');
    await stage.open('ben', 'receive');
    const picture = await stage.subscribe('ben', await stage.publish('ann', { source: 'camera' }));
    await stage.flows('ben', picture);
    await stage.restart('ann', 'send');
    await stage.restart('ben', 'receive');
    await stage.flows('ben', picture);
    assert.deepEqual(told.of('streamLost'), []);
  });

  test('ends with the connection of who sent it, who is not asked to come back', async (t) => {
    const { stage, told, media } = await openShow(t);
    await stage.open('ann', 'send');
    await stage.open('ben', 'receive');
    const camera = await stage.publish('ann', { source: 'camera' });
    const picture = await stage.subscribe('ben', camera);
    await stage.flows('ben', picture);
    await stage.closeTransport('ann', 'send');
    await told.until(() => told.of('subscriptionEnded').length === 1, 'the subscription ends');
    assert.deepEqual(told.of('streamLost'), [[camera]]);
    assert.deepEqual(told.of('mediaReset'), []);
    assert.equal(media.statistics().transports, 1);
  });
});

suite('speakers', { timeout: 120_000 }, () => {
  test('are told apart across workers, and silence too', async (t) => {
    const { stage, told, media } = await openShow(t, apart);
    await stage.open('ann', 'send');
    await stage.open('ben', 'send');
    await stage.publish('ann', { source: 'microphone', gain: 0.5 });
    await stage.publish('ben', { source: 'microphone', gain: 0 });
    assert.equal(media.statistics().routers, 2);
    const speaker = () => told.of('activeSpeakerChanged').at(-1)?.[0];

    await told.until(() => speaker() === ann, 'Ann speaks');
    const [loudest, level] = told.of('levelsMeasured').at(-1)![0][0]!;
    assert.equal(loudest, ann);
    assert.ok(level > -30 && level <= 0, `${level} dB`);

    await stage.setGain('ben', 0.9);
    await told.until(() => told.of('levelsMeasured').at(-1)?.[0].length === 2, 'both are heard');
    await stage.setGain('ann', 0);
    await told.until(() => speaker() === ben, 'Ben takes over');
    await stage.setGain('ben', 0);
    await told.until(() => speaker() === null, 'nobody speaks');
    assert.deepEqual(told.of('levelsMeasured').at(-1), [[]]);
    await stage.setGain('ben', 0.5);
    await told.until(() => speaker() === ben, 'Ben speaks again');
    assert.deepEqual(told.of('activeSpeakerChanged').flat(), [ann, ben, null, ben]);

    const reports = told.events.filter(({ name }) => name === 'levelsMeasured');
    for (const [index, { atMs }] of reports.slice(5).entries()) {
      const spanMs = atMs - reports[index]!.atMs;
      assert.ok(spanMs > 950, `6 reports within ${spanMs} ms`);
    }
  });
});

suite('a worker killed', { timeout: 120_000 }, () => {
  async function startShow(show: Show) {
    const { stage } = show;
    await stage.open('ann', 'send');
    await stage.open('ben', 'receive');
    const camera = await stage.publish('ann', { source: 'camera' });
    const picture = await stage.subscribe('ben', camera);
    await stage.flows('ben', picture);
    return { camera, picture };
  }

  const pidOf = (media: MediasoupMedia, index: number) => media.statistics().loads[index]!.pid;

  test('under the host: the picture is back within 3 s', async (t) => {
    const show = await openShow(t, apart);
    const { stage, told, media } = show;
    const { camera } = await startShow(show);

    const killedAtMs = performance.now();
    process.kill(pidOf(media, 0), 'SIGKILL');
    await told.until(() => told.of('mediaReset').length === 1, 'reset');
    assert.deepEqual(told.of('mediaReset'), [[ann, ['send']]]);
    assert.deepEqual(told.of('streamLost'), [[camera]]);
    await stage.open('ann', 'send');
    const picture = await stage.subscribe('ben', await stage.publish('ann', { source: 'camera' }));
    await stage.until('ben', picture, ({ frames }) => frames > 0);
    const tookMs = performance.now() - killedAtMs;

    assert.ok(tookMs < 3_000, `${tookMs} ms`);
    t.diagnostic(`back after ${Math.round(tookMs)} ms`);
  });

  test('under the viewer: the picture is back within 3 s', async (t) => {
    const show = await openShow(t, apart);
    const { stage, told, media } = show;
    const { camera } = await startShow(show);

    const killedAtMs = performance.now();
    process.kill(pidOf(media, 1), 'SIGKILL');
    await told.until(() => told.of('mediaReset').length === 1, 'reset');
    assert.deepEqual(told.of('mediaReset'), [[ben, ['receive']]]);
    assert.deepEqual(told.of('streamLost'), [], 'the host is not hit');
    await stage.open('ben', 'receive');
    const picture = await stage.subscribe('ben', camera);
    await stage.until('ben', picture, ({ frames }) => frames > 0);
    const tookMs = performance.now() - killedAtMs;

    assert.ok(tookMs < 3_000, `${tookMs} ms`);
    t.diagnostic(`back after ${Math.round(tookMs)} ms`);
  });

  test('that was the only one: the picture is back within 3 s', async (t) => {
    const show = await openShow(t, { workers: 1 });
    const { stage, told, media } = show;
    await startShow(show);

    const killedAtMs = performance.now();
    process.kill(pidOf(media, 0), 'SIGKILL');
    await told.until(() => told.of('mediaReset').length === 2, 'reset');
    await stage.open('ann', 'send');
    await stage.open('ben', 'receive');
    const picture = await stage.subscribe('ben', await stage.publish('ann', { source: 'camera' }));
    await stage.until('ben', picture, ({ frames }) => frames > 0);
    const tookMs = performance.now() - killedAtMs;

    assert.ok(tookMs < 3_000, `${tookMs} ms`);
    t.diagnostic(`back after ${Math.round(tookMs)} ms`);
    await eventually(() => media.statistics().workers === 1, 'one runs');
    assert.equal(media.statistics().workerDeaths, 1);
  });
});

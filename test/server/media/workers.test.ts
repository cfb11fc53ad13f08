import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { MediasoupMedia } from '../../../server/src/media/mediasoup/create-media.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import { ProtocolError } from '../../../src/protocol/index.ts';
import { everything, opus, vp8Layers } from './parameters.ts';
import { eventually, openRoom, participant, startMedia } from './test-media.ts';
import { forbidUnhandledRejections } from './unharmed.ts';

const ann = participant('ann');
const ben = participant('ben');
const cem = participant('cem');

forbidUnhandledRejections();

const loadsOf = (media: MediasoupMedia) => media.statistics().loads.map(({ load }) => load);
const kill = (media: MediasoupMedia, index: number) => process.kill(media.statistics().loads[index]!.pid, 'SIGKILL');

suite('spreading', () => {
  test('a room stays on one worker while that has room, then goes on to the next', async (t) => {
    const media = await startMedia({ workers: 2, participantsPerWorker: 2 });
    t.after(() => media.close());
    const { room } = await openRoom(media);
    assert.equal(media.statistics().routers, 0, 'a room without media takes no worker');

    await room.openTransport(ann, 'send');
    await room.openTransport(ann, 'receive');
    await room.openTransport(ben, 'receive');
    assert.deepEqual(loadsOf(media), [2, 0]);
    await room.openTransport(cem, 'receive');
    assert.deepEqual(loadsOf(media), [2, 1]);
    assert.equal(media.statistics().routers, 2);

    room.closeParticipant(cem);
    assert.deepEqual(loadsOf(media), [2, 0]);
    assert.equal(media.statistics().routers, 1, 'the last who leaves takes the router along');
  });

  test('rooms go to the worker that does least', async (t) => {
    const media = await startMedia({ workers: 2 });
    t.after(() => media.close());
    for (let index = 0; index < 4; index += 1) {
      const { room } = await openRoom(media, `room-${index}`);
      await room.openTransport(ann, 'send');
    }
    assert.deepEqual(loadsOf(media), [2, 2]);
  });

  test('when all are full it goes on all the same', async (t) => {
    const media = await startMedia({ workers: 2, participantsPerWorker: 1 });
    t.after(() => media.close());
    const { room } = await openRoom(media);
    const everyone = Array.from({ length: 7 }, (_, index) => participant(`p${index}`));
    await Promise.all(everyone.map((id) => room.openTransport(id, 'receive')));
    assert.deepEqual(loadsOf(media).toSorted(), [3, 4]);
    assert.equal(media.statistics().routers, 2, 'also when all come at once');
  });

  test('who watches much counts for more', async (t) => {
    const media = await startMedia({ workers: 1 });
    t.after(() => media.close());
    const { room } = await openRoom(media);
    const receive = await room.openTransport(cem, 'receive');
    const subscriptionIds = [];
    for (let index = 0; index < 6; index += 1) {
      const host = participant(`host-${index}`);
      const send = await room.openTransport(host, 'send');
      const streamId = await room.publish(host, send.id, {
        source: 'microphone',
        rtpParameters: opus(1),
        muted: false,
      });
      const { subscriptionId } = await room.subscribe(cem, receive.id, streamId, everything(room.capabilities()));
      subscriptionIds.push(subscriptionId);
    }
    assert.deepEqual(loadsOf(media), [7.5]);
    for (const subscriptionId of subscriptionIds) room.unsubscribe(cem, subscriptionId);
    assert.deepEqual(loadsOf(media), [7]);
  });
});

suite('ports', () => {
  const portsOf = (media: MediasoupMedia) => media.statistics().loads.map(({ port }) => port);

  test('each worker takes the lowest free one, the same for UDP and TCP', async (t) => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    t.after(() => blocker.close());
    const address = blocker.address();
    assert.ok(typeof address === 'object' && address !== null);
    const from = address.port;
    const media = await startMedia({
      workers: 2,
      listen: { address: '127.0.0.1', announced: ['192.0.2.1', 'media.example'], ports: { from, to: from + 20 } },
    });
    t.after(() => media.close());
    const [first, second] = portsOf(media);
    assert.ok(first! > from && second! > first! && second! <= from + 20, `${portsOf(media)} above ${from}`);

    const { room } = await openRoom(media);
    const { iceCandidates } = await room.openTransport(ann, 'receive');
    assert.deepEqual(
      iceCandidates.map(({ protocol, address, port }) => `${protocol} ${address} ${port}`),
      [`udp 192.0.2.1 ${first}`, `tcp 192.0.2.1 ${first}`, `udp media.example ${first}`, `tcp media.example ${first}`],
    );
    const priorities = iceCandidates.map(({ protocol, priority }) => ({ protocol, priority }));
    const lowestUdp = Math.min(
      ...priorities.filter(({ protocol }) => protocol === 'udp').map(({ priority }) => priority),
    );
    const highestTcp = Math.max(
      ...priorities.filter(({ protocol }) => protocol === 'tcp').map(({ priority }) => priority),
    );
    assert.ok(lowestUdp > highestTcp, 'UDP is tried first');

    kill(media, 0);
    await eventually(() => media.statistics().workerDeaths === 1 && media.statistics().workers === 2, 'replaced');
    assert.deepEqual(new Set(portsOf(media)), new Set([first, second]), 'the new worker has the old port');
  });

  test('taken by others are passed over in silence', async (t) => {
    const complaints: string[] = [];
    const log = { ...noLogger, error: (_: object, message: string) => complaints.push(message) };
    // Below the ports that the system hands out.
    const from = 20_000 + (process.pid % 2_000) * 5;
    const listen = { address: '127.0.0.1', ports: { from, to: from + 4 } };
    const ofOthers = await startMedia({ workers: 2, listen });
    t.after(() => ofOthers.close());
    const media = await startMedia({ workers: 2, listen, workerLogLevel: 'error', log });
    t.after(() => media.close());
    assert.equal(new Set([...portsOf(ofOthers), ...portsOf(media)]).size, 4);
    await assert.rejects(startMedia({ workers: 2, listen, workerLogLevel: 'error', log }), /Every port .* is taken/);
    assert.deepEqual(complaints, []);
  });

  test('too few of them are told before anything starts', async () => {
    await assert.rejects(
      startMedia({ workers: 3, listen: { address: '127.0.0.1', ports: { from: 40_000, to: 40_001 } } }),
      /3 media workers need 3 ports, 40000 to 40001 are 2/,
    );
  });

  test('TCP or UDP may be off', async (t) => {
    for (const protocol of ['udp', 'tcp'] as const) {
      const media = await startMedia({
        listen: { address: '127.0.0.1', ports: { from: 0, to: 0 }, udp: protocol === 'udp', tcp: protocol === 'tcp' },
      });
      t.after(() => media.close());
      const { room } = await openRoom(media);
      const { iceCandidates } = await room.openTransport(ann, 'send');
      assert.deepEqual(
        iceCandidates.map((candidate) => candidate.protocol),
        [protocol],
      );
    }
  });

  test('a worker that cannot be started fails the start', async () => {
    await assert.rejects(startMedia({ workerBin: '/bin/false' }));
    await assert.rejects(startMedia({ listen: { address: '192.0.2.1', ports: { from: 0, to: 0 } } }));
  });
});

test('what a worker writes of itself is logged, save that nobody hears its last words', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'ils-worker-'));
  t.after(() => rm(folder, { recursive: true }));
  const workerBin = join(folder, 'worker');
  const lastWords = 'UnixStreamSocketHandle::Write() | uv_try_write() failed, trying uv_write(): broken pipe';
  await writeFile(workerBin, `#!/bin/sh\necho '${lastWords}' >&2\necho 'out of memory' >&2\nexit 1\n`);
  await chmod(workerBin, 0o755);
  const complaints: string[] = [];
  const log = { ...noLogger, error: (_: object, message: string) => complaints.push(message) };
  await assert.rejects(startMedia({ workerBin, log }));
  await eventually(() => complaints.some((line) => line.includes('out of memory')), 'all is logged');
  assert.deepEqual(
    complaints.filter((line) => line.includes('broken pipe')),
    [],
  );
});

suite('a worker that hangs', () => {
  const stop = (media: MediasoupMedia) => process.kill(media.statistics().loads[0]!.pid, 'SIGSTOP');

  test('is replaced like one that died', { timeout: 30_000 }, async (t) => {
    const media = await startMedia({ workers: 2 });
    t.after(() => media.close());
    const { room, told } = await openRoom(media);
    await room.openTransport(ann, 'send');
    const stoppedAtMs = performance.now();
    stop(media);
    const waiting = room.openTransport(ben, 'receive').then(
      () => null,
      (error: unknown) => error,
    );
    await told.until(() => told.of('mediaReset').length === 1, 'reset');
    const tookMs = performance.now() - stoppedAtMs;
    assert.ok(tookMs < 6_500, `noticed after ${tookMs} ms`);
    const refusal = await waiting;
    assert.ok(refusal instanceof ProtocolError && refusal.code === 'unavailable', String(refusal));
    await room.openTransport(ann, 'send');
    await eventually(() => media.statistics().workers === 2, 'the worker is replaced');
    assert.equal(media.statistics().workerDeaths, 1);
  });

  test('does not keep the server from closing', { timeout: 30_000 }, async () => {
    const media = await startMedia();
    stop(media);
    await media.close();
    assert.equal(media.statistics().workers, 0);
  });

  test('is not one that this process did not listen to', { timeout: 30_000 }, async (t) => {
    const media = await startMedia();
    t.after(() => media.close());
    const { room } = await openRoom(media);
    const { pid } = media.statistics().loads[0]!;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6_000);
    await room.openTransport(ann, 'send');
    assert.deepEqual([media.statistics().workerDeaths, media.statistics().loads[0]!.pid], [0, pid]);
  });
});

suite('a worker that dies', () => {
  test('takes its streams along, resets who was there, and nobody else', async (t) => {
    const media = await startMedia({ workers: 2, participantsPerWorker: 1 });
    t.after(() => media.close());
    const { room, told } = await openRoom(media);
    const send = await room.openTransport(ann, 'send');
    await room.openTransport(ann, 'receive');
    const receive = await room.openTransport(ben, 'receive');
    const benSends = await room.openTransport(ben, 'send');
    const camera = await room.publish(ann, send.id, { source: 'camera', rtpParameters: vp8Layers(), muted: false });
    const voice = await room.publish(ben, benSends.id, { source: 'microphone', rtpParameters: opus(1), muted: false });
    const { subscriptionId } = await room.subscribe(ben, receive.id, camera, everything(room.capabilities()));

    kill(media, 0);
    await told.until(() => told.of('mediaReset').length > 0 && told.of('subscriptionEnded').length > 0, 'all is told');

    assert.deepEqual(told.of('streamLost'), [[camera]]);
    assert.deepEqual(told.of('mediaReset'), [[ann, ['send', 'receive']]]);
    assert.deepEqual(told.of('subscriptionEnded'), [[ben, subscriptionId, camera]]);

    const again = await room.openTransport(ann, 'send');
    const newCamera = await room.publish(ann, again.id, { source: 'camera', rtpParameters: vp8Layers(), muted: false });
    await room.subscribe(ben, receive.id, newCamera, everything(room.capabilities()));
    await room.setMuted(voice, true);
    await eventually(() => media.statistics().workers === 2, 'the worker is replaced');
    assert.equal(media.statistics().workerDeaths, 1);
  });

  test('leaves other rooms alone', async (t) => {
    const media = await startMedia({ workers: 2 });
    t.after(() => media.close());
    const [hit, spared] = [await openRoom(media, 'hit'), await openRoom(media, 'spared')];
    await hit.room.openTransport(ann, 'send');
    const send = await spared.room.openTransport(ann, 'send');
    kill(media, 0);
    await hit.told.until(() => hit.told.of('mediaReset').length === 1, 'reset');
    assert.deepEqual(spared.told.events, []);
    await spared.room.publish(ann, send.id, { source: 'camera', rtpParameters: vp8Layers(), muted: false });
  });

  test('is waited for when it was the only one', async (t) => {
    const media = await startMedia({ workers: 1 });
    t.after(() => media.close());
    const { room, told } = await openRoom(media);
    await room.openTransport(ann, 'send');
    kill(media, 0);
    await told.until(() => told.of('mediaReset').length === 1, 'reset');
    const startedAtMs = performance.now();
    // At once, as a client on the same machine does.
    await Promise.all([room.openTransport(ann, 'send'), room.openTransport(ben, 'receive')]);
    assert.ok(performance.now() - startedAtMs < 3_000);
    assert.equal(media.statistics().routers, 1);
  });

  test('under requests fails them by a typed error, time and again', { timeout: 60_000 }, async (t) => {
    const media = await startMedia({ workers: 2, participantsPerWorker: 1 });
    t.after(() => media.close());
    const { room } = await openRoom(media);
    const capabilities = everything(room.capabilities());
    let stepsLeft = 0;
    const go = async (index: number) => {
      const [host, viewer] = [participant(`host-${index}`), participant(`viewer-${index}`)];
      const step = async <T>(request: Promise<T>): Promise<T> => {
        const answer = await request;
        stepsLeft -= 1;
        if (stepsLeft === 0) kill(media, index % 2);
        return answer;
      };
      const send = await step(room.openTransport(host, 'send'));
      const receive = await step(room.openTransport(viewer, 'receive'));
      const options = { source: 'camera', rtpParameters: vp8Layers(), muted: false } as const;
      const streamId = await step(room.publish(host, send.id, options));
      const { subscriptionId } = await step(room.subscribe(viewer, receive.id, streamId, capabilities));
      await step(room.setSubscription(viewer, subscriptionId, { paused: false, spatialLayer: 1 }));
      for (const muted of [true, false, true]) await step(room.setMuted(streamId, muted));
    };
    const rounds = 10;
    let failed = 0;
    for (let round = 0; round < rounds; round += 1) {
      await eventually(() => media.statistics().workers === 2, 'both run');
      // Eight steps for each of twelve, so every round is hit at another place.
      stepsLeft = 4 + round * 8;
      for (const result of await Promise.allSettled(Array.from({ length: 12 }, (_, index) => go(round * 12 + index)))) {
        if (result.status === 'fulfilled') continue;
        failed += 1;
        assert.ok(result.reason instanceof ProtocolError, String(result.reason));
        assert.ok(['unavailable', 'notFound'].includes(result.reason.code), result.reason.code);
      }
      await eventually(() => media.statistics().workerDeaths === round + 1, 'the worker is dead');
    }
    assert.ok(failed > rounds, `too few were hit: ${failed}`);
    room.close();
    const { transports, streams, subscriptions, routers, pipes } = media.statistics();
    assert.deepEqual([transports, streams, subscriptions, routers, pipes], [0, 0, 0, 0, 0]);
    await eventually(() => loadsOf(media).every((load) => load === 0) && media.statistics().workers === 2, 'all free');
    assert.equal(media.statistics().workerDeaths, rounds);
  });
});

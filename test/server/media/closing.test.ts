import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import fc from 'fast-check';
import { observer } from 'mediasoup';
import type { Worker } from 'mediasoup/types';
import type { MediasoupMedia } from '../../../server/src/media/mediasoup/create-media.ts';
import { ProtocolError } from '../../../src/protocol/index.ts';
import type { ParticipantId, StreamId, SubscriptionId, TransportId } from '../../../src/protocol/index.ts';
import { dtls, everything, opus, vp8Layers } from './parameters.ts';
import { eventually, openRoom, participant, startMedia, stream, subscription, transport } from './test-media.ts';
import type { TestRoom } from './test-media.ts';
import { forbidUnhandledRejections } from './unharmed.ts';

const ann = participant('ann');
const ben = participant('ben');

let media: MediasoupMedia;
const workers: Worker[] = [];
const rememberWorker = (worker: Worker) => workers.push(worker);
const assertNoneUnhandled = forbidUnhandledRejections();

before(async () => {
  observer.on('newworker', rememberWorker);
  media = await startMedia({ workers: 2, participantsPerWorker: 1 });
  observer.off('newworker', rememberWorker);
});

after(() => media.close());

async function assertNothingLeft(): Promise<void> {
  const isEmpty = () => {
    const { rooms, transports, streams, subscriptions, routers, pipes, loads } = media.statistics();
    const left = rooms + transports + streams + subscriptions + routers + pipes;
    return left === 0 && loads.every(({ load }) => load === 0);
  };
  await eventually(isEmpty, `nothing left, but ${JSON.stringify(media.statistics())}`);
  assert.equal(media.statistics().workerDeaths, 0);
  assertNoneUnhandled();
  for (const worker of workers) {
    const { routerIds, webRtcServerIds, channelMessageHandlers } = await worker.dump();
    assert.deepEqual(routerIds, []);
    assert.deepEqual(channelMessageHandlers.channelRequestHandlers, webRtcServerIds);
  }
}

/** Ann publishes camera and microphone, Ben watches both from the other worker. */
async function startShow({ room }: TestRoom) {
  const [send, receive] = [await room.openTransport(ann, 'send'), await room.openTransport(ben, 'receive')];
  const capabilities = everything(room.capabilities());
  const streamIds = [
    await room.publish(ann, send.id, { source: 'camera', rtpParameters: vp8Layers(), muted: false }),
    await room.publish(ann, send.id, { source: 'microphone', rtpParameters: opus(1), muted: false }),
  ];
  const subscriptions = [];
  for (const streamId of streamIds) subscriptions.push(await room.subscribe(ben, receive.id, streamId, capabilities));
  return { send, receive, streamIds, subscriptions, capabilities };
}

suite('closing', () => {
  test('a room leaves nothing, and does it once', async () => {
    const show = await openRoom(media);
    await startShow(show);
    const { transports, streams, subscriptions, routers, pipes } = media.statistics();
    assert.deepEqual([transports, streams, subscriptions, routers, pipes], [2, 2, 2, 2, 2]);
    assert.equal(workers.length, 2);

    show.room.close();
    show.room.close();
    show.room.closeParticipant(ann);
    show.room.unpublish(stream('gone'));

    await assertNothingLeft();
    assert.deepEqual(show.told.of('streamLost'), []);
    assert.deepEqual(show.told.of('mediaReset'), []);
    await assert.rejects(show.room.openTransport(ann, 'send'), (error: ProtocolError) => error.code === 'unavailable');
  });

  test('a publisher ends the subscriptions of others and tells nothing of a loss', async () => {
    const show = await openRoom(media);
    const { streamIds, subscriptions } = await startShow(show);

    show.room.closeParticipant(ann);
    show.room.closeParticipant(ann);

    await show.told.until(() => show.told.of('subscriptionEnded').length === 2, 'both subscriptions end');
    const ended = show.told.of('subscriptionEnded');
    assert.deepEqual(
      new Set(ended),
      new Set(subscriptions.map(({ subscriptionId }, n) => [ben, subscriptionId, streamIds[n]])),
    );
    assert.deepEqual(show.told.of('streamLost'), []);
    await eventually(() => media.statistics().pipes === 0, 'no pipe left');
    assert.equal(media.statistics().routers, 1);
    show.room.close();
    await assertNothingLeft();
  });

  test('a stream ends its subscriptions, and its source may be published again', async () => {
    const show = await openRoom(media);
    const { send, streamIds, subscriptions } = await startShow(show);

    show.room.unpublish(streamIds[0]!);
    show.room.unpublish(streamIds[0]!);

    await show.told.until(() => show.told.of('subscriptionEnded').length === 1, 'the subscription ends');
    assert.deepEqual(show.told.of('subscriptionEnded'), [[ben, subscriptions[0]!.subscriptionId, streamIds[0]]]);
    await show.room.publish(ann, send.id, { source: 'camera', rtpParameters: vp8Layers(), muted: false });
    show.room.close();
    await assertNothingLeft();
  });

  test('unsubscribing takes the pipe away with the last subscriber, and another brings it back', async () => {
    const show = await openRoom(media);
    const { receive, streamIds, subscriptions, capabilities } = await startShow(show);
    for (const { subscriptionId } of subscriptions) show.room.unsubscribe(ben, subscriptionId);
    assert.equal(media.statistics().pipes, 0);
    assert.equal(media.statistics().subscriptions, 0);

    const again = await show.room.subscribe(ben, receive.id, streamIds[0]!, capabilities);

    assert.equal(media.statistics().pipes, 1);
    assert.notEqual(again.subscriptionId, subscriptions[0]!.subscriptionId);
    show.room.close();
    await assertNothingLeft();
  });

  test('opening a transport again closes the one before [M1]', async () => {
    const show = await openRoom(media);
    const { send, streamIds } = await startShow(show);

    const newer = await show.room.openTransport(ann, 'send');

    assert.deepEqual(new Set(show.told.of('streamLost').flat()), new Set(streamIds));
    assert.deepEqual(show.told.of('mediaReset'), []);
    await show.told.until(() => show.told.of('subscriptionEnded').length === 2, 'both subscriptions end');
    await assert.rejects(
      show.room.connectTransport(ann, send.id, dtls),
      (error: ProtocolError) => error.code === 'notFound',
    );
    await show.room.publish(ann, newer.id, { source: 'camera', rtpParameters: vp8Layers(), muted: false });
    assert.equal(media.statistics().transports, 2);
    show.room.close();
    await assertNothingLeft();
  });

  test('two transports of one direction opened at once leave the later one', async () => {
    const { room } = await openRoom(media);
    const [first, second] = await Promise.allSettled([
      room.openTransport(ann, 'send'),
      room.openTransport(ann, 'send'),
    ]);
    assert.equal(first.status, 'rejected');
    assert.equal(first.reason.code, 'conflict');
    assert.equal(second.status, 'fulfilled');
    assert.equal(media.statistics().transports, 1);
    room.close();
    await assertNothingLeft();
  });

  test('a room and a server while everything is under way', async () => {
    const other = await startMedia({ workers: 2, participantsPerWorker: 1 });
    const { room } = await openRoom(other);
    const opening = ['ann', 'ben', 'cem'].map((id) => room.openTransport(participant(id), 'send'));
    const closing = [other.close(), other.close()];
    const results = await Promise.allSettled(opening);
    for (const result of results) {
      assert.equal(result.status, 'rejected');
      assert.ok(result.reason instanceof ProtocolError, String(result.reason));
    }
    await Promise.all(closing);
    assert.deepEqual(other.statistics().loads, []);
    await assert.rejects(openRoom(other), (error: ProtocolError) => error.code === 'unavailable');
    assertNoneUnhandled();
  });

  test('workers end as processes', async () => {
    const other = await startMedia({ workers: 2 });
    const pids = other.statistics().loads.map(({ pid }) => pid);
    assert.equal(pids.length, 2);
    await other.close();
    for (const pid of pids) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  });

  test('takes no signal of the process away from those who drain it', async () => {
    const before = [process.listeners('SIGTERM'), process.listeners('SIGINT')];
    const other = await startMedia({ workers: 2 });
    assert.deepEqual([process.listeners('SIGTERM'), process.listeners('SIGINT')], before);
    await other.close();
  });
});

interface Stage {
  readonly room: TestRoom['room'];
  readonly transports: { who: ParticipantId; id: TransportId }[];
  readonly streams: StreamId[];
  readonly subscriptions: { who: ParticipantId; id: SubscriptionId }[];
}

type Step = (stage: Stage) => Promise<unknown>;

const person = fc.constantFrom('ann', 'ben', 'cem').map(participant);
const nth = fc.nat(5);
const direction = fc.constantFrom('send', 'receive');
/** The newest first; one that never was where there is none. */
const pick = <T>(list: readonly T[], index: number, otherwise: T): T =>
  list[index % Math.max(list.length, 1)] ?? otherwise;
const pickTransport = ({ transports }: Stage, index: number) =>
  pick(transports, index, { who: ann, id: transport('none') });
const pickSubscription = ({ subscriptions }: Stage, index: number) =>
  pick(subscriptions, index, { who: ann, id: subscription('none') });
const pickStream = ({ streams }: Stage, index: number) => pick(streams, index, stream('none'));

const open = fc.tuple(person, direction).map(([who, way]): Step => async ({ room, transports }) => {
  const { id } = await room.openTransport(who, way);
  transports.unshift({ who, id });
});
const publish = fc.tuple(nth, fc.constantFrom('camera', 'microphone')).map(([n, source]): Step => async (stage) => {
  const { who, id } = pickTransport(stage, n);
  const rtpParameters = source === 'camera' ? vp8Layers() : opus(n + 1);
  stage.streams.unshift(await stage.room.publish(who, id, { source, rtpParameters, muted: n > 3 }));
});
const subscribe = fc.tuple(nth, nth).map(([n, m]): Step => async (stage) => {
  const { room, subscriptions } = stage;
  const { who, id } = pickTransport(stage, n);
  const made = await room.subscribe(who, id, pickStream(stage, m), everything(room.capabilities()));
  subscriptions.unshift({ who, id: made.subscriptionId });
});
const change = fc.tuple(nth, fc.boolean(), nth).map(([n, paused, spatialLayer]): Step => (stage) => {
  const { who, id } = pickSubscription(stage, n);
  return stage.room.setSubscription(who, id, { paused, spatialLayer });
});
const unsubscribe = nth.map((n): Step => async (stage) => {
  const { who, id } = pickSubscription(stage, n);
  stage.room.unsubscribe(who, id);
});
const mute = fc.tuple(nth, fc.boolean()).map(
  ([n, muted]): Step =>
    (stage) =>
      stage.room.setMuted(pickStream(stage, n), muted),
);
const unpublish = nth.map(
  (n): Step =>
    async (stage) =>
      stage.room.unpublish(pickStream(stage, n)),
);
const connect = nth.map((n): Step => (stage) => {
  const { who, id } = pickTransport(stage, n);
  return stage.room.connectTransport(who, id, dtls);
});
const leave = person.map(
  (who): Step =>
    async ({ room }) =>
      room.closeParticipant(who),
);
const step = fc.oneof(
  open,
  open,
  publish,
  publish,
  subscribe,
  subscribe,
  change,
  mute,
  unsubscribe,
  unpublish,
  connect,
  leave,
);

suite('any order of things', () => {
  test('is answered, or refused by a typed error, and leaves nothing', { timeout: 120_000 }, async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(step, fc.boolean()), { minLength: 1, maxLength: 40, size: 'max' }),
        async (steps) => {
          const { room } = await openRoom(media);
          const stage: Stage = { room, transports: [], streams: [], subscriptions: [] };
          for (const who of [ann, ben]) {
            for (const way of ['send', 'receive'] as const) {
              stage.transports.push({ who, id: (await room.openTransport(who, way)).id });
            }
          }
          const underWay: Promise<void>[] = [];
          for (const [run, isAwaited] of steps) {
            const running = run(stage).then(
              () => void (done += 1),
              (error: unknown) => assert.ok(error instanceof ProtocolError, String(error)),
            );
            underWay.push(running);
            if (isAwaited) await running;
          }
          // Half of the time with something still under way.
          if (steps.length % 2 === 0) await Promise.all(underWay);
          room.close();
          await Promise.all(underWay);
          await assertNothingLeft();
        },
      ),
      { numRuns: 400 },
    );
    assert.ok(done > 2_000, `too little came about: ${done}`);
  });
});

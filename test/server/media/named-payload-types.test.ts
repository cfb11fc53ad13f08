import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { MediasoupMedia } from '../../../server/src/media/mediasoup/create-media.ts';
import type { PayloadTypes } from '../../../server/src/media/media.ts';
import type { RtpCapabilitiesView } from '../../../src/protocol/index.ts';
import { h264, opus, vp8Layers } from './parameters.ts';
import { openRoom, participant, startMedia } from './test-media.ts';
import { codeOf } from './unharmed.ts';

const ann = participant('ann');
const ben = participant('ben');

let media: MediasoupMedia;
before(async () => {
  media = await startMedia();
});
after(() => media.close());

/** What a player that has named these takes: neither retransmission nor header extensions. */
function named(capabilities: RtpCapabilitiesView, payloadTypes: PayloadTypes): RtpCapabilitiesView {
  const codecs = capabilities.codecs?.flatMap((codec) => {
    const preferredPayloadType = payloadTypes[codec.mimeType];
    return preferredPayloadType === undefined ? [] : [{ ...codec, preferredPayloadType }];
  });
  return { codecs, headerExtensions: [] };
}

async function startShow() {
  const { room } = await openRoom(media);
  const send = await room.openTransport(ann, 'send');
  const camera = await room.publish(ann, send.id, { source: 'camera', rtpParameters: vp8Layers(), muted: false });
  const screen = await room.publish(ann, send.id, { source: 'screen', rtpParameters: h264(7), muted: false });
  const voice = await room.publish(ann, send.id, { source: 'microphone', rtpParameters: opus(1), muted: false });
  const receive = async (id: string, payloadTypes: PayloadTypes) => {
    const transport = await room.openTransport(participant(id), 'receive', { payloadTypes });
    const capabilities = named(room.capabilities(), payloadTypes);
    return (stream: typeof camera) => room.subscribe(participant(id), transport.id, stream, capabilities);
  };
  return { room, camera, screen, voice, receive };
}

suite('a receiver that takes only what it has named', () => {
  test('is sent every codec under its own number, without retransmission', async () => {
    const { room, camera, screen, voice, receive } = await startShow();
    const types = { 'audio/opus': 109, 'video/VP8': 120, 'video/H264': 126 };
    const subscribe = await receive('ben', types);
    for (const [stream, mimeType] of [
      [camera, 'video/VP8'],
      [screen, 'video/H264'],
      [voice, 'audio/opus'],
    ] as const) {
      const { rtpParameters } = await subscribe(stream);
      assert.deepEqual(
        rtpParameters.codecs.map((codec) => [codec.mimeType, codec.payloadType]),
        [[mimeType, types[mimeType]]],
      );
      assert.deepEqual(rtpParameters.headerExtensions, []);
      assert.equal(rtpParameters.encodings?.[0]?.rtx, undefined);
    }
    room.close();
  });

  test('is sent nothing in a codec that it has not named', async () => {
    const { room, camera, screen, receive } = await startShow();
    const subscribe = await receive('ben', { 'video/H264': 102 });
    assert.notEqual(await codeOf(() => subscribe(camera)), 'done');
    assert.equal(await codeOf(() => subscribe(screen)), 'done');
    assert.equal(media.statistics().subscriptions, 1);
    room.close();
  });

  test('shares a router with those who named the same, and leaves none behind', async () => {
    const { room, camera, receive } = await startShow();
    const before = media.statistics();
    for (const id of ['ben', 'eve']) await (await receive(id, { 'video/VP8': 99 }))(camera);
    assert.equal(media.statistics().routers, before.routers + 1);
    assert.equal(media.statistics().pipes, before.pipes + 1);
    await (
      await receive('zoe', { 'video/VP8': 100 })
    )(camera);
    assert.equal(media.statistics().routers, before.routers + 2);
    for (const id of ['ben', 'eve', 'zoe']) room.closeParticipant(participant(id));
    assert.deepEqual(media.statistics(), before);
    room.close();
    assert.equal(media.statistics().routers, 0);
  });

  test('is turned away where too many have named others', async () => {
    const { room, receive } = await startShow();
    for (let type = 96; type < 112; type += 1) await receive(`player-${type}`, { 'video/VP8': type });
    assert.equal(await codeOf(() => receive('late', { 'video/VP8': 112 })), 'unavailable');
    room.closeParticipant(participant('player-96'));
    assert.equal(await codeOf(() => receive('later', { 'video/VP8': 112 })), 'done');
    room.close();
  });

  test('is told when its worker is lost', async () => {
    const { room, told } = await openRoom(media);
    await room.openTransport(ben, 'receive', { payloadTypes: { 'audio/opus': 111 } });
    const [worker] = media.statistics().loads;
    assert.ok(worker);
    process.kill(worker.pid, 'SIGKILL');
    await told.until(() => told.of('mediaReset').length === 1, 'a reset');
    assert.deepEqual(told.of('mediaReset')[0], [ben, ['receive']]);
    room.close();
  });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as v from 'valibot';
import { rtpParameters, type RtpParametersView, type Source } from '../../../src/protocol/index.ts';
import { dtls, everything, h264, opus, vp8Layers } from './parameters.ts';
import { openRoom, participant, stream, subscription, transport } from './test-media.ts';
import { codeOf, createRoomsOfAnn } from './unharmed.ts';

const ann = participant('ann');
const eve = participant('eve');

const withRoom = createRoomsOfAnn();

suite('identifiers', () => {
  test('of transports that do not exist, or are of others, are not found', () =>
    withRoom(async ({ room, send, receive }) => {
      await room.openTransport(eve, 'send');
      const capabilities = everything(room.capabilities());
      const streamId = await room.publish(ann, send, { source: 'microphone', rtpParameters: opus(1), muted: false });
      for (const id of [send, receive, transport('none'), transport('__proto__')]) {
        assert.equal(await codeOf(() => room.connectTransport(eve, id, dtls)), 'notFound');
        assert.equal(await codeOf(() => room.restartTransport(eve, id)), 'notFound');
        assert.equal(await codeOf(() => room.subscribe(eve, id, streamId, capabilities)), 'notFound');
        assert.equal(
          await codeOf(() => room.publish(eve, id, { source: 'camera', rtpParameters: vp8Layers(), muted: false })),
          'notFound',
        );
      }
      assert.equal(await codeOf(() => room.connectTransport(ann, send, dtls)), 'done');
    }));

  test('of participants without media are not found', () =>
    withRoom(async ({ room, send }) => {
      const nobody = participant('nobody');
      assert.equal(await codeOf(() => room.connectTransport(nobody, send, dtls)), 'notFound');
      assert.equal(await codeOf(async () => room.unsubscribe(nobody, subscription('none'))), 'notFound');
      room.closeParticipant(nobody);
    }));

  test('of streams and subscriptions that do not exist, or are of others, are not found', () =>
    withRoom(async ({ media, room, send, receive }) => {
      const capabilities = everything(room.capabilities());
      const streamId = await room.publish(ann, send, { source: 'microphone', rtpParameters: opus(1), muted: false });
      const { subscriptionId } = await room.subscribe(ann, receive, streamId, capabilities);
      await room.openTransport(eve, 'receive');
      assert.equal(await codeOf(() => room.subscribe(ann, receive, stream('none'), capabilities)), 'notFound');
      assert.equal(await codeOf(() => room.setMuted(stream('none'), true)), 'notFound');
      assert.equal(await codeOf(() => room.setSubscription(eve, subscriptionId, { paused: false })), 'notFound');
      assert.equal(await codeOf(async () => room.unsubscribe(eve, subscriptionId)), 'notFound');
      assert.equal(await codeOf(() => room.setSubscription(ann, subscriptionId, { paused: false })), 'done');
      room.unpublish(stream('none'));
      assert.equal(media.statistics().subscriptions, 1);
    }));

  test('of another room are not found', () =>
    withRoom(async ({ media, room, send, receive }) => {
      const streamId = await room.publish(ann, send, { source: 'microphone', rtpParameters: opus(1), muted: false });
      const elsewhere = await openRoom(media, 'elsewhere');
      const own = await elsewhere.room.openTransport(ann, 'receive');
      const capabilities = everything(room.capabilities());
      assert.equal(await codeOf(() => elsewhere.room.subscribe(ann, own.id, streamId, capabilities)), 'notFound');
      assert.equal(await codeOf(() => elsewhere.room.subscribe(ann, receive, streamId, capabilities)), 'notFound');
      elsewhere.room.close();
    }));
});

suite('order and repetition', () => {
  test('connecting twice is a conflict, also at the same time', () =>
    withRoom(async ({ room, send, receive }) => {
      await room.connectTransport(ann, send, dtls);
      assert.equal(await codeOf(() => room.connectTransport(ann, send, dtls)), 'conflict');
      const codes = await Promise.all([1, 2, 3].map(() => codeOf(() => room.connectTransport(ann, receive, dtls))));
      assert.deepEqual(codes.toSorted(), ['conflict', 'conflict', 'done']);
    }));

  test('publishing one source twice is a conflict [M2], also at the same time', () =>
    withRoom(async ({ media, room, send }) => {
      const publish = (ssrc: number) =>
        codeOf(() => room.publish(ann, send, { source: 'microphone', rtpParameters: opus(ssrc), muted: false }));
      const codes = await Promise.all([publish(1), publish(2)]);
      assert.deepEqual(codes.toSorted(), ['conflict', 'done']);
      assert.equal(await publish(3), 'conflict');
      assert.equal(media.statistics().streams, 1);
    }));

  test('a source refused once may be tried again', () =>
    withRoom(async ({ room, send }) => {
      const publish = (parameters: RtpParametersView) =>
        codeOf(() => room.publish(ann, send, { source: 'camera', rtpParameters: parameters, muted: false }));
      assert.equal(await publish(opus(1)), 'badRequest');
      assert.equal(await publish(vp8Layers()), 'done');
    }));

  test('SSRC and mid of another stream of the transport are a conflict', () =>
    withRoom(async ({ room, send }) => {
      const publish = (source: Source, parameters: RtpParametersView) =>
        codeOf(() => room.publish(ann, send, { source, rtpParameters: parameters, muted: false }));
      assert.equal(await publish('microphone', opus(7)), 'done');
      assert.equal(await publish('screenAudio', { ...opus(7), mid: 'other' }), 'conflict');
      assert.equal(await publish('screenAudio', { ...opus(8), mid: 'a7' }), 'conflict');
      assert.equal(await publish('screenAudio', opus(8)), 'done');
      const { mid: _, ...withoutMid } = vp8Layers();
      assert.equal(await publish('camera', withoutMid), 'done');
      assert.equal(await publish('screen', withoutMid), 'conflict');
    }));

  test('subscribing twice to one stream is a conflict, also at the same time', () =>
    withRoom(async ({ media, room, send, receive }) => {
      const capabilities = everything(room.capabilities());
      const streamId = await room.publish(ann, send, { source: 'camera', rtpParameters: vp8Layers(), muted: true });
      const codes = await Promise.all(
        [1, 2].map(() => codeOf(() => room.subscribe(ann, receive, streamId, capabilities))),
      );
      assert.deepEqual(codes.toSorted(), ['conflict', 'done']);
      assert.equal(media.statistics().subscriptions, 1);
    }));

  test('a transport of the other direction is a bad request', () =>
    withRoom(async ({ room, send, receive }) => {
      const capabilities = everything(room.capabilities());
      const options = { source: 'microphone', rtpParameters: opus(1), muted: false } as const;
      const streamId = await room.publish(ann, send, options);
      assert.equal(await codeOf(() => room.publish(ann, receive, { ...options, source: 'screenAudio' })), 'badRequest');
      assert.equal(await codeOf(() => room.subscribe(ann, send, streamId, capabilities)), 'badRequest');
    }));
});

const camera = vp8Layers();
const [vp8, rtx] = camera.codecs;
const [layer] = camera.encodings ?? [];
const microphone = opus(1);
const [opusCodec] = microphone.codecs;

/** Each has the right shape and is no stream; native code would end itself on some of them. */
const badStreams: Record<string, readonly [Source, RtpParametersView]> = {
  'sound as a camera': ['camera', microphone],
  'a picture as a microphone': ['microphone', camera],
  'a picture as the sound of a screen': ['screenAudio', h264(5)],
  'retransmission alone': ['camera', { ...camera, codecs: [rtx!] }],
  'an unknown codec': ['camera', { ...camera, codecs: [{ ...vp8!, mimeType: 'video/H266' }] }],
  'a codec that the room has not': ['camera', { ...camera, codecs: [{ ...vp8!, mimeType: 'video/VP9' }] }],
  'another clock': ['microphone', { ...microphone, codecs: [{ ...opusCodec!, clockRate: 8_000 }] }],
  'another count of channels': ['microphone', { ...microphone, codecs: [{ ...opusCodec!, channels: 255 }] }],
  'a payload type for two': ['camera', { ...camera, codecs: [vp8!, { ...rtx!, payloadType: 96 }] }],
  'another profile of H.264': [
    'camera',
    {
      ...h264(5),
      codecs: [{ ...h264(5).codecs[0]!, parameters: { 'profile-level-id': '640032', 'packetization-mode': 1 } }],
    },
  ],
  'an SSRC of 0': ['microphone', { ...microphone, encodings: [{ ssrc: 0 }] }],
  'one SSRC for two layers': ['camera', { ...camera, encodings: [{ ssrc: 9 }, { ssrc: 9 }] }],
  'one SSRC for a layer and its retransmission': ['camera', { ...camera, encodings: [{ ssrc: 9, rtx: { ssrc: 9 } }] }],
  'one rid for two layers': ['camera', { ...camera, encodings: [layer!, layer!] }],
  'layers with a rid and without': ['camera', { ...camera, encodings: [layer!, { ssrc: 5, scalabilityMode: 'L1T3' }] }],
  'more layers than there are': ['camera', { ...camera, encodings: 'abcdefg'.split('').map((rid) => ({ rid })) }],
  'layers of sound': ['microphone', { ...microphone, encodings: [{ rid: 'a' }, { rid: 'b' }] }],
  'layers that nothing tells apart': ['camera', { ...camera, encodings: [{}, {}, {}] }],
  'nothing to know it by': ['microphone', { codecs: [opusCodec!], encodings: [] }],
  'spatial layers in VP8': ['camera', { ...camera, encodings: [{ ...layer!, scalabilityMode: 'L3T3' }] }],
  'spatial layers in H.264': ['camera', { ...h264(5), encodings: [{ ssrc: 5, scalabilityMode: 'L3T3_KEY' }] }],
  'nine temporal layers': ['camera', { ...camera, encodings: [{ ...layer!, scalabilityMode: 'L1T9' }] }],
  'layers of different depth': [
    'camera',
    { ...camera, encodings: [layer!, { ...layer!, rid: 'x', scalabilityMode: 'L1T1' }] },
  ],
  'a header extension 0': [
    'camera',
    { ...camera, headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 0 }] },
  ],
  'two header extensions with one id': [
    'camera',
    { ...camera, headerExtensions: (camera.headerExtensions ?? []).map((one) => ({ ...one, id: 3 })) },
  ],
  'a mid that breaks lines': ['camera', { ...camera, mid: 'v\r\na=tool:x' }],
};

suite('streams that are none', () => {
  for (const [name, [source, parameters]] of Object.entries(badStreams)) {
    test(name, () =>
      withRoom(async ({ media, room, send }) => {
        assert.ok(v.is(rtpParameters, parameters), 'the shape is right');
        const code = await codeOf(() => room.publish(ann, send, { source, rtpParameters: parameters, muted: false }));
        assert.equal(code, 'badRequest');
        assert.equal(media.statistics().streams, 0);
      }),
    );
  }

  test('what is unknown, or would reach the descriptions of others, stays behind', () =>
    withRoom(async ({ room, send, receive }) => {
      const poison = 'x\r\na=candidate:1 1 udp 1 203.0.113.9 9 typ host';
      const streamId = await room.publish(ann, send, {
        source: 'camera',
        muted: false,
        rtpParameters: {
          ...h264(5),
          codecs: [
            {
              ...h264(5).codecs[0]!,
              parameters: { ...h264(5).codecs[0]!.parameters, 'x-google-poison': poison, 'packetization-mode': '1' },
              rtcpFeedback: [{ type: poison, parameter: poison }],
            },
          ],
          headerExtensions: [
            { uri: poison, id: 4 },
            { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 5, parameters: { poison } },
          ],
          rtcp: { cname: poison },
          msid: poison,
        },
      });
      const { rtpParameters: received } = await room.subscribe(ann, receive, streamId, everything(room.capabilities()));
      assert.doesNotMatch(JSON.stringify(received), /candidate|poison|\\r/);
      assert.equal(received.msid, 'ann-camera camera');
      assert.equal(received.codecs[0]?.parameters?.['profile-level-id'], '42e01f');
    }));

  test('a receiver without a common codec is a bad request', () =>
    withRoom(async ({ room, send, receive }) => {
      const streamId = await room.publish(ann, send, { source: 'camera', rtpParameters: camera, muted: false });
      const { codecs = [], headerExtensions = [] } = everything(room.capabilities());
      const only = (name: string) => codecs.filter(({ mimeType }) => mimeType === name);
      for (const few of [
        {},
        { codecs: [] },
        { codecs: only('video/rtx'), headerExtensions },
        { codecs: only('audio/opus') },
      ]) {
        assert.equal(await codeOf(() => room.subscribe(ann, receive, streamId, few)), 'badRequest');
      }
      assert.equal(await codeOf(() => room.subscribe(ann, receive, streamId, { codecs, headerExtensions })), 'done');
    }));
});

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { observer } from 'mediasoup';
import type { Consumer, Worker } from 'mediasoup/types';
import type { MediasoupMedia } from '../../../server/src/media/mediasoup/create-media.ts';
import { everything, opus, vp8Layers } from './parameters.ts';
import { openRoom, participant, startMedia } from './test-media.ts';

const ann = participant('ann');
const ben = participant('ben');

let media: MediasoupMedia;
const consumers: Consumer[] = [];
const rememberConsumers = (worker: Worker) => {
  worker.observer.on('newrouter', (router) => {
    router.observer.on('newtransport', (transport) => {
      transport.observer.on('newconsumer', (consumer) => consumers.push(consumer));
    });
  });
};

before(async () => {
  observer.on('newworker', rememberConsumers);
  media = await startMedia();
  observer.off('newworker', rememberConsumers);
});

after(() => media.close());

async function startShow() {
  const { room } = await openRoom(media);
  const send = await room.openTransport(ann, 'send');
  const receive = await room.openTransport(ben, 'receive');
  const camera = await room.publish(ann, send.id, { source: 'camera', rtpParameters: vp8Layers(), muted: false });
  const voice = await room.publish(ann, send.id, { source: 'microphone', rtpParameters: opus(1), muted: true });
  const capabilities = everything(room.capabilities());
  const picture = await room.subscribe(ben, receive.id, camera, capabilities);
  const pictureAtSfu = consumers.find(({ id }) => id === picture.subscriptionId)!;
  return { room, receive, camera, voice, picture, pictureAtSfu, capabilities };
}

suite('subscriptions', () => {
  test('start paused, and flow once they are let [M3]', async () => {
    const { room, picture, pictureAtSfu } = await startShow();
    assert.equal(pictureAtSfu.paused, true);
    await room.setSubscription(ben, picture.subscriptionId, { paused: false });
    assert.equal(pictureAtSfu.paused, false);
    room.close();
  });

  test('take the layer asked for, or the nearest there is', async () => {
    const { room, picture, pictureAtSfu } = await startShow();
    for (const [asked, given] of [
      [0, 0],
      [2, 2],
      [7, 2],
      [1, 1],
    ] as const) {
      await room.setSubscription(ben, picture.subscriptionId, { spatialLayer: asked });
      assert.equal(pictureAtSfu.preferredLayers?.spatialLayer, given);
    }
    room.close();
  });

  test('of sound have no layers, and asking for one is harmless', async () => {
    const { room, receive, voice, capabilities } = await startShow();
    const sound = await room.subscribe(ben, receive.id, voice, capabilities);
    assert.equal(sound.kind, 'audio');
    await room.setSubscription(ben, sound.subscriptionId, { spatialLayer: 3, paused: true });
    room.close();
  });

  test('say what plays in step with what', async () => {
    const { room, receive, voice, picture, capabilities } = await startShow();
    const sound = await room.subscribe(ben, receive.id, voice, capabilities);
    assert.equal(picture.rtpParameters.msid, 'ann-camera camera');
    assert.equal(sound.rtpParameters.msid, 'ann-camera microphone');
    assert.equal(picture.rtpParameters.rtcp?.cname, sound.rtpParameters.rtcp?.cname);
    room.close();
  });

  test('carry sound with repair, pauses and both channels, and pictures with retransmission', async () => {
    const { room, picture } = await startShow();
    const codecs = room.capabilities().codecs ?? [];
    assert.deepEqual(
      codecs.map(({ mimeType }) => mimeType),
      ['audio/opus', 'video/VP8', 'video/rtx', 'video/H264', 'video/rtx'],
    );
    const [sound, , , h264] = codecs;
    assert.deepEqual(sound?.parameters, { useinbandfec: 1, usedtx: 1, stereo: 1, 'sprop-stereo': 1 });
    assert.deepEqual(h264?.parameters, {
      'packetization-mode': 1,
      'profile-level-id': '42e01f',
      'level-asymmetry-allowed': 1,
    });
    assert.deepEqual(
      picture.rtpParameters.codecs.map(({ mimeType }) => mimeType),
      ['video/VP8', 'video/rtx'],
    );
    assert.ok(picture.rtpParameters.encodings?.[0]?.rtx);
    room.close();
  });
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { ProtocolError, type ParticipantId, type StreamId } from '../../../src/protocol/index.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

describe('media and stage', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start();
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  async function publish(client: JoinedClient, source: 'camera' | 'microphone' = 'camera') {
    const { transport } = await client.ask('openTransport', { direction: 'send' });
    const { streamId } = await client.ask('publish', { transportId: transport.id, source, rtpParameters: VIDEO });
    return { transportId: transport.id, streamId };
  }

  it('opens the SFU with the first request that needs it, and closes it with the room', async () => {
    const host = await server.join('host', { role: 'host' });
    assert.equal(server.media.rooms.size, 0);
    const { rtpCapabilities } = await host.ask('getMediaCapabilities', {});
    assert.equal(rtpCapabilities.codecs?.[0]?.mimeType, 'audio/opus');
    assert.equal(server.media.rooms.size, 1);
    await host.ask('endRoom', {});
    await host.closed();
    assert.equal(server.media.rooms.size, 0);
  });

  it('says unavailable while the SFU is, and tries again', async () => {
    const host = await server.join('host', { role: 'host' });
    server.media.failure = new ProtocolError('unavailable', 'No worker.');
    assert.equal(await host.codeOf('openTransport', { direction: 'send' }), 'unavailable');
    server.media.failure = null;
    assert.equal(await host.codeOf('openTransport', { direction: 'send' }), null);
  });

  it('[M1] replaces a transport of the same direction, and ends its streams', async () => {
    const host = await server.join('host', { role: 'host' });
    const first = await publish(host);
    await host.ask('openTransport', { direction: 'receive' });
    const second = await publish(host);
    assert.notEqual(first.transportId, second.transportId);
    assert.equal(server.media.statistics().transports, 2);
    assert.deepEqual(
      host.eventsNamed('streamUnpublished').map(({ streamId }) => streamId),
      [first.streamId],
    );
    assert.equal(await host.codeOf('restartTransport', { transportId: first.transportId }), 'notFound');
  });

  it('[M2] publishes each source of the role once, and tells everyone', async () => {
    const ada = await server.join('ada', { role: 'guest' });
    const viewer = await server.join('viewer');
    const { streamId, transportId } = await publish(ada, 'microphone');
    assert.deepEqual(await viewer.event('streamPublished'), {
      stream: { id: streamId, participantId: 'ada', source: 'microphone', kind: 'audio', muted: false, mutedBy: null },
    });
    const again = (source: 'microphone' | 'screen') =>
      ada.codeOf('publish', { transportId, source, rtpParameters: VIDEO });
    assert.equal(await again('microphone'), 'conflict');
    assert.equal(await again('screen'), 'forbidden');
    await ada.ask('unpublish', { streamId });
    assert.equal((await viewer.event('streamUnpublished')).reason, 'ended');
    assert.equal(await ada.codeOf('unpublish', { streamId }), 'notFound');
    assert.equal(await again('microphone'), null);
  });

  it('[M2] opens no sending transport to who publishes nothing, and no receiving one to who watches otherwise', async () => {
    const host = await server.join('host', { role: 'host' });
    const { streamId } = await publish(host);
    const viewer = await server.join('viewer');
    assert.equal(await viewer.codeOf('openTransport', { direction: 'send' }), 'forbidden');
    const audience = await server.join('audience', { role: 'audience' });
    assert.equal(await audience.codeOf('openTransport', { direction: 'receive' }), 'forbidden');
    const watch = { transportId: 'any', streamId, rtpCapabilities: {} };
    assert.equal(await audience.codeOf('subscribe', watch), 'forbidden');
  });

  it("[M2] touches no one else's streams and transports", async () => {
    const [ada, bob] = [await server.join('ada', { role: 'guest' }), await server.join('bob', { role: 'guest' })];
    const { streamId, transportId } = await publish(ada);
    assert.equal(await bob.codeOf('unpublish', { streamId }), 'forbidden');
    assert.equal(await bob.codeOf('muteStream', { streamId, muted: true }), 'forbidden');
    assert.equal(await bob.codeOf('publish', { transportId, source: 'camera', rtpParameters: VIDEO }), 'notFound');
    const { transport } = await ada.ask('openTransport', { direction: 'receive' });
    assert.equal(await bob.codeOf('restartTransport', { transportId: transport.id }), 'notFound');
  });

  it('[M3] starts a subscription paused', async () => {
    const host = await server.join('host', { role: 'host' });
    const { streamId } = await publish(host);
    const viewer = await server.join('viewer');
    const { transport } = await viewer.ask('openTransport', { direction: 'receive' });
    const watch = { transportId: transport.id, streamId, rtpCapabilities: {} };
    const { subscriptionId, kind } = await viewer.ask('subscribe', watch);
    const { subscriptions } = server.media.rooms.get('launch')!;
    assert.equal(kind, 'video');
    assert.equal(subscriptions.get(subscriptionId)?.paused, true);
    await viewer.ask('setSubscription', { subscriptionId, paused: false });
    assert.equal(subscriptions.get(subscriptionId)?.paused, false);
    await host.ask('unpublish', { streamId });
    assert.deepEqual(await viewer.signal('subscriptionEnded'), { subscriptionId, streamId });
    assert.equal(await viewer.codeOf('unsubscribe', { subscriptionId }), 'notFound');
    assert.equal(await viewer.codeOf('subscribe', watch), 'notFound');
  });

  it('[M5] tells whom the SFU lost, at once or on return', async () => {
    const host = await server.join('host', { role: 'host' });
    const guest = await server.join('guest', { role: 'guest' });
    const { streamId } = await publish(guest);
    const media = server.media.rooms.get('launch')!;
    media.lose('guest' as ParticipantId);
    assert.deepEqual(await guest.signal('mediaReset'), { directions: ['send', 'receive'] });
    assert.deepEqual(await host.event('streamUnpublished'), {
      streamId,
      participantId: 'guest',
      reason: 'mediaFailed',
    });
    guest.cut();
    await host.event('participantLost');
    media.lose('guest' as ParticipantId);
    const again = await server.resume(guest);
    assert.deepEqual(await again.signal('mediaReset'), { directions: ['send', 'receive'] });
    const third = await server.resume(again);
    await third.settle();
    assert.deepEqual(third.signals('mediaReset'), []);
  });

  it('passes on who speaks, how loud, how well, and which layer flows', async () => {
    const host = await server.join('host', { role: 'host' });
    const viewer = await server.join('viewer');
    const { streamId } = await publish(host, 'microphone');
    const { observer } = server.media.rooms.get('launch')!;
    const [hostId, viewerId] = [host.welcome.participantId, viewer.welcome.participantId];
    observer.activeSpeakerChanged(hostId);
    observer.levelsMeasured([[hostId, -20]]);
    observer.qualityMeasured([[hostId, 3]]);
    observer.subscriptionLayerChanged(viewerId, 'subscription' as never, streamId, 1);
    assert.deepEqual(await viewer.signal('activeSpeakerChanged'), { participantId: 'host' });
    assert.deepEqual(await viewer.signal('levelsMeasured'), { levels: [['host', -20]] });
    assert.deepEqual(await viewer.signal('qualityMeasured'), { qualities: [['host', 3]] });
    const layer = { subscriptionId: 'subscription', streamId, spatialLayer: 1 };
    assert.deepEqual(await viewer.signal('subscriptionLayerChanged'), layer);
    assert.deepEqual(host.signals('subscriptionLayerChanged'), []);
    assert.equal((await server.join('late')).welcome.snapshot?.activeSpeaker, 'host');
    await host.ask('unpublish', { streamId });
    assert.equal((await server.join('later')).welcome.snapshot?.activeSpeaker, null);
  });

  it('closes what a leaving participant had open, also what was still opening', async () => {
    const host = await server.join('host', { role: 'host' });
    const guest = await server.join('guest', { role: 'guest' });
    await publish(guest);
    const held = Promise.withResolvers<void>();
    server.media.ready = held.promise;
    guest.sendRequest('openTransport', { direction: 'receive' });
    await guest.settle();
    await guest.ask('leave', {});
    assert.equal(await guest.closed(), null);
    assert.equal((await host.event('streamUnpublished')).reason, 'left');
    assert.deepEqual(await host.event('participantLeft'), { participantId: 'guest', reason: 'left' });
    held.resolve();
    await host.ask('getMediaCapabilities', {});
    assert.deepEqual(server.media.statistics(), {
      workers: 0,
      workerDeaths: 0,
      transports: 0,
      streams: 0,
      subscriptions: 0,
    });
  });

  it('[P7] puts one participant in the main place, as long as they are on stage', async () => {
    const host = await server.join('host', { role: 'host' });
    const guest = await server.join('guest', { role: 'guest' });
    const spotlights = () => host.eventsNamed('spotlightChanged').map(({ participantId }) => participantId);
    assert.equal(await guest.codeOf('spotlight', { participantId: 'guest' }), 'forbidden');
    assert.equal(await host.codeOf('spotlight', { participantId: 'nobody' }), 'notFound');
    await host.ask('spotlight', { participantId: 'guest' });
    await host.ask('spotlight', { participantId: 'guest' });
    assert.equal((await server.join('late')).welcome.snapshot?.spotlight, 'guest');
    await host.ask('changeRole', { participantId: 'guest', role: 'viewer' });
    await host.event('spotlightChanged', ({ participantId }) => participantId === null);
    await host.ask('spotlight', { participantId: 'guest' });
    await guest.ask('leave', {});
    await host.until(() => spotlights().length === 4, 'the spotlight to fall empty');
    assert.deepEqual(spotlights(), ['guest', null, 'guest', null]);
  });

  it('ignores what the SFU says of a stream that is gone', async () => {
    const host = await server.join('host', { role: 'host' });
    await publish(host);
    const { observer } = server.media.rooms.get('launch')!;
    observer.streamLost('gone' as StreamId);
    observer.mediaReset('gone' as ParticipantId, ['send']);
    await host.settle();
    assert.deepEqual(host.eventsNamed('streamUnpublished'), []);
  });
});

const VIDEO = { codecs: [{ mimeType: 'video/VP8', clockRate: 90_000, payloadType: 96 }] };

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { BACKSTAGE_PLACES, type StreamId } from '../../../src/protocol/index.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const VOICE = { codecs: [{ mimeType: 'audio/opus', clockRate: 48_000, payloadType: 100, channels: 2 }] };

describe('talkback', () => {
  let server: TestServer;
  let host: JoinedClient;
  let producer: JoinedClient;
  let ada: JoinedClient;
  let bob: JoinedClient;
  let viewer: JoinedClient;

  beforeEach(async () => {
    server = await TestServer.start();
    host = await server.join('host', { role: 'host', name: 'Grace' });
    producer = await server.join('producer', { role: 'producer', name: 'Dorothy' });
    ada = await server.join('ada', { role: 'guest', name: 'Ada' });
    bob = await server.join('bob', { role: 'guest', name: 'Bob' });
    viewer = await server.join('viewer', { name: 'Vera' });
    await host.ask('bringBackstage', { participantId: 'ada' });
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  const everyone = () => [host, producer, ada, bob, viewer];
  const settle = () => Promise.all(everyone().map((client) => client.settle()));
  const media = () => [...server.media.rooms.values()][0]!;
  const receivers = () => [...media().subscriptions.values()].map(({ participantId }) => participantId);

  async function speak(client: JoinedClient): Promise<StreamId> {
    const { transport } = await client.ask('openTransport', { direction: 'send' });
    const data = { transportId: transport.id, source: 'talkback', rtpParameters: VOICE } as const;
    return (await client.ask('publish', data)).streamId;
  }

  /** Tries to receive a stream; the error's code, or `null`. */
  async function hear(client: JoinedClient, streamId: StreamId) {
    const { transport } = await client.ask('openTransport', { direction: 'receive' });
    return client.codeOf('subscribe', { transportId: transport.id, streamId, rtpCapabilities: {} });
  }

  it('[Z6] is received by those named alone, and told to nobody else', async () => {
    const streamId = await speak(producer);
    assert.equal(await hear(ada, streamId), 'notFound');
    await producer.ask('talkBack', { participantIds: ['ada'] });
    assert.deepEqual(await ada.signal('talkbackChanged'), {
      talkback: [{ streamId, participantId: 'producer', name: 'Dorothy' }],
    });
    assert.deepEqual(await producer.signal('ownTalkbackChanged'), { participantIds: ['ada'] });
    assert.equal(await hear(ada, streamId), null);
    for (const other of [host, bob, viewer]) assert.equal(await hear(other, streamId), 'notFound');
    media().observer.levelsMeasured([]);
    await settle();
    for (const other of [host, bob, viewer]) assert.equal(JSON.stringify(other.frames).includes(streamId), false);
    assert.deepEqual((await ada.ask('getHands', {})).talkback, [
      { streamId, participantId: 'producer', name: 'Dorothy' },
    ]);
    assert.deepEqual((await producer.ask('getHands', {})).talkingTo, ['ada']);
    assert.deepEqual((await host.ask('getHands', {})).talkback, []);
    const late = await server.join('late', { role: 'host' });
    assert.deepEqual(late.welcome.snapshot?.streams, []);
    assert.equal(await hear(late, streamId), 'notFound');
  });

  it('[Z6] ends at once when nobody is named, and with the stream', async () => {
    await producer.ask('talkBack', { participantIds: ['ada'] });
    const streamId = await speak(producer);
    assert.equal(await hear(ada, streamId), null);
    assert.deepEqual(receivers(), ['ada']);
    await producer.ask('talkBack', { participantIds: [] });
    assert.deepEqual(receivers(), []);
    assert.equal((await ada.signal('subscriptionEnded')).streamId, streamId);
    assert.deepEqual(ada.signals('talkbackChanged').at(-1), { talkback: [] });
    assert.equal(await hear(ada, streamId), 'notFound');
    await producer.ask('unpublish', { streamId });
    assert.equal(media().streams.has(streamId), false);
    assert.notEqual(await speak(producer), streamId);
  });

  it('[Z6] ends for who comes on stage or leaves, and goes on for the others', async () => {
    await host.ask('bringBackstage', { participantId: 'bob' });
    await producer.ask('talkBack', { participantIds: ['ada', 'bob'] });
    const streamId = await speak(producer);
    assert.equal(await hear(ada, streamId), null);
    assert.equal(await hear(bob, streamId), null);
    await host.ask('bringOnStage', { participantId: 'ada' });
    assert.deepEqual(receivers(), ['bob']);
    assert.deepEqual(ada.signals('talkbackChanged').at(-1), { talkback: [] });
    assert.deepEqual(producer.signals('ownTalkbackChanged').at(-1), { participantIds: ['bob'] });
    assert.equal(await hear(ada, streamId), 'notFound');
    await bob.ask('leave', {});
    await producer.settle();
    assert.deepEqual(producer.signals('ownTalkbackChanged').at(-1), { participantIds: [] });
  });

  it('[Z6] ends when the link of who talks breaks, and when they may no longer', async () => {
    const streamId = await speak(producer);
    await producer.ask('talkBack', { participantIds: ['ada'] });
    assert.equal(await hear(ada, streamId), null);
    await host.ask('changeRole', { participantId: 'producer', role: 'viewer' });
    assert.deepEqual(receivers(), []);
    assert.equal(media().streams.has(streamId), false);
    assert.equal(await producer.codeOf('talkBack', { participantIds: ['ada'] }), 'forbidden');

    const own = await speak(host);
    await host.ask('talkBack', { participantIds: ['ada'] });
    assert.equal(await hear(ada, own), null);
    host.cut();
    await viewer.event('participantLost');
    await ada.settle();
    assert.deepEqual(receivers(), []);
    assert.deepEqual(ada.signals('talkbackChanged').at(-1), { talkback: [] });
  });

  it('[Z6] refuses who may not, and those who are not there to hear', async () => {
    for (const other of [ada, bob]) {
      const { transport } = await other.ask('openTransport', { direction: 'send' });
      const data = { transportId: transport.id, source: 'talkback', rtpParameters: VOICE } as const;
      assert.equal(await other.codeOf('publish', data), 'forbidden');
    }
    assert.equal(await viewer.codeOf('openTransport', { direction: 'send' }), 'forbidden');
    for (const participantId of ['bob', 'viewer', 'nobody', '__proto__']) {
      assert.equal(await producer.codeOf('talkBack', { participantIds: ['ada', participantId] }), 'notFound');
    }
    await producer.ask('bringBackstage', { participantId: 'bob' });
    await host.ask('bringOnStage', { participantId: 'bob' });
    await host.ask('bringBackstage', { participantId: 'host' });
    assert.equal(await host.codeOf('talkBack', { participantIds: ['host'] }), 'conflict');
    const tooMany = Array.from({ length: BACKSTAGE_PLACES + 1 }, () => 'ada');
    for (const participantIds of [tooMany, 'ada', [1], [{}]]) {
      assert.equal((await producer.request('talkBack', { participantIds })).error?.code, 'badRequest');
    }
    assert.deepEqual((await producer.ask('getHands', {})).talkingTo, []);
    const { transport } = await producer.ask('openTransport', { direction: 'send' });
    const again = { transportId: transport.id, source: 'talkback', rtpParameters: VOICE } as const;
    assert.equal(await producer.codeOf('publish', again), null);
    assert.equal(await producer.codeOf('publish', again), 'conflict');
    assert.equal(await producer.codeOf('publish', { ...again, source: 'microphone' }), 'forbidden');
  });

  it('[Z6] of another is not ended by a forged id', async () => {
    const streamId = await speak(producer);
    assert.equal(await host.codeOf('unpublish', { streamId }), 'notFound');
    assert.equal(await host.codeOf('muteStream', { streamId, muted: true }), 'notFound');
    assert.equal(media().streams.has(streamId), true);
  });

  it('[Z6] does not outlast a mute by another host, which stands when it is over', async () => {
    const { transport } = await host.ask('openTransport', { direction: 'send' });
    const publish = (source: 'microphone' | 'talkback') =>
      host.ask('publish', { transportId: transport.id, source, rtpParameters: VOICE });
    const { streamId } = await publish('microphone');
    await host.ask('muteStream', { streamId, muted: true });
    const mutes = () => host.eventsNamed('streamMuted');
    const other = await server.join('other', { role: 'host' });
    // Of who has muted themselves there is nothing to mute.
    assert.deepEqual(await other.ask('muteParticipant', { participantId: 'host' }), { muted: 0 });
    await publish('talkback');
    await host.ask('talkBack', { participantIds: ['ada'] });
    assert.deepEqual(await other.ask('muteParticipant', { participantId: 'host' }), { muted: 1 });
    assert.deepEqual(await other.ask('muteParticipant', { participantId: 'host' }), { muted: 0 });
    assert.deepEqual(mutes().at(-1), { streamId, muted: true, mutedBy: 'host' });
    await host.ask('talkBack', { participantIds: [] });
    await host.ask('muteStream', { streamId, muted: false });
    assert.deepEqual(mutes().at(-1), { streamId, muted: false, mutedBy: null });
  });
});

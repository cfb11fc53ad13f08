import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { BroadcastView, RoomId } from '../../../src/protocol/index.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';
import { FakeBroadcastParts } from './fake-broadcast-parts.ts';

const LAUNCH = 'launch' as RoomId;

describe('the broadcast on the wire', () => {
  let parts: FakeBroadcastParts;
  let server: TestServer;
  let host: JoinedClient;

  beforeEach(async () => {
    parts = new FakeBroadcastParts();
    server = await TestServer.start({
      broadcastParts: parts,
      templates: [{ name: 'default', roles: [], broadcast: { startWithAudience: true, stopAfterMs: 10_000 } }],
    });
    host = await server.join('ada', { role: 'host' });
  });

  afterEach(() => server.stop());

  const viewOf = (client: JoinedClient): BroadcastView | null | undefined => client.welcome.snapshot?.broadcast;
  const joinComposer = async () => {
    const { token } = server.composerTokens.issue(LAUNCH);
    return server.join('composer', {}, { token });
  };

  it('[W2] is told to everyone, and stands in the snapshot', async () => {
    assert.equal(viewOf(host), null);
    await host.request('startBroadcast', { options: { theme: 'LIGHT' } });
    await host.settle();
    parts.source.begin();
    await host.settle();
    const late = await server.join('grace', { role: 'guest' });
    assert.deepEqual(
      [viewOf(late)?.state, viewOf(late)?.livestreamUrl, viewOf(late)?.options.theme],
      ['HLS_PLAYABLE', '/live.m3u8', 'LIGHT'],
    );
  });

  it('[W6] draws pages of the site’s own from where the server says, and from nowhere else', async () => {
    for (const templateUrl of [
      'http://127.0.0.1:1/secret',
      'https://shop.example.evil/',
      'https://shop.example:8443/',
    ]) {
      const { error } = await host.request('startBroadcast', { options: { templateUrl } });
      assert.equal(error?.code, 'forbidden');
    }
    assert.equal(parts.sources.length, 0);
    await host.request('startBroadcast', { options: { templateUrl: 'https://shop.example/show' } });
    await host.settle();
    assert.equal(parts.sources.length, 1);
  });

  it('[W1] two hosts at once start one', async () => {
    const producer = await server.join('linus', { role: 'producer' });
    const answers = await Promise.all([
      host.request('startBroadcast', { options: { quality: 'low' } }),
      producer.request('startBroadcast', { options: { quality: 'high' } }),
    ]);
    assert.deepEqual(
      answers.map(({ error }) => error),
      [undefined, undefined],
    );
    await host.settle();
    assert.equal(parts.sources.length, 1);
  });

  it('[W9] gives whoever is in the room its addresses signed anew, and no others', async () => {
    const grace = await server.join('grace', { role: 'guest' });
    const renew = async () => (await grace.request('renewBroadcastUrls', {})).data;
    assert.deepEqual(await renew(), { livestreamUrl: null, playbackHlsUrl: null });
    await host.request('startBroadcast', {});
    await host.settle();
    parts.source.begin();
    await host.settle();
    parts.renewals = 0;
    const events = host.events.length;
    assert.deepEqual(await renew(), { livestreamUrl: '/1/live.m3u8', playbackHlsUrl: '/1/playback.m3u8' });
    assert.deepEqual(await renew(), { livestreamUrl: '/2/live.m3u8', playbackHlsUrl: '/2/playback.m3u8' });
    await host.settle();
    assert.equal(host.events.length, events);
  });

  it('[W5] has an eye in the room that nobody sees', async () => {
    const composer = await joinComposer();
    await server.elapse(2_000, host, composer);
    const room = await server.rooms.open(LAUNCH);
    assert.deepEqual([room.roster.size, room.roster.counts], [1, { host: 1 }]);
    const { data } = await host.request('listParticipants', {});
    assert.deepEqual(
      (data as { participants: { id: string }[] }).participants.map(({ id }) => id),
      ['ada'],
    );
    const late = await server.join('grace', { role: 'guest' });
    assert.deepEqual(late.welcome.snapshot?.participants.map(({ id }) => id).sort(), ['ada', 'grace']);
    // It is as if it were not there, even for one who knows its id.
    const { participantId } = composer.welcome;
    for (const [request, data] of [
      ['changeRole', { participantId, role: 'guest' }],
      ['removeParticipant', { participantId }],
      ['muteParticipant', { participantId }],
      ['spotlight', { participantId }],
    ] as const)
      assert.equal(await host.codeOf(request, data), 'notFound', request);
    assert.equal(await composer.codeOf('openTransport', { direction: 'send' }), 'forbidden');
    assert.equal(await composer.codeOf('openTransport', { direction: 'receive' }), null);
    assert.equal(await composer.codeOf('sendChat', { text: 'Hello' }), 'forbidden');
  });

  it('[W5] lets nobody else in as composer', async () => {
    const stranger = await server.open();
    await stranger.hello({ room: 'launch', token: await server.token('eve', { role: 'composer' }) }).catch(() => {});
    assert.equal(await stranger.closed(), 'tokenInvalid');
    const { token, revoke } = server.composerTokens.issue(LAUNCH);
    revoke();
    const late = await server.open();
    await late.hello({ room: 'launch', token }).catch(() => {});
    assert.equal(await late.closed(), 'tokenInvalid');
    const elsewhere = await server.open();
    const other = server.composerTokens.issue(LAUNCH);
    await elsewhere.hello({ room: 'other', token: other.token }).catch(() => {});
    assert.equal(await elsewhere.closed(), 'tokenInvalid');
  });

  it('follows the audience where the room wants that', async () => {
    assert.equal(parts.sources.length, 0);
    const grace = await server.join('grace', { role: 'audience' });
    await host.settle();
    assert.equal(parts.sources.length, 1);
    await grace.request('leave', {});
    await server.elapse(9_000, host);
    assert.equal(parts.running, 1);
    await server.elapse(2_000, host);
    assert.equal(parts.running, 0);
  });

  it('keeps an empty room for as long as it is on', async () => {
    await host.request('startBroadcast', {});
    await host.settle();
    const room = await server.rooms.open(LAUNCH);
    await host.request('leave', {});
    parts.source.begin();
    for (let passed = 0; passed < 120_000; passed += 1_000) {
      server.clock.advance(1_000);
      parts.source.frame();
    }
    await new Promise(setImmediate);
    assert.equal(await server.rooms.open(LAUNCH), room);
    await room.broadcast.stop();
    await room.broadcast.over;
    server.clock.advance(server.rooms.limits.emptyRoomMs);
    await room.settled;
    await new Promise(setImmediate);
    assert.notEqual(await server.rooms.open(LAUNCH), room);
  });
});

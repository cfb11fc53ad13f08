import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { TestServer, type JoinedClient } from './test-server.ts';

describe('coming back', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start();
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  /** Breaks a client's link and waits until the others know. */
  async function lose(client: JoinedClient, witness: JoinedClient): Promise<void> {
    const { participantId } = client.welcome;
    client.cut();
    await witness.event('participantLost', (lost) => lost.participantId === participantId);
  }

  it('[R1] [R3] gives one by one, in order, what was missed', async () => {
    const host = await server.join('host', { role: 'host' });
    const guest = await server.join('guest', { role: 'guest' });
    await host.ask('sendChat', { text: 'heard' });
    await guest.event('chatSent');
    await lose(guest, host);
    for (const text of ['missed 1', 'missed 2', 'missed 3']) await host.ask('sendChat', { text });
    const { lastSeq } = guest;
    const again = await server.resume(guest);
    assert.equal(again.welcome.resumed, true);
    assert.equal(again.welcome.snapshot, null);
    assert.equal(again.welcome.seq, lastSeq);
    assert.equal(again.welcome.sessionKey, guest.welcome.sessionKey);
    await host.ask('sendChat', { text: 'live' });
    await again.event('chatSent', ({ message }) => message.text === 'live');
    assert.deepEqual(
      again.events.map(({ seq }) => seq),
      Array.from({ length: 6 }, (_, index) => lastSeq + 1 + index),
    );
    assert.deepEqual(
      again.events.map(({ name }) => name),
      ['participantLost', 'chatSent', 'chatSent', 'chatSent', 'participantReturned', 'chatSent'],
    );
  });

  it('[R2] keeps the place for 30 s', async () => {
    const host = await server.join('host', { role: 'host' });
    const guest = await server.join('guest', { role: 'guest' });
    await lose(guest, host);
    const { participants } = await host.ask('listParticipants', {});
    assert.deepEqual(
      participants.map(({ id, lost }) => [id, lost]),
      [
        ['guest', true],
        ['host', false],
      ],
    );
    await server.elapse(29_999, host);
    assert.deepEqual(host.eventsNamed('participantLeft'), []);
    server.clock.advance(1);
    assert.deepEqual(await host.event('participantLeft'), { participantId: 'guest', reason: 'lost' });
  });

  it('[R2] keeps streams and transports, and tells of the return', async () => {
    const host = await server.join('host', { role: 'host' });
    const guest = await server.join('guest', { role: 'guest' });
    const { transport } = await guest.ask('openTransport', { direction: 'send' });
    await guest.ask('publish', { transportId: transport.id, source: 'camera', rtpParameters: CAMERA });
    await lose(guest, host);
    const again = await server.resume(guest);
    assert.deepEqual(await host.event('participantReturned'), { participantId: 'guest' });
    assert.equal(await again.codeOf('restartTransport', { transportId: transport.id }), null);
    assert.equal(
      await again.codeOf('publish', { transportId: transport.id, source: 'camera', rtpParameters: CAMERA }),
      'conflict',
    );
    assert.deepEqual(host.eventsNamed('streamUnpublished'), []);
  });

  it('[R2] calls the end of the grace off on return', async () => {
    const host = await server.join('host', { role: 'host' });
    const guest = await server.join('guest', { role: 'guest' });
    await lose(guest, host);
    await server.elapse(20_000, host);
    const again = await server.resume(guest);
    await server.elapse(40_000, host, again);
    assert.deepEqual(host.eventsNamed('participantLeft'), []);
  });

  it('[R3] gives a snapshot when more than 2,000 events were missed', async () => {
    const host = await server.join('host', { role: 'host' });
    const viewer = await server.join('viewer');
    const { lastSeq } = viewer;
    const room = await server.rooms.open(host.welcome.snapshot!.room.id);
    for (let count = 0; count < 2_000; count += 1) room.channel.publish('spotlightChanged', { participantId: null });
    const first = await server.resume(viewer, lastSeq);
    await first.until(() => first.events.length === 2_000, 'everything missed');
    assert.equal(first.welcome.snapshot, null);
    room.channel.publish('spotlightChanged', { participantId: null });
    const second = await server.resume(first, lastSeq);
    assert.equal(second.welcome.resumed, true);
    assert.equal(second.welcome.seq, lastSeq + 2_001);
    assert.equal(second.welcome.snapshot?.self.participant.id, 'viewer');
    await second.settle();
    assert.deepEqual(second.events, []);
  });

  it('[R3] gives a snapshot to who says to have seen what never was', async () => {
    const viewer = await server.join('viewer');
    const again = await server.resume(viewer, 1_000);
    assert.equal(again.welcome.resumed, true);
    assert.equal(again.welcome.seq, 0);
    assert.notEqual(again.welcome.snapshot, null);
  });

  it('[R3] is a join like any other when the place is gone', async () => {
    const host = await server.join('host', { role: 'host' });
    const guest = await server.join('guest', { role: 'guest' });
    await lose(guest, host);
    await server.elapse(30_000, host);
    await host.event('participantLeft');
    const again = await server.resume(guest);
    assert.equal(again.welcome.resumed, false);
    assert.notEqual(again.welcome.sessionKey, guest.welcome.sessionKey);
    assert.notEqual(again.welcome.snapshot, null);
    assert.equal(host.eventsNamed('participantJoined').length, 2);
  });

  it("[R5] lets a second hello take the place over, without the first one's media", async () => {
    const host = await server.join('host', { role: 'host' });
    const older = await server.join('guest', { role: 'guest', name: 'Gus' });
    const { transport } = await older.ask('openTransport', { direction: 'send' });
    await older.ask('publish', { transportId: transport.id, source: 'camera', rtpParameters: CAMERA });
    const newer = await server.join('guest', { role: 'guest', name: 'Gustav' });
    assert.equal(await older.closed(), 'joinedElsewhere');
    assert.equal(newer.welcome.resumed, false);
    assert.notEqual(newer.welcome.sessionKey, older.welcome.sessionKey);
    assert.deepEqual(newer.welcome.snapshot?.streams, []);
    assert.equal((await host.event('streamUnpublished')).reason, 'left');
    await host.event('participantJoined', ({ participant }) => participant.name === 'Gustav');
    await host.settle();
    assert.deepEqual(host.eventsNamed('participantLeft'), []);
    assert.deepEqual(host.eventsNamed('participantLost'), []);
    const late = await server.join(
      'guest',
      { role: 'guest' },
      { resume: { sessionKey: older.welcome.sessionKey, lastSeq: 0 } },
    );
    assert.equal(late.welcome.resumed, false);
  });

  it("[R1] needs the participant's own key", async () => {
    const ada = await server.join('ada');
    const thief = await server.join('bob', {}, { resume: { sessionKey: ada.welcome.sessionKey, lastSeq: 0 } });
    assert.equal(thief.welcome.resumed, false);
    assert.equal(thief.welcome.participantId, 'bob');
    assert.equal(ada.closeCode, null);
  });

  it('[R4] answers a request sent again with what became of it', async () => {
    const host = await server.join('host', { role: 'host' });
    const viewer = await server.join('viewer');
    const offered = await host.ask('changeRole', { participantId: 'viewer', role: 'guest' }, 'the-same-key');
    host.cut();
    const again = await server.resume(host);
    const repeated = await again.ask('changeRole', { participantId: 'viewer', role: 'guest' }, 'the-same-key');
    assert.deepEqual(repeated, offered);
    await viewer.settle();
    assert.equal(viewer.eventsNamed('roleOffered').length, 1);
  });

  it('[N1] numbers the same events for everyone', async () => {
    const host = await server.join('host', { role: 'host' });
    const clients = [host, await server.join('guest', { role: 'guest' }), await server.join('viewer')];
    for (let count = 0; count < 5; count += 1) await host.ask('sendChat', { text: `message ${count}` });
    await Promise.all(clients.map((client) => client.event('chatSent', ({ message }) => message.text === 'message 4')));
    const [first, ...others] = clients.map((client) => client.events.slice(-5));
    assert.equal(first?.length, 5);
    for (const other of others) assert.deepEqual(other, first);
    assert.deepEqual(
      host.events.map(({ seq }) => seq),
      host.events.map((_, index) => host.welcome.seq + 1 + index),
    );
  });

  it('[N2] numbers no signal and replays none', async () => {
    const host = await server.join('host', { role: 'host' });
    const guest = await server.join('guest', { role: 'guest' });
    const { seq } = (await server.rooms.open(host.welcome.snapshot!.room.id)).channel;
    await lose(guest, host);
    await guestSpeaks();
    assert.deepEqual(await host.signal('activeSpeakerChanged'), { participantId: 'guest' });
    const again = await server.resume(guest);
    await again.settle();
    assert.deepEqual(again.signals('activeSpeakerChanged'), []);
    assert.equal(again.lastSeq, seq + 2);

    async function guestSpeaks(): Promise<void> {
      await host.ask('getMediaCapabilities', {});
      server.media.rooms.get('launch')!.observer.activeSpeakerChanged(guest.welcome.participantId);
    }
  });
});

const CAMERA = { codecs: [{ mimeType: 'video/VP8', clockRate: 90_000, payloadType: 96 }] };

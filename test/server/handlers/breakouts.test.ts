import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { BreakoutAssignment, BreakoutsView } from '../../../src/protocol/index.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const INTERVAL_MS = 250;
const ROOMS = [{ name: 'Left' }, { name: 'Right', size: 1 }];
const OPUS = { codecs: [{ mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 100 }] };

/** The room that the last welcome was of. */
const roomOf = (client: JoinedClient) => client.welcomes.at(-1)?.snapshot?.room.id;
const welcomed = (client: JoinedClient, times: number) =>
  client.until(() => client.welcomes.length >= times, `welcome ${times}`);

describe('breakouts', () => {
  let server: TestServer;
  let host: JoinedClient;
  let ada: JoinedClient;
  let bob: JoinedClient;

  beforeEach(async () => {
    server = await TestServer.start();
    host = await server.join('host', { role: 'host', name: 'Grace' });
    ada = await server.join('ada', { name: 'Ada' });
    bob = await server.join('bob', { name: 'Bob' });
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  const create = async (assignment: BreakoutAssignment = 'byHand', more: object = {}): Promise<BreakoutsView> =>
    (await host.ask('createBreakouts', { rooms: ROOMS, assignment, ...more })).breakouts;
  const assign = (participantId: string, { rooms }: BreakoutsView, index = 0) =>
    host.ask('assignBreakout', { participantId, roomId: rooms[index]!.roomId });
  /** Ada is in the first of them. */
  const openWithAda = async (more: object = {}): Promise<BreakoutsView> => {
    const breakouts = await create('byHand', more);
    await assign('ada', breakouts);
    await host.ask('openBreakouts', {});
    await welcomed(ada, 2);
    return breakouts;
  };

  it('[F1] are drafted, which hosts alone know, and opened, which everybody is told', async () => {
    const breakouts = await create();
    assert.deepEqual(
      breakouts.rooms.map(({ name, size, assigned, present }) => [name, size, assigned, present]),
      [
        ['Left', null, 0, 0],
        ['Right', 1, 0, 0],
      ],
    );
    assert.equal((await ada.ask('getBreakouts', {})).breakouts, null);
    await assign('ada', breakouts);
    server.clock.advance(INTERVAL_MS);
    await ada.settle();
    assert.deepEqual(ada.signals('breakoutsChanged'), []);
    assert.equal(ada.welcomes.length, 1);
    assert.equal(host.signals('breakoutPeopleChanged').at(-1)?.people[0]?.name, 'Ada');
    await host.ask('openBreakouts', { durationMs: 60_000 });
    await welcomed(ada, 2);
    server.clock.advance(INTERVAL_MS);
    await bob.settle();
    const told = bob.signals('breakoutsChanged').at(-1)?.breakouts;
    assert.deepEqual([told?.isOpen, told?.rooms[0]?.present], [true, 1]);
    assert.ok(told?.closesAt);
    assert.deepEqual((await bob.ask('getBreakouts', {})).people, []);
    assert.equal(await host.codeOf('createBreakouts', { rooms: ROOMS, assignment: 'byHand' }), 'conflict');
  });

  it('[F2] move people there and back by a welcome on the socket that they have', async () => {
    const breakouts = await openWithAda();
    assert.equal(roomOf(ada), breakouts.rooms[0]?.roomId);
    assert.equal(ada.welcomes[1]?.resumed, false);
    assert.notEqual(ada.welcomes[1]?.sessionKey, ada.welcomes[0]?.sessionKey);
    assert.deepEqual((await bob.ask('listParticipants', {})).participants.map(({ id }) => id).sort(), ['bob', 'host']);
    await ada.ask('sendChat', { text: 'Among us' });
    await bob.ask('sendChat', { text: 'At home' });
    await Promise.all([ada.settle(), bob.settle()]);
    const textsOf = (client: JoinedClient) => client.eventsNamed('chatSent').map(({ message }) => message.text);
    assert.deepEqual(textsOf(ada), ['Among us']);
    assert.deepEqual(textsOf(bob), ['At home']);
    await host.ask('closeBreakouts', { warningMs: 0 });
    await welcomed(ada, 3);
    assert.equal(roomOf(ada), 'launch');
    assert.deepEqual(
      ada.welcomes[2]?.snapshot?.chat.messages.map(({ text }) => text),
      ['At home'],
    );
    assert.equal(ada.closeCode, null);
    assert.equal(await server.rooms.get(breakouts.rooms[0]!.roomId).then((room) => room?.endedAt === null), false);
  });

  it('[F2] refuse what was meant for the room before', async () => {
    await openWithAda();
    const data = { text: 'For those at home' };
    ada.send({ type: 'request', id: 900, key: 'key-of-a-late-one', name: 'sendChat', data, room: 'launch' });
    assert.equal((await ada.reply(900)).error?.code, 'conflict');
    ada.send({ type: 'request', id: 901, key: 'key-of-a-right-one', name: 'sendChat', data, room: roomOf(ada) });
    assert.equal((await ada.reply(901)).error, undefined);
  });

  it('[F2] end what one publishes at home, and publish anew there', async () => {
    await server.rooms.changeRole('launch' as never, 'ada' as never, 'guest' as never);
    const publish = async () => {
      const { transport } = await ada.ask('openTransport', { direction: 'send' });
      return ada.ask('publish', { transportId: transport.id, source: 'microphone', rtpParameters: OPUS });
    };
    const { streamId } = await publish();
    await openWithAda();
    assert.equal((await bob.event('streamUnpublished')).streamId, streamId);
    assert.deepEqual(ada.welcomes[1]?.snapshot?.streams, []);
    await publish();
    await bob.settle();
    assert.equal(bob.eventsNamed('streamPublished').length, 1);
  });

  it('[F3] are where one comes in and comes back, by the token of the home', async () => {
    const breakouts = await openWithAda();
    const { sessionKey, seq } = ada.welcomes[1]!;
    ada.cut();
    const resumed = await server.join('ada', {}, { resume: { sessionKey, lastSeq: seq } });
    assert.equal(resumed.welcome.resumed, true);
    const elsewhere = await server.join('ada', { name: 'Ada' });
    assert.equal(roomOf(elsewhere), breakouts.rooms[0]?.roomId);
    assert.equal(await resumed.closed(), 'joinedElsewhere');
    const token = await server.token('ada', { name: 'Ada' });
    await elsewhere.ask('refreshToken', { token });
    await host.ask('assignBreakout', { participantId: 'ada', roomId: null });
    await welcomed(elsewhere, 2);
    assert.equal(roomOf(elsewhere), 'launch');
    assert.equal((await server.join('carol')).welcome.snapshot?.room.id, 'launch');
  });

  it('[F3] take people with them whose link is broken, once they are back', async () => {
    const breakouts = await create();
    await assign('ada', breakouts);
    const { sessionKey } = ada.welcome;
    ada.cut();
    await bob.settle();
    await host.ask('openBreakouts', {});
    const back = await server.join('ada', {}, { resume: { sessionKey, lastSeq: 0 } });
    assert.deepEqual([back.welcome.resumed, roomOf(back)], [false, breakouts.rooms[0]?.roomId]);
  });

  it('[F3] outlive a killed server, with their time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ils-breakouts-'));
    const path = join(folder, 'rooms.db');
    const first = await TestServer.start({ store: SqliteRoomStore.open(path) });
    const boss = await first.join('host', { role: 'host' });
    await first.join('ada', { name: 'Ada' });
    const { breakouts } = await boss.ask('createBreakouts', { rooms: ROOMS, assignment: 'byHand' }, 'the-key-of-it');
    await boss.ask('assignBreakout', { participantId: 'ada', roomId: breakouts.rooms[0]!.roomId });
    await boss.ask('openBreakouts', { durationMs: 60_000 });
    for (const id of ['carol', 'dan']) await first.join(id, { role: 'audience' });
    const fill = { roomId: breakouts.rooms[0]!.roomId, count: 1 };
    assert.deepEqual(await boss.ask('fillBreakout', fill, 'the-key-of-the-fill'), { sent: 1 });
    const sent = (await boss.ask('getBreakouts', {})).people;
    const second = await TestServer.start({ store: SqliteRoomStore.open(path) });
    const again = await second.join('ada', { name: 'Ada' });
    assert.equal(roomOf(again), breakouts.rooms[0]?.roomId);
    const chief = await second.join('host', { role: 'host' });
    const { people, breakouts: kept } = await chief.ask('getBreakouts', {});
    assert.deepEqual(people, sent);
    for (const id of ['carol', 'dan']) await second.join(id, { role: 'audience' });
    // [F7] Nobody else is sent, and the key is its sender's alone.
    assert.deepEqual(await chief.ask('fillBreakout', fill, 'the-key-of-the-fill'), { sent: 1 });
    assert.deepEqual((await chief.ask('getBreakouts', {})).people, sent);
    const other = await second.join('other-host', { role: 'host' });
    assert.deepEqual(await other.ask('fillBreakout', fill, 'the-key-of-the-fill'), { sent: 1 });
    assert.equal((await chief.ask('getBreakouts', {})).people.length, sent.length + 1);
    const repeat = await chief.request('createBreakouts', { rooms: ROOMS, assignment: 'byHand' }, 'the-key-of-it');
    assert.deepEqual((repeat.data as { breakouts: BreakoutsView }).breakouts.homeId, kept?.homeId);
    await second.elapse(61_000, again, chief);
    await welcomed(again, 2);
    assert.equal(roomOf(again), 'launch');
    for (const each of [second, first]) await each.stop();
    await rm(folder, { recursive: true });
  });

  it('[F4] give people the role that is theirs there, and who manages them stays what they are', async () => {
    const breakouts = await create('byHand', { role: 'guest' });
    await assign('ada', breakouts);
    await assign('host', breakouts);
    await host.ask('openBreakouts', {});
    await Promise.all([welcomed(ada, 2), welcomed(host, 2)]);
    assert.equal(ada.welcomes[1]?.snapshot?.self.participant.role, 'guest');
    assert.equal(host.welcomes[1]?.snapshot?.self.participant.role, 'host');
    await host.ask('changeRole', { participantId: 'ada', role: 'viewer' });
    await host.ask('closeBreakouts', { warningMs: 0 });
    await Promise.all([welcomed(ada, 3), welcomed(host, 3)]);
    assert.equal(ada.welcomes[2]?.snapshot?.self.participant.role, 'viewer');
    assert.equal(host.welcomes[2]?.snapshot?.self.participant.role, 'host');
    assert.equal(
      await host.codeOf('createBreakouts', { rooms: ROOMS, assignment: 'byHand', role: 'wizard' }),
      'notFound',
    );
  });

  it('[F4] let nobody in whom the home has removed or banned', async () => {
    await openWithAda();
    const token = await server.token('ada');
    server.clock.advance(1_000);
    await server.rooms.removeParticipant('launch' as never, 'ada' as never);
    await host.ask('closeBreakouts', { warningMs: 0 });
    assert.equal(await ada.closed(), 'removed');
    const late = await server.open();
    late.sendHello({ token });
    assert.equal(await late.closed(), 'removed');
  });

  it('[F5] warn before they close, at the time that was set or earlier', async () => {
    await openWithAda();
    const now = server.clock.now();
    await host.ask('openBreakouts', { durationMs: 600_000 });
    assert.equal((await host.ask('getBreakouts', {})).breakouts?.closesAt, now + 600_000);
    await host.ask('closeBreakouts', {});
    await host.ask('closeBreakouts', { warningMs: 300_000 });
    assert.equal((await host.ask('getBreakouts', {})).breakouts?.closesAt, now + 60_000);
    await server.elapse(59_000, host, ada, bob);
    assert.equal(ada.welcomes.length, 2);
    assert.equal(ada.signals('breakoutsChanged').at(-1)?.breakouts?.closesAt, now + 60_000);
    await server.elapse(1_000, host, ada, bob);
    await welcomed(ada, 3);
    await server.elapse(INTERVAL_MS, host, ada, bob);
    assert.deepEqual(bob.signals('breakoutsChanged').at(-1), { breakouts: null });
    assert.equal(await host.codeOf('openBreakouts', {}), 'conflict');
  });

  it('[F6] are told what is said to all, and hosts who calls for help', async () => {
    const breakouts = await openWithAda();
    await host.ask('announceToBreakouts', { text: ' Five minutes ' });
    server.clock.advance(INTERVAL_MS);
    await ada.settle();
    const { announcement } = ada.signals('breakoutsChanged').at(-1)!.breakouts!;
    assert.deepEqual([announcement?.text, announcement?.by?.name], ['Five minutes', 'Grace']);
    assert.equal(await bob.codeOf('callForHelp', {}), 'conflict');
    await ada.ask('callForHelp', {});
    await ada.ask('callForHelp', {});
    const { calls } = await host.signal('helpCallsChanged');
    assert.deepEqual([calls.length, calls[0]?.name, calls[0]?.roomId], [1, 'Ada', breakouts.rooms[0]?.roomId]);
    assert.deepEqual(bob.signals('helpCallsChanged'), []);
    // Who comes answers the call.
    await host.ask('enterBreakout', { roomId: breakouts.rooms[0]!.roomId });
    await welcomed(host, 2);
    assert.deepEqual((await host.ask('getBreakouts', {})).calls, []);
    await host.ask('enterBreakout', { roomId: null });
    await welcomed(host, 3);
    assert.equal(roomOf(host), 'launch');
  });

  it('[F1] are filled by chance where that decides, with those who come late', async () => {
    const { rooms } = await create('atRandom');
    const people = () => host.ask('getBreakouts', {}).then((whole) => whole.people);
    assert.deepEqual((await people()).map(({ participantId }) => participantId).sort(), ['ada', 'bob']);
    await host.ask('openBreakouts', {});
    await Promise.all([welcomed(ada, 2), welcomed(bob, 2)]);
    assert.notEqual(roomOf(ada), roomOf(bob));
    // The second has one place.
    const carol = await server.join('carol', { name: 'Carol' });
    assert.equal(roomOf(carol), rooms[0]?.roomId);
    assert.equal((await server.join('second-host', { role: 'host' })).welcome.snapshot?.room.id, 'launch');
  });

  it('[F7] are filled with so many by chance, announced or only counted, as far as there are places', async () => {
    const crowd = await Promise.all(
      ['carol', 'dan', 'eve'].map((id) => server.join(id, { role: 'audience', name: id })),
    );
    const { rooms } = await create();
    const [left, right] = rooms.map(({ roomId }) => roomId);
    const placesOf = async () => (await host.ask('getBreakouts', {})).people.map(({ roomId }) => roomId);
    // One who was sent home by hand stays there.
    await host.ask('assignBreakout', { participantId: 'ada', roomId: null });
    assert.deepEqual(await host.ask('fillBreakout', { roomId: right!, count: 5 }), { sent: 1 });
    assert.deepEqual(await host.ask('fillBreakout', { roomId: left!, count: 2 }), { sent: 2 });
    assert.deepEqual([...(await placesOf())].sort(), [left, left, right, null].sort());
    await host.ask('openBreakouts', {});
    assert.deepEqual(await host.ask('fillBreakout', { roomId: left!, count: 100 }), { sent: 1 });
    const moved = [bob, ...crowd];
    await Promise.all(moved.map((client) => welcomed(client, 2)));
    const places = moved.map((client) => roomOf(client));
    assert.deepEqual([...places].sort(), [left, left, left, right].sort());
    assert.equal(roomOf(ada), 'launch');
    assert.deepEqual(await host.ask('fillBreakout', { roomId: left!, count: 1 }), { sent: 0 });
    assert.equal(await host.codeOf('fillBreakout', { roomId: 'nowhere', count: 1 }), 'notFound');
    assert.equal(await ada.codeOf('fillBreakout', { roomId: left!, count: 1 }), 'forbidden');
    for (const count of [0, -1, 1.5, 10_001]) {
      assert.equal(await host.codeOf('fillBreakout', { roomId: left!, count }), 'badRequest');
    }
  });

  it('[F1] are chosen where everybody may, as long as there are places', async () => {
    const { rooms } = await create('selfChosen');
    assert.equal(await ada.codeOf('enterBreakout', { roomId: rooms[1]!.roomId }), 'conflict');
    await host.ask('openBreakouts', {});
    await ada.ask('enterBreakout', { roomId: rooms[1]!.roomId });
    await welcomed(ada, 2);
    assert.equal(await bob.codeOf('enterBreakout', { roomId: rooms[1]!.roomId }), 'conflict');
    assert.equal(await bob.codeOf('enterBreakout', { roomId: 'launch' }), 'notFound');
    await ada.ask('enterBreakout', { roomId: rooms[0]!.roomId });
    await welcomed(ada, 3);
    assert.equal(roomOf(ada), rooms[0]?.roomId);
    await ada.ask('enterBreakout', { roomId: null });
    await welcomed(ada, 4);
    assert.equal(roomOf(ada), 'launch');
  });

  it('refuse what is forged, foreign or too much', async () => {
    const breakouts = await openWithAda();
    const roomId = breakouts.rooms[1]!.roomId;
    assert.equal(await ada.codeOf('enterBreakout', { roomId }), 'forbidden');
    for (const name of ['__proto__', 'constructor', 'nobody']) {
      assert.equal(await host.codeOf('assignBreakout', { participantId: name, roomId }), 'notFound');
      assert.equal(await host.codeOf('assignBreakout', { participantId: 'bob', roomId: name }), 'notFound');
    }
    const producer = await server.join('producer', { role: 'producer' });
    assert.equal(await producer.codeOf('assignBreakout', { participantId: 'host', roomId }), 'forbidden');
    await host.ask('closeBreakouts', { warningMs: 0 });
    const many = Array.from({ length: 51 }, (_, index) => ({ name: `Room ${index}` }));
    for (const rooms of [[], many, [{ name: ' ' }], [{ name: 'A', size: 0 }]]) {
      assert.equal((await host.request('createBreakouts', { rooms, assignment: 'byHand' })).error?.code, 'badRequest');
    }
    assert.equal(await host.codeOf('announceToBreakouts', { text: 'Hello' }), 'conflict');
    assert.equal(await host.codeOf('assignBreakout', { participantId: 'bob', roomId }), 'conflict');
  });

  it('end with the room that they belong to', async () => {
    await openWithAda();
    await host.ask('endRoom', {});
    assert.equal(await ada.closed(), 'roomEnded');
    await server.rooms.reopen('launch' as never);
    assert.equal(roomOf(await server.join('ada')), 'launch');
  });

  it('[F3] let people in at home where one of them was ended by itself', async () => {
    const breakouts = await openWithAda();
    await server.rooms.end(breakouts.rooms[0]!.roomId);
    assert.equal(await ada.closed(), 'roomEnded');
    assert.equal(roomOf(await server.join('ada')), 'launch');
  });
});

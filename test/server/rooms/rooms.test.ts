import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { ProtocolError, type ParticipantId, type RoleName, type RoomId } from '../../../src/protocol/index.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type TestServerOptions } from '../ws/test-server.ts';

const launch = 'launch' as RoomId;
const ada = 'ada' as ParticipantId;

const failsWith = (code: string) => (error: unknown) => error instanceof ProtocolError && error.code === code;

describe('rooms', () => {
  let server: TestServer;

  async function start(options: TestServerOptions): Promise<void> {
    await server.stop();
    server = await TestServer.start(options);
  }

  beforeEach(async () => {
    server = await TestServer.start();
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  it('are created once, with title and template', async () => {
    const room = await server.rooms.create({ id: launch, title: 'The launch' });
    assert.deepEqual(room, {
      id: 'launch',
      title: 'The launch',
      template: 'default',
      createdAt: server.clock.now(),
      endedAt: null,
      counts: {},
    });
    assert.deepEqual(await server.rooms.get(launch), room);
    assert.deepEqual(await server.rooms.getOrCreate(launch), room);
    await assert.rejects(server.rooms.create({ id: launch }), failsWith('conflict'));
    await assert.rejects(server.rooms.create({ id: 'x' as RoomId, template: 'none' }), failsWith('notFound'));
    assert.equal((await server.join('ada')).welcome.snapshot?.room.title, 'The launch');
  });

  it('are created by joining, once for all who join at a time', async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, (_, index) => server.join(`viewer-${index}`)));
    assert.equal(server.rooms.statistics().participants, 5);
    assert.equal(new Set(clients.map(({ welcome }) => welcome.snapshot?.room.createdAt)).size, 1);
    assert.deepEqual((await server.rooms.get(launch))?.counts, { viewer: 5 });
  });

  it('are not created by joining where that is off', async () => {
    await start({ createOnJoin: false });
    const early = await server.open();
    early.sendHello({ token: await server.token('ada') });
    assert.equal(await early.closed(), 'notFound');
    await server.rooms.create({ id: launch });
    await server.join('ada');
  });

  it('are listed by id in pages', async () => {
    for (const id of ['c', 'a', 'b', 'd']) await server.rooms.create({ id: id as RoomId });
    await server.rooms.end('b' as RoomId);
    const first = await server.rooms.list({ limit: 2 });
    assert.deepEqual([first.rooms.map(({ id }) => id), first.next], [['a', 'c'], 'c']);
    const second = await server.rooms.list({ limit: 2, after: 'c' });
    assert.deepEqual([second.rooms.map(({ id }) => id), second.next], [['d'], null]);
    const all = await server.rooms.list({ includeEnded: true });
    assert.deepEqual(
      all.rooms.map(({ id, endedAt }) => [id, endedAt]),
      [
        ['a', null],
        ['b', server.clock.now()],
        ['c', null],
        ['d', null],
      ],
    );
  });

  it('are reopened with their history, for those who were turned away', async () => {
    const host = await server.join('host', { role: 'host' });
    await host.ask('sendChat', { text: 'Before' });
    await host.ask('spotlight', { participantId: 'host' });
    await host.ask('endRoom', {});
    await host.closed();
    const early = await server.open();
    early.sendHello({ token: await server.token('viewer') });
    assert.equal(await early.closed(), 'roomEnded');
    await server.rooms.reopen(launch);
    assert.equal((await server.rooms.get(launch))?.endedAt, null);
    const viewer = await server.join('viewer');
    const { chat, spotlight } = viewer.welcome.snapshot!;
    assert.deepEqual([chat.messages[0]?.text, spotlight], ['Before', null]);
    const again = await server.join('host', { role: 'host' });
    await again.ask('sendChat', { text: 'After' });
    assert.equal((await viewer.event('chatSent')).message.index, 1);
    await server.rooms.reopen(launch);
    assert.deepEqual([viewer.closeCode, again.closeCode], [null, null]);
    await assert.rejects(server.rooms.reopen('none' as RoomId), failsWith('notFound'));
  });

  it('end for everyone', async () => {
    const host = await server.join('host', { role: 'host' });
    const viewer = await server.join('viewer');
    await server.rooms.end(launch);
    assert.deepEqual(await viewer.event('roomEnded'), { endedBy: null });
    assert.deepEqual([await host.closed(), await viewer.closed()], ['roomEnded', 'roomEnded']);
    assert.equal(server.rooms.statistics().rooms, 0);
    await server.rooms.end(launch);
    await assert.rejects(server.rooms.changeRole(launch, ada, 'guest' as RoleName), failsWith('roomEnded'));
    await assert.rejects(server.rooms.end('none' as RoomId), failsWith('notFound'));
  });

  it("[P2] are told by the site's back end who is what, at once, also of who is away", async () => {
    const viewer = await server.join('ada');
    assert.equal(await server.rooms.changeRole(launch, ada, 'guest' as RoleName), 'changed');
    const { participant, changedBy } = await viewer.event('roleChanged');
    assert.deepEqual([participant.role, changedBy], ['guest', null]);
    assert.equal(await server.rooms.changeRole(launch, ada, 'guest' as RoleName), 'unchanged');
    await server.rooms.changeRole(launch, 'bob' as ParticipantId, 'producer' as RoleName);
    assert.equal((await server.join('bob')).welcome.snapshot?.self.participant.role, 'producer');
    await assert.rejects(server.rooms.changeRole(launch, ada, 'none' as RoleName), failsWith('notFound'));
    await assert.rejects(server.rooms.changeRole('none' as RoomId, ada, 'guest' as RoleName), failsWith('notFound'));
  });

  it('[P6] shut out who is removed while away', async () => {
    await server.rooms.create({ id: launch });
    await server.rooms.removeParticipant(launch, ada);
    const removed = await server.open();
    removed.sendHello({ token: await server.token('ada') });
    assert.equal(await removed.closed(), 'removed');
  });

  it('list who is there', async () => {
    await server.join('ada');
    assert.equal((await server.rooms.listParticipants(launch, {})).total, 1);
    await server.rooms.create({ id: 'empty' as RoomId });
    const empty = await server.rooms.listParticipants('empty' as RoomId, {});
    assert.deepEqual(empty, { participants: [], total: 0, related: 0, next: null });
    await assert.rejects(server.rooms.listParticipants('none' as RoomId, {}), failsWith('notFound'));
  });

  it('turn away who comes when they are full', async () => {
    await start({ limits: { participantsPerRoom: 2 } });
    await server.join('ada');
    const bob = await server.join('bob');
    const late = await server.open();
    late.sendHello({ token: await server.token('cyd') });
    assert.equal(await late.closed(), 'roomFull');
    assert.equal((await server.resume(bob)).welcome.resumed, true);
  });

  it('have the roles of their template', async () => {
    const speaker = { name: 'speaker', publish: ['microphone'], watch: 'webrtc', permissions: ['chat.send'] } as const;
    const listener = { name: 'viewer', publish: [], watch: 'hls', permissions: [] } as const;
    await start({
      templates: [
        { name: 'talk', roles: [speaker, listener] },
        { name: 'strict', roles: [speaker], withoutBuiltInRoles: true },
      ],
    });
    assert.deepEqual(server.rooms.templates, ['default', 'talk', 'strict']);
    await server.rooms.create({ id: 'talk' as RoomId, template: 'talk' });
    await server.rooms.create({ id: 'strict' as RoomId, template: 'strict' });
    const names = async (id: string) => Object.keys(await server.rooms.roles(id as RoomId));
    assert.deepEqual(await names('talk'), ['host', 'producer', 'guest', 'viewer', 'audience', 'speaker']);
    assert.deepEqual(await names('strict'), ['speaker']);
    const viewer = await server.join('ada', { room: 'talk' });
    assert.deepEqual(viewer.welcome.snapshot?.roles['viewer'], listener);
    assert.equal(await viewer.codeOf('sendChat', { text: 'Hello' }), 'forbidden');
    const outsider = await server.open();
    outsider.sendHello({ room: 'strict', token: await server.token('ada', { room: 'strict' }) });
    assert.equal(await outsider.closed(), 'tokenInvalid');
  });

  it('refuse a template whose roles are none', async () => {
    const wrong = { name: 'Not A Name', publish: [], watch: 'webrtc', permissions: [] } as const;
    await assert.rejects(TestServer.start({ templates: [{ name: 'wrong', roles: [wrong] }] }), /Invalid/);
  });

  it('leave memory when nobody has been there for a minute, and come back whole', async () => {
    const host = await server.join('host', { role: 'host' });
    await host.ask('sendChat', { text: 'Remember me' });
    await host.ask('getMediaCapabilities', {});
    await host.ask('leave', {});
    await host.closed();
    server.clock.advance(59_999);
    assert.equal(server.rooms.statistics().rooms, 1);
    const visitor = await server.join('visitor');
    await server.elapse(120_000, visitor);
    assert.equal(server.rooms.statistics().rooms, 1);
    await visitor.ask('leave', {});
    await visitor.closed();
    server.clock.advance(60_000);
    while (server.rooms.statistics().rooms > 0) await new Promise(setImmediate);
    assert.equal(server.media.rooms.size, 0);
    const { welcome } = await server.join('late');
    assert.equal(welcome.snapshot?.chat.messages[0]?.text, 'Remember me');
    assert.equal(welcome.seq, 0);
  });

  it('know nothing of each other', async () => {
    const here = await server.join('ada', { room: 'here', role: 'host' });
    const there = await server.join('ada', { room: 'there', role: 'host' });
    await here.ask('sendChat', { text: 'here' });
    await here.ask('spotlight', { participantId: 'ada' });
    await server.rooms.removeParticipant('here' as RoomId, ada);
    assert.equal(await here.closed(), 'removed');
    await server.rooms.end('here' as RoomId);
    await there.settle();
    assert.equal(there.closeCode, null);
    assert.deepEqual(there.events, []);
    assert.equal(await there.codeOf('sendChat', { text: 'there' }), null);
  });

  it('[T2] come back from the store with roles, removals, spotlight and chat', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ils-rooms-'));
    const reopen = () => start({ store: SqliteRoomStore.open(join(folder, 'rooms.db')) });
    await reopen();
    const host = await server.join('host', { role: 'host' });
    const guest = await server.join('guest', { role: 'guest' });
    await server.join('rude');
    const tokens = { guest: await server.token('guest', { role: 'guest' }), rude: await server.token('rude') };
    await guest.ask('sendChat', { text: 'Before' });
    await host.ask('changeRole', { participantId: 'guest', role: 'producer' });
    await host.ask('removeParticipant', { participantId: 'rude' });
    await host.ask('spotlight', { participantId: 'host' });
    await reopen();
    const again = await server.join('guest', {}, { token: tokens.guest });
    assert.equal(again.welcome.snapshot?.self.participant.role, 'producer');
    assert.equal(again.welcome.snapshot?.spotlight, 'host');
    assert.equal(again.welcome.snapshot?.chat.messages[0]?.text, 'Before');
    const rude = await server.open();
    rude.sendHello({ token: tokens.rude });
    assert.equal(await rude.closed(), 'removed');
    await server.stop();
    await rm(folder, { recursive: true });
    server = await TestServer.start();
  });

  it('let everyone go when the server goes down, and nobody in', async () => {
    const client = await server.join('ada');
    await server.rooms.close();
    assert.equal(await client.closed(), 'unavailable');
    const late = await server.open();
    late.sendHello({ token: await server.token('bob') });
    assert.equal(await late.closed(), 'unavailable');
    assert.equal(server.clock.waiting, 1);
  });
});

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

describe('the lobby', () => {
  let server: TestServer;
  let host: JoinedClient;
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lobby-'));
    path = join(folder, 'rooms.db');
    server = await TestServer.start({ store: SqliteRoomStore.open(path) });
    host = await server.join('host', { role: 'host', name: 'Hanna' });
    await host.ask('setLobby', { waitBelow: 'host' });
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const roleOf = ({ welcome }: JoinedClient) => welcome.snapshot?.self.participant.role;
  const waiting = async () => (await host.ask('getLobby', {})).waiting.map(({ id }) => id);
  const tellLobby = () => server.elapse(1_000, host);

  it('[I1] keeps newcomers of a lesser role at the door, where they learn the title and nothing else', async () => {
    await host.ask('sendChat', { text: 'secret' });
    const ada = await server.join('ada', { name: 'Ada' });
    assert.deepEqual(ada.welcome.snapshot, {
      room: ada.welcome.snapshot?.room,
      roles: { lobby: { name: 'lobby', publish: [], watch: 'none', permissions: [] } },
      self: { participant: ada.welcome.snapshot?.self.participant, permissions: [] },
      participants: [ada.welcome.snapshot?.self.participant],
      counts: {},
      roleOffers: [],
      streams: [],
      spotlight: null,
      activeSpeaker: null,
      chat: { total: 0, messages: [] },
      broadcast: null,
    });
    assert.equal(roleOf(ada), 'lobby');
    await host.ask('sendChat', { text: 'more' });
    await host.ask('lockRoom', { locked: true });
    for (const [name, data] of [
      ['sendChat', { text: 'let me in' }],
      ['loadChat', { before: 5, limit: 5 }],
      ['listParticipants', {}],
      ['changeRole', { participantId: 'ada', role: 'audience' }],
      ['getMediaCapabilities', {}],
      ['openTransport', { direction: 'receive' }],
      ['admit', { participantId: 'ada' }],
    ] as const) {
      assert.equal((await ada.request(name, data)).error?.code, 'forbidden', name);
    }
    assert.deepEqual(ada.events, []);
    const { participants } = await host.ask('listParticipants', {});
    assert.deepEqual(
      participants.map(({ id }) => id),
      ['host'],
    );
  });

  it('[I2] lets one in, who finds the room and waits no more, after a restart neither', async () => {
    const ada = await server.join('ada', { name: 'Ada' });
    assert.deepEqual(await host.ask('admit', { participantId: 'ada' }), { admitted: 1 });
    assert.equal(await ada.closed(), null);
    const inside = await server.resume(ada, 0);
    assert.deepEqual([inside.welcome.resumed, roleOf(inside)], [false, 'viewer']);
    await inside.ask('sendChat', { text: 'Hello' });
    await inside.ask('leave', {});
    await server.stop();
    server = await TestServer.start({ store: SqliteRoomStore.open(path) });
    assert.equal(roleOf(await server.join('ada')), 'viewer');
    assert.equal(roleOf(await server.join('bob')), 'lobby');
  });

  it('[I3] is told to those who may let people in, and to nobody else', async () => {
    const guest = await server.join('gus', { role: 'guest', permissions: ['participant.remove'] });
    await server.join('ada', { name: 'Ada' });
    await tellLobby();
    const since = (await host.ask('getLobby', {})).waiting[0]?.waitingSince;
    const expected = {
      waitBelow: 'host',
      waiting: [{ id: 'ada', name: 'Ada', role: 'viewer', waitingSince: since }],
      total: 1,
    };
    assert.deepEqual(host.signals('lobbyChanged').at(-1), expected);
    await guest.settle();
    assert.deepEqual(guest.signals('lobbyChanged').at(-1), expected);
    await host.ask('admit', { participantId: null });
    const viewer = await server.join('ada');
    await server.join('bob');
    await server.elapse(1_000, host, viewer);
    assert.deepEqual(viewer.signals('lobbyChanged'), []);
  });

  it('lets in all at once, in pages where there are many', async () => {
    const clients: JoinedClient[] = [];
    for (const id of ['a', 'b', 'c', 'd']) clients.push(await server.join(id));
    const first = await host.ask('getLobby', { limit: 3 });
    const rest = await host.ask('getLobby', { after: 'c', limit: 3 });
    assert.deepEqual([first.total, first.waiting.length, rest.waiting.map(({ id }) => id)], [4, 3, ['d']]);
    assert.deepEqual(await host.ask('admit', { participantId: null }), { admitted: 4 });
    for (const client of clients) assert.equal(roleOf(await server.resume(client)), 'viewer');
    assert.deepEqual(await host.ask('admit', { participantId: null }), { admitted: 0 });
    assert.equal(await host.codeOf('admit', { participantId: 'a' }), 'notFound');
  });

  it('[I3] [P6] turns away: that token opens no more, a later one does', async () => {
    const token = await server.token('ada');
    const ada = await server.join('ada', {}, { token });
    await host.ask('turnAway', { participantId: 'ada', reason: 'Not invited' });
    assert.equal(await ada.closed(), 'removed');
    const again = await server.open();
    again.sendHello({ room: 'launch', token });
    assert.equal(await again.closed(), 'removed');
    server.clock.advance(2_000);
    assert.equal(roleOf(await server.join('ada')), 'lobby');
    const { entries } = await host.ask('listModerationLog', { limit: 2 });
    assert.deepEqual(
      entries.map(({ action, target, reason }) => [action, target?.id, reason]),
      [
        ['participantTurnedAway', 'ada', 'Not invited'],
        ['lobbyOpened', undefined, ''],
      ],
    );
  });

  it('[I4] lets pass who may let in, whose token says so, who has a place, and who is not below', async () => {
    assert.equal(roleOf(await server.join('pat', { role: 'producer' })), 'producer');
    assert.equal(roleOf(await server.join('vip', { admit: true })), 'viewer');
    await host.ask('setLobby', { waitBelow: 'viewer' });
    assert.equal(roleOf(await server.join('gus', { role: 'guest' })), 'guest');
    const ada = await server.join('ada');
    assert.equal(roleOf(ada), 'viewer');
    assert.equal(roleOf(await server.join('hal', { role: 'audience' })), 'lobby');
    await host.ask('setLobby', { waitBelow: 'host' });
    ada.cut();
    assert.equal((await server.resume(ada)).welcome.resumed, true);
  });

  it('[I2] who was removed waits when they come back', async () => {
    const ada = await server.join('ada');
    await host.ask('admit', { participantId: 'ada' });
    await server.resume(ada);
    await host.ask('removeParticipant', { participantId: 'ada' });
    server.clock.advance(2_000);
    assert.equal(roleOf(await server.join('ada')), 'lobby');
    await host.ask('banParticipant', { participantId: 'ada' });
    assert.deepEqual(await waiting(), []);
  });

  it('[I3] that ends lets in all who wait, and a lower bar those above it', async () => {
    const gus = await server.join('gus', { role: 'guest' });
    const ada = await server.join('ada');
    await host.ask('setLobby', { waitBelow: 'guest' });
    assert.equal(roleOf(await server.resume(gus)), 'guest');
    assert.deepEqual(await waiting(), ['ada']);
    await host.ask('setLobby', { waitBelow: null });
    assert.equal(roleOf(await server.resume(ada)), 'viewer');
    assert.equal(await host.codeOf('setLobby', { waitBelow: 'king' }), 'notFound');
  });

  it('keeps the place in the line of one whose link broke, for a while', async () => {
    const ada = await server.join('ada');
    await server.join('bob');
    ada.cut();
    assert.equal(roleOf(await server.resume(ada)), 'lobby');
    assert.deepEqual(await waiting(), ['ada', 'bob']);
    const second = await server.join('bob');
    assert.deepEqual(await waiting(), ['ada', 'bob']);
    second.cut();
    await host.settle();
    await server.elapse(31_000, host);
    assert.equal(
      (await waiting()).some((id) => id === 'bob'),
      false,
    );
  });

  it('[T3] takes a fresh token of one who waits', async () => {
    const ada = await server.join('ada', { validForSeconds: 90 });
    server.clock.advance(1_000);
    const token = await server.token('ada', { role: 'guest', validForSeconds: 3_600 });
    const { expiresAt } = await ada.ask('refreshToken', { token });
    assert.equal(expiresAt, server.clock.now() + 3_600_000);
    assert.deepEqual((await server.rooms.open(host.welcome.snapshot!.room.id)).roster.counts, { host: 1 });
    await ada.ask('leave', {});
    await ada.closed();
    assert.deepEqual(await waiting(), []);
  });

  it('keeps the room while somebody waits', async () => {
    const ada = await server.join('ada');
    await host.ask('leave', {});
    await server.elapse(150_000, ada);
    assert.equal(ada.closeCode, null);
    host = await server.join('host', { role: 'host' });
    assert.deepEqual(await waiting(), ['ada']);
  });
});

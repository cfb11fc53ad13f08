import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { BUILT_IN_ROLES, roomSnapshot } from '../../../src/protocol/index.ts';
import * as v from 'valibot';
import { TestServer } from './test-server.ts';

describe('hello', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start();
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  it('[H1] must come within 5 s', async () => {
    const silent = await server.open();
    server.clock.advance(4_750);
    assert.equal(silent.closeCode, null);
    server.clock.advance(250);
    assert.equal(await silent.closed(), 'timeout');
  });

  it('[H1] must come first', async () => {
    for (const frame of [
      { type: 'request', id: 1, key: 'key-of-8', name: 'leave', data: {} },
      { type: 'ping', at: 1 },
    ]) {
      const client = await server.open();
      client.send(frame);
      assert.equal(await client.closed(), 'badFrame');
    }
  });

  it('[H1] lets a few requests follow, which are answered behind the welcome', async () => {
    const client = await server.open();
    client.sendHello({ token: await server.token('ada') });
    const early = [1, 2, 3, 4].map(() => client.sendRequest('listParticipants', {}));
    for (const request of early) assert.deepEqual((await client.reply(request)).error, undefined);
    assert.equal(client.frames[0]?.type, 'welcome');
  });

  it('[H1] answers none of them where there is no welcome', async () => {
    const client = await server.open();
    client.sendHello({ token: 'no token' });
    client.sendRequest('listParticipants', {});
    assert.equal(await client.closed(), 'tokenInvalid');
    assert.deepEqual(
      client.frames.map(({ type }) => type),
      ['bye'],
    );
  });

  it('[H1] must be answered before more is asked', async () => {
    const client = await server.open();
    client.sendHello({ token: await server.token('ada') });
    for (let request = 0; request < 5; request += 1) client.sendRequest('leave', {});
    assert.equal(await client.closed(), 'badFrame');
  });

  it('[H2] settles on a version both speak', async () => {
    const { welcome } = await server.join('ada', {}, { versions: [7, 1] });
    assert.equal(welcome.version, 1);
    const stranger = await server.open();
    stranger.sendHello({ token: await server.token('bob'), versions: [7, 8] });
    assert.equal(await stranger.closed(), 'versionUnsupported');
  });

  it('[H3] is answered by welcome, with everything needed to draw the room', async () => {
    await server.join('ada', { role: 'host', name: 'Ada' });
    const { welcome, frames } = await server.join('bob', { name: 'Bob', permissions: ['chat.moderate'] });
    assert.equal(frames[0]?.type, 'welcome');
    assert.equal(welcome.participantId, 'bob');
    assert.equal(welcome.resumed, false);
    assert.equal(welcome.at, server.clock.now());
    assert.equal(welcome.tokenExpiresAt, server.clock.now() + 3_600_000);
    assert.match(welcome.sessionKey, /^[\w-]{24}$/);
    const snapshot = v.parse(v.strictObject(roomSnapshot.entries), welcome.snapshot);
    assert.deepEqual(Object.keys(snapshot.roles), Object.keys(BUILT_IN_ROLES));
    assert.deepEqual(snapshot.self.permissions, [...BUILT_IN_ROLES.viewer.permissions, 'chat.moderate']);
    assert.deepEqual(snapshot.counts, { host: 1, viewer: 1 });
    assert.deepEqual(
      snapshot.participants.map(({ id, name, role, lost }) => ({ id, name, role, lost })),
      [
        { id: 'ada', name: 'Ada', role: 'host', lost: false },
        { id: 'bob', name: 'Bob', role: 'viewer', lost: false },
      ],
    );
  });

  it('[H3] is answered by bye, and the socket closes', async () => {
    const client = await server.open();
    client.sendHello({ token: 'no token' });
    assert.equal(await client.closed(), 'tokenInvalid');
    assert.deepEqual(
      client.frames.map(({ type }) => type),
      ['bye'],
    );
  });

  it('[H4] comes once', async () => {
    const client = await server.join('ada');
    client.sendHello({ token: await server.token('ada') });
    assert.equal(await client.closed(), 'badFrame');
  });

  it('[T1] takes the token of that room alone', async () => {
    const client = await server.open();
    client.sendHello({ room: 'launch', token: await server.token('ada', { room: 'other' }) });
    assert.equal(await client.closed(), 'tokenInvalid');
  });

  it('[T1] takes no role that the room has not', async () => {
    for (const role of ['director', 'constructor', 'toString']) {
      const client = await server.open();
      client.sendHello({ token: await server.token('ada', { role }) });
      assert.equal(await client.closed(), 'tokenInvalid');
    }
  });

  it('[T1] calls a participant as the token says, else as the client does, else by id', async () => {
    const nameOf = async (id: string, token?: string, offered?: string) => {
      const client = await server.join(
        id,
        token === undefined ? {} : { name: token },
        offered === undefined ? {} : { name: offered },
      );
      return client.welcome.snapshot?.self.participant.name;
    };
    assert.equal(await nameOf('ada', 'Ada', 'Somebody'), 'Ada');
    assert.equal(await nameOf('bob', undefined, ' Bob\u202e\n '), 'Bob');
    assert.equal(await nameOf('cyd'), 'cyd');
  });

  it('[T4] leaves out of a name what is not seen, breaks lines, turns the writing or heaps marks', async () => {
    const names: readonly (readonly [string, string])[] = [
      ['Gr\u200dace\u2060\u00ad', 'Grace'],
      ['\u200fAda\u061c \u3164 Lovelace\u{e0041}', 'Ada Lovelace'],
      ['Ali\u3000\n Baba', 'Ali Baba'],
      [`Z${'\u0335'.repeat(40)}algo`, `Z${'\u0335'.repeat(4)}algo`],
      ['می\u200cخواهم 👩🏽\u200d🚀 ❤️', 'می\u200cخواهم 👩🏽\u200d🚀 ❤️'],
    ];
    for (const [index, [given, shown]] of names.entries()) {
      const { welcome } = await server.join(`name-${index}`, { name: given });
      assert.equal(welcome.snapshot?.self.participant.name, shown);
    }
    for (const blank of ['\u200b\u2060', '\u3164', '\u2800 \u115f']) {
      const { welcome } = await server.join('blank', {}, { name: blank });
      assert.equal(welcome.snapshot?.self.participant.name, 'blank');
    }
  });

  it('[T4] tells apart by a number who names themselves like somebody who is announced', async () => {
    const nameOf = async (id: string, offered: string, token = {}) =>
      (await server.join(id, token, { name: offered })).welcome.snapshot?.self.participant.name;
    await server.join('grace', { role: 'host', name: 'Grace Hopper' });
    for (const [index, name] of [
      'Grace Hopper',
      'grace  hopper',
      'Grасe Норper',
      'Ɡrace H0pper',
      'Grace.Hopper',
    ].entries()) {
      assert.equal(await nameOf(`copy-${index}`, name), `${name.replace('  ', ' ')} (2)`, name);
    }
    // What the site says it answers for, and those who are only counted are like anybody.
    assert.equal(await nameOf('site', 'Nobody', { name: 'Grace Hopper' }), 'Grace Hopper');
    assert.equal(await nameOf('ann', 'Ann'), 'Ann');
    assert.equal(await nameOf('other-ann', 'Ann'), 'Ann');
  });

  it('[T2] takes nothing of the role from the frame', async () => {
    const client = await server.open();
    const token = await server.token('ada', { role: 'viewer' });
    client.send({ type: 'hello', room: 'launch', versions: [1], token, role: 'host', permissions: ['room.end'] });
    const [welcome] = (await client.next(({ type }) => type === 'welcome'), client.welcomes);
    assert.equal(welcome?.snapshot?.self.participant.role, 'viewer');
    assert.equal(await client.codeOf('endRoom', {}), 'forbidden');
  });

  it('[T3] refuses an expired token', async () => {
    const token = await server.token('ada', { validForSeconds: 10 });
    server.clock.advance(10_000);
    const client = await server.open();
    client.sendHello({ token });
    assert.equal(await client.closed(), 'tokenExpired');
  });

  it('[T3] is asked for a fresh token 60 s before the end, and sent away at the end', async () => {
    const client = await server.join('ada', { validForSeconds: 120 });
    await server.elapse(59_750, client);
    assert.deepEqual(client.signals('tokenExpiring'), []);
    server.clock.advance(250);
    assert.deepEqual(await client.signal('tokenExpiring'), { expiresAt: client.welcome.tokenExpiresAt });
    await server.elapse(59_000, client);
    assert.equal(client.signals('tokenExpiring').length, 1);
    server.clock.advance(1_000);
    assert.equal(await client.closed(), 'tokenExpired');
  });

  it('[T3] is asked at once where there is less', async () => {
    const client = await server.join('ada', { validForSeconds: 30 });
    assert.deepEqual(await client.signal('tokenExpiring'), { expiresAt: client.welcome.tokenExpiresAt });
  });

  it('[T3] carries on with a fresh token, with its role and permissions, and no rejoin', async () => {
    const client = await server.join('ada', { validForSeconds: 30 });
    const token = await server.token('ada', { validForSeconds: 90, role: 'guest', permissions: ['room.end'] });
    const { expiresAt } = await client.ask('refreshToken', { token });
    assert.equal(expiresAt, server.clock.now() + 90_000);
    assert.equal((await client.event('roleChanged')).participant.role, 'guest');
    await server.elapse(40_000, client);
    assert.equal(client.signals('tokenExpiring').length, 2);
    assert.equal(client.welcomes.length, 1);
    assert.equal(await client.codeOf('endRoom', {}), null);
  });

  it("[T3] takes no one else's token", async () => {
    const client = await server.join('ada');
    const tokens = [await server.token('bob'), await server.token('ada', { room: 'other' }), 'x.y.z'];
    for (const token of tokens) assert.equal(await client.codeOf('refreshToken', { token }), 'tokenInvalid');
    const expired = await server.token('ada', { validForSeconds: -1 });
    assert.equal(await client.codeOf('refreshToken', { token: expired }), 'tokenExpired');
  });

  it('turns away who joins a room that has ended', async () => {
    const host = await server.join('ada', { role: 'host' });
    await host.ask('endRoom', {});
    assert.equal(await host.closed(), 'roomEnded');
    const late = await server.open();
    late.sendHello({ token: await server.token('bob') });
    assert.equal(await late.closed(), 'roomEnded');
  });
});

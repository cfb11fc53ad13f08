import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BUILT_IN_ROLES, REQUEST_PERMISSIONS, REQUESTS } from '../../../src/protocol/index.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';
import { REACH, ROLES, TABLE } from './table.ts';

describe('every request by every role', () => {
  let server: TestServer;
  let victim: JoinedClient;

  before(async () => {
    server = await TestServer.start();
    victim = await server.join('victim', { role: 'guest' });
  });

  after(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  it('[P1] is in the table, and the table says what the protocol says', () => {
    assert.deepEqual(new Set(TABLE.map(({ request }) => request)), new Set(Object.keys(REQUESTS)));
    for (const { request, roles } of TABLE) {
      const permission = REQUEST_PERMISSIONS[request];
      if (permission === null) continue;
      const allowed = ROLES.filter((role) =>
        (BUILT_IN_ROLES[role].permissions as readonly string[]).includes(permission),
      );
      assert.deepEqual(roles, allowed, request);
    }
  });

  for (const { request, data, roles } of TABLE) {
    for (const role of ROLES) {
      const allowed = roles.includes(role);
      it(`[P1] ${request} ${JSON.stringify(data).slice(0, 40)} is ${allowed ? 'open' : 'forbidden'} to ${role}`, async () => {
        const room = `${request}-${role}-${JSON.stringify(data).length}`;
        const others = await server.join('victim', { room, role: 'guest' });
        const client = await server.join('actor', { room, role });
        await others.settle();
        const { channel, stage, chat } = await server.rooms.open(client.welcome.snapshot!.room.id);
        const before = [channel.seq, stage.spotlight, chat.view.total];
        const { error } = await client.request(request, data);
        assert.equal(error?.code === 'forbidden', !allowed, error?.code);
        if (!allowed) {
          assert.deepEqual([channel.seq, stage.spotlight, chat.view.total], before);
          assert.equal(others.closeCode, null);
        }
        assert.equal(victim.closeCode, null);
      });
    }
  }

  for (const actor of ['host', 'producer'] as const) {
    for (const target of ROLES) {
      const expected = REACH[actor].includes(target) ? null : 'forbidden';
      it(`[P8] ${actor} ${expected ? 'does not reach' : 'reaches'} ${target}`, async () => {
        const room = `${actor}-${target}`;
        const client = await server.join('actor', { room, role: actor });
        await server.join('muted', { room, role: target });
        await server.join('moved', { room, role: target });
        const removed = await server.join('removed', { room, role: target });
        await server.join('given', { room });
        const { channel } = await server.rooms.open(client.welcome.snapshot!.room.id);
        const before = channel.seq;
        assert.equal(await client.codeOf('muteParticipant', { participantId: 'muted' }), expected);
        assert.equal(await client.codeOf('changeRole', { participantId: 'moved', role: 'viewer' }), expected);
        assert.equal(await client.codeOf('removeParticipant', { participantId: 'removed' }), expected);
        assert.equal(await client.codeOf('changeRole', { participantId: 'given', role: target }), expected);
        assert.equal(await client.codeOf('changeRole', { participantId: 'actor', role: target }), expected);
        if (!expected) return assert.equal(await removed.closed(), 'removed');
        await removed.settle();
        assert.deepEqual([channel.seq, removed.closeCode], [before, null]);
      });
    }
  }

  it('[P8] reach is what role and token allow together', async () => {
    const room = 'reach';
    const helper = await server.join('helper', { room, role: 'producer', permissions: ['room.end'] });
    await server.join('ada', { room, role: 'host' });
    assert.deepEqual(await helper.ask('changeRole', { participantId: 'helper', role: 'host' }), {
      status: 'offered',
      offerId: (await helper.event('roleOffered')).offer.id,
    });
    assert.equal(await helper.codeOf('muteParticipant', { participantId: 'ada' }), null);
    const viewer = await server.join('viewer', { room, permissions: ['participant.remove'] });
    assert.equal(await viewer.codeOf('removeParticipant', { participantId: 'ada' }), 'forbidden');
  });

  it('[P1] is open to who has the permission from the token', async () => {
    const client = await server.join('helper', { room: 'extra', role: 'audience', permissions: ['stage.arrange'] });
    assert.equal(await client.codeOf('spotlight', { participantId: 'helper' }), null);
    assert.equal(await client.codeOf('endRoom', {}), 'forbidden');
  });

  it('[P1] is checked when it takes effect, not when it came', async () => {
    const host = await server.join('host', { room: 'late', role: 'host' });
    const demotion = host.sendRequest('changeRole', { participantId: 'host', role: 'viewer' });
    const ending = host.sendRequest('endRoom', {});
    assert.equal((await host.reply(demotion)).error, undefined);
    assert.equal((await host.reply(ending)).error?.code, 'forbidden');
  });
});

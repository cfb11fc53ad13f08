import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createOffer } from '../whip/offers.ts';
import { ApiClient, type ApiCall } from './api-client.ts';
import { joinRoom, startTestServer, type TestServer } from './test-server.ts';

/** Every operation with what it needs. */
const CALLS: Readonly<Record<string, Pick<ApiCall, 'body'>>> = {
  getLobby: {},
  changeLobby: { body: { waitBelow: null } },
  admitEveryone: {},
  admitParticipant: {},
  turnAwayParticipant: { body: {} },
};

describe('the lobby by REST', () => {
  let server: TestServer;
  let api: ApiClient;
  const path = { roomId: 'launch' };

  before(async () => {
    server = await startTestServer();
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
  });
  after(() => server.close());

  const join = async (participantId: string, extra: object = {}) => {
    const body = { role: 'viewer', participantId, name: participantId, ...extra };
    return joinRoom(server.origin, 'launch', (await api.call('mintToken', { path, body })).body.token);
  };

  it('[I1] [I2] [I3] says who waits, lets in, sends away and ends', async () => {
    const { body } = await api.call('changeLobby', { path, body: { waitBelow: 'host' } });
    assert.deepEqual(body, { waitBelow: 'host', waiting: [], total: 0 });
    const clients = [await join('ada'), await join('bob'), await join('eve'), await join('mia')];
    const vip = await join('vip', { admit: true });
    assert.deepEqual(
      (await api.call('getLobby', { path })).body.waiting.map(({ id }) => id),
      ['ada', 'bob', 'eve', 'mia'],
    );
    assert.equal((await api.call('admitParticipant', { path: { ...path, participantId: 'ada' } })).body.admitted, 1);
    const away = await api.call('turnAwayParticipant', {
      path: { ...path, participantId: 'bob' },
      body: { reason: 'No' },
    });
    assert.equal(away.body.total, 2);
    assert.equal((await api.call('admitEveryone', { path })).body.admitted, 2);
    await Promise.all(clients.map(({ closed }) => closed));
    assert.equal((await api.call('getRoom', { path })).body.counts['viewer'], 1);
    assert.equal((await api.call('changeLobby', { path, body: { waitBelow: null } })).body.waitBelow, null);
    vip.socket.close();
  });

  it('[I1] turns away who could not wait: a client of WHIP', async () => {
    await api.call('changeLobby', { path, body: { waitBelow: 'host' } });
    const { body } = await api.call('mintToken', { path, body: { role: 'guest', participantId: 'encoder' } });
    const answer = await fetch(`${server.origin}/whip/launch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${body.token}`, 'content-type': 'application/sdp' },
      body: createOffer(),
    });
    assert.equal(answer.status, 409);
    assert.match(await answer.text(), /let in/);
    assert.equal((await api.call('getRoom', { path })).body.counts['guest'], undefined);
  });

  it('says no to what makes no sense', async () => {
    await api.call('createRoom', { body: { id: 'over' } });
    await api.call('endRoom', { path: { roomId: 'over' } });
    for (const [operation, call] of Object.entries(CALLS)) {
      const all = { ...path, participantId: 'nobody' };
      const codeOf = async (change: ApiCall) =>
        (await api.call(operation, { path: all, ...call, ...change })).body.error?.code;
      assert.equal(await codeOf({ path: { ...all, roomId: 'nowhere' } }), 'notFound', operation);
      assert.equal(await codeOf({ path: { ...all, roomId: '!' } }), 'badRequest', operation);
      assert.equal(await codeOf({ key: null }), 'unauthorized', operation);
      assert.equal(await codeOf({ path: { ...all, roomId: 'over' } }), 'roomEnded', operation);
      if (!('body' in call)) continue;
      assert.equal(await codeOf({ body: { x: 'x'.repeat(70_000) } }), 'tooLarge', operation);
      assert.equal(await codeOf({ headers: { 'content-type': 'text/csv' } }), 'unsupportedMediaType', operation);
    }
    assert.deepEqual(api.unseen(['lobby']), []);
  });
});

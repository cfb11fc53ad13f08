import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { BreakoutsView } from '../../../src/protocol/index.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { ApiClient } from './api-client.ts';
import { joinRoom, startTestServer, type TestServer } from './test-server.ts';

const DRAFT = { rooms: [{ name: 'Left' }, { name: 'Right', size: 1 }], assignment: 'byHand' };

describe('breakouts by REST', () => {
  const receiver = new Receiver();
  const path = { roomId: 'launch' };
  let server: TestServer;
  let api: ApiClient;

  before(async () => {
    const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`;
    server = await startTestServer({ webhookUrls: [await receiver.listen()], webhookSecret });
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
  });
  after(async () => {
    await server.close();
    await receiver.close();
  });

  const call = async (operation: string, options: Parameters<ApiClient['call']>[1] = {}) => {
    const { status, body } = await api.call(operation, { ...options, path: { ...path, ...options.path } });
    const answer: object = body;
    return { status, breakouts: (answer as { breakouts: BreakoutsView | null }).breakouts };
  };

  it('[F1] are drafted once for a key, opened, said something to, and closed; and told of', async () => {
    const { body } = await api.call('mintToken', { path, body: { role: 'viewer', participantId: 'ada', name: 'Ada' } });
    const client = await joinRoom(server.origin, 'launch', body.token);
    const headers = { 'idempotency-key': 'one' };
    const { breakouts: drafted } = await call('createBreakouts', { body: DRAFT, headers });
    const again = await call('createBreakouts', { body: DRAFT, headers });
    assert.equal(again.breakouts?.rooms[0]?.roomId, drafted?.rooms[0]?.roomId);
    const roomId = drafted!.rooms[0]!.roomId;
    const assigned = await call('assignBreakout', { path: { participantId: 'ada' }, body: { roomId } });
    assert.equal(assigned.breakouts?.rooms[0]?.assigned, 1);
    const fill = { body: { roomId, count: 1 }, headers: { 'idempotency-key': 'one-more' } };
    const bob = await api.call('mintToken', { path, body: { role: 'viewer', participantId: 'bob', name: 'Bob' } });
    const eve = await api.call('mintToken', { path, body: { role: 'viewer', participantId: 'eve', name: 'Eve' } });
    const others = [bob, eve].map((minted) => joinRoom(server.origin, 'launch', minted.body.token));
    const joined = await Promise.all(others);
    for (let repeat = 0; repeat < 2; repeat += 1) {
      const filled = await call('fillBreakout', fill);
      assert.deepEqual([filled.status, filled.breakouts?.rooms[0]?.assigned], [200, 2]);
    }
    const opened = await call('openBreakouts', { body: { durationMs: 600_000 } });
    assert.equal(opened.breakouts?.rooms[0]?.present, 2);
    const welcome = await client.next('welcome');
    assert.equal((welcome['snapshot'] as { room: { id: string } }).room.id, roomId);
    const said = await call('announceToBreakouts', { body: { text: 'Soon' } });
    assert.equal(said.breakouts?.announcement?.text, 'Soon');
    assert.equal((await call('createBreakouts', { body: DRAFT })).status, 409);
    assert.ok((await call('closeBreakouts', { body: {} })).breakouts?.closesAt);
    assert.equal((await call('closeBreakouts', { body: { warningMs: 0 } })).breakouts, null);
    await client.next('welcome');
    assert.equal((await call('getBreakouts')).breakouts, null);
    for (const each of [client, ...joined]) each.socket.terminate();
    const types = () => receiver.received.map((each) => JSON.parse(each.body)).map(({ type }) => type);
    for (let heard = 1; !types().includes('breakouts.closed'); heard += 1) await receiver.count(heard);
    assert.deepEqual(
      [...new Set(types().filter((type) => type.startsWith('breakouts.')))],
      ['breakouts.opened', 'breakouts.moved', 'breakouts.closed'],
    );
  });

  it('say what is wrong', async () => {
    const person = { participantId: 'nobody' };
    const operations: readonly [string, Parameters<ApiClient['call']>[1]][] = [
      ['getBreakouts', {}],
      ['createBreakouts', { body: DRAFT }],
      ['assignBreakout', { path: person, body: { roomId: null } }],
      ['fillBreakout', { body: { roomId: 'none', count: 1 } }],
      ['openBreakouts', { body: {} }],
      ['closeBreakouts', { body: {} }],
      ['announceToBreakouts', { body: { text: 'Hello' } }],
    ];
    for (const operation of ['openBreakouts', 'announceToBreakouts', 'assignBreakout', 'fillBreakout']) {
      const [, options] = operations.find(([name]) => name === operation)!;
      assert.equal((await call(operation, options)).status, 409, operation);
    }
    await api.call('endRoom', { path });
    for (const [operation, options = {}] of operations) {
      const at = (roomId: string) => ({ ...options, path: { ...options.path, roomId } });
      assert.equal((await call(operation, at('nowhere'))).status, 404, operation);
      assert.equal((await call(operation, at('no room'))).status, 400, operation);
      assert.equal((await call(operation, { ...options, key: null })).status, 401, operation);
      assert.equal((await call(operation, options)).status, 410, operation);
      if (options.body === undefined) continue;
      assert.equal((await call(operation, { ...options, body: { text: 'x'.repeat(2_000_000) } })).status, 413);
      const headers = { 'content-type': 'application/xml' };
      assert.equal((await call(operation, { ...options, body: 'x', headers })).status, 415);
    }
    assert.deepEqual(api.unseen(['breakouts']), []);
  });
});

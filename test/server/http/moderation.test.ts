import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiClient, type ApiCall } from './api-client.ts';
import { joinRoom, startTestServer, type TestServer } from './test-server.ts';

/** Every operation with what it needs. */
const CALLS: Readonly<Record<string, Pick<ApiCall, 'body'>>> = {
  getModeration: {},
  changeModeration: { body: { locked: false } },
  banParticipant: { body: {} },
  liftBan: {},
  readModerationLog: {},
  getChatPolicies: {},
  changeChatPolicies: { body: { links: 'hold' } },
  listHeldMessages: {},
  approveHeldMessage: {},
  rejectHeldMessage: { body: {} },
};

describe('moderation by REST', () => {
  let server: TestServer;
  let api: ApiClient;
  const path = { roomId: 'launch', participantId: 'ada', messageId: 'none' };

  before(async () => {
    server = await startTestServer();
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
  });
  after(() => server.close());

  it('[D3] [D6] locks, sets slow mode, and leaves alone what is not named', async () => {
    const locked = await api.call('changeModeration', { path, body: { locked: true } });
    assert.deepEqual(locked.body, { locked: true, slowModeMs: 0, writers: null, pins: [], sanctions: [] });
    const slow = await api.call('changeModeration', { path, body: { slowModeMs: 5_000 } });
    assert.deepEqual([slow.body.locked, slow.body.slowModeMs], [true, 5_000]);
    assert.deepEqual((await api.call('getModeration', { path })).body, slow.body);
  });

  it('[D10] closes the chat for roles, which are those of the room', async () => {
    const closed = await api.call('changeModeration', { path, body: { writers: ['host', 'guest'] } });
    assert.deepEqual(closed.body.writers, ['guest', 'host']);
    const wrong = await api.call('changeModeration', { path, body: { writers: ['nobody'] } });
    assert.equal(wrong.body.error?.code, 'notFound');
    assert.equal((await api.call('changeModeration', { path, body: { writers: null } })).body.writers, null);
  });

  it('[D5] bans, lifts, and says who is banned', async () => {
    const { body } = await api.call('banParticipant', { path, body: { durationMs: 60_000, reason: 'Spam' } });
    const [ban] = body.sanctions;
    assert.deepEqual([ban?.kind, ban?.participant.id, ban?.reason, ban?.givenBy], ['ban', 'ada', 'Spam', null]);
    assert.deepEqual((await api.call('liftBan', { path })).body.sanctions, []);
    assert.equal((await api.call('liftBan', { path })).body.error?.code, 'notFound');
  });

  it('[D7] gives the log by pages, newest first', async () => {
    const first = await api.call('readModerationLog', { path, query: { limit: '3' } });
    assert.deepEqual(
      first.body.entries.map(({ action, actor }) => [action, actor]),
      [
        ['banLifted', null],
        ['banned', null],
        ['chatWritersChanged', null],
      ],
    );
    const rest = await api.call('readModerationLog', { path, query: { limit: '3', before: String(first.body.next) } });
    assert.deepEqual(
      [rest.body.entries.map(({ action }) => action), rest.body.next],
      [['chatWritersChanged', 'slowModeChanged', 'roomLocked'], null],
    );
  });

  it('[Y1] [Y4] changes policies of the chat, and decides on what waits', async () => {
    const changed = await api.call('changeChatPolicies', { path, body: { holdsFirstMessages: true } });
    assert.deepEqual((await api.call('getChatPolicies', { path })).body, changed.body);
    await api.call('changeModeration', { path, body: { locked: false, slowModeMs: 0 } });
    const { body } = await api.call('mintToken', { path, body: { role: 'viewer', participantId: 'bob' } });
    const client = await joinRoom(server.origin, 'launch', body.token);
    for (const id of [1, 2]) {
      const data = { text: `Hello ${id}` };
      client.socket.send(JSON.stringify({ type: 'request', id, key: `key-number-${id}`, name: 'sendChat', data }));
      await client.next('reply');
    }
    const { held } = (await api.call('listHeldMessages', { path })).body;
    assert.deepEqual(
      held.map(({ text, reason }) => [text, reason]),
      [
        ['Hello 1', 'firstMessage'],
        ['Hello 2', 'firstMessage'],
      ],
    );
    const [first, second] = held.map(({ id }) => ({ path: { ...path, messageId: id } }));
    assert.equal((await api.call('approveHeldMessage', first)).body.message.text, 'Hello 1');
    assert.equal((await api.call('rejectHeldMessage', { ...second, body: { reason: 'Spam' } })).status, 200);
    assert.deepEqual((await api.call('listHeldMessages', { path })).body.total, 0);
    client.socket.close();
  });

  it('says no to what makes no sense', async () => {
    await api.call('createRoom', { body: { id: 'over' } });
    await api.call('endRoom', { path: { roomId: 'over' } });
    for (const [operation, call] of Object.entries(CALLS)) {
      const codeOf = async (change: ApiCall) =>
        (await api.call(operation, { path, ...call, ...change })).body.error?.code;
      assert.equal(await codeOf({ path: { ...path, roomId: 'nowhere' } }), 'notFound', operation);
      assert.equal(await codeOf({ path: { ...path, roomId: '!' } }), 'badRequest', operation);
      assert.equal(await codeOf({ key: null }), 'unauthorized', operation);
      const ended = operation === 'readModerationLog' ? undefined : 'roomEnded';
      assert.equal(await codeOf({ path: { ...path, roomId: 'over' } }), ended, operation);
      if (!('body' in call)) continue;
      assert.equal(await codeOf({ body: { x: 'x'.repeat(70_000) } }), 'tooLarge', operation);
      assert.equal(await codeOf({ headers: { 'content-type': 'text/csv' } }), 'unsupportedMediaType', operation);
    }
    assert.deepEqual(api.unseen(['moderation']), []);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiClient, type ApiCall } from './api-client.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** Every operation with what it needs. */
const CALLS: Readonly<Record<string, Pick<ApiCall, 'body'>>> = {
  getModeration: {},
  changeModeration: { body: { locked: false } },
  banParticipant: { body: {} },
  liftBan: {},
  readModerationLog: {},
};

describe('moderation by REST', () => {
  let server: TestServer;
  let api: ApiClient;
  const path = { roomId: 'launch', participantId: 'ada' };

  before(async () => {
    server = await startTestServer();
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
  });
  after(() => server.close());

  it('[D3] [D6] locks, sets slow mode, and leaves alone what is not named', async () => {
    const locked = await api.call('changeModeration', { path, body: { locked: true } });
    assert.deepEqual(locked.body, { locked: true, slowModeMs: 0, pins: [], sanctions: [] });
    const slow = await api.call('changeModeration', { path, body: { slowModeMs: 5_000 } });
    assert.deepEqual([slow.body.locked, slow.body.slowModeMs], [true, 5_000]);
    assert.deepEqual((await api.call('getModeration', { path })).body, slow.body);
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
        ['slowModeChanged', null],
      ],
    );
    const rest = await api.call('readModerationLog', { path, query: { limit: '3', before: String(first.body.next) } });
    assert.deepEqual([rest.body.entries.map(({ action }) => action), rest.body.next], [['roomLocked'], null]);
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

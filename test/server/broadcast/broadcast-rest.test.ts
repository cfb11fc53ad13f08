import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiClient, type ApiAnswer } from '../http/api-client.ts';
import { startTestServer, type TestServer } from '../http/test-server.ts';
import { FakeBroadcastParts } from './fake-broadcast-parts.ts';

const NO_POLICY = { broadcast: { startWithAudience: true, stopAfterMs: 60_000 } };

describe('the broadcast by REST', () => {
  let server: TestServer;
  let api: ApiClient;
  const parts = new FakeBroadcastParts();
  const path = { roomId: 'launch' };

  before(async () => {
    server = await startTestServer({}, { broadcastOutputs: parts.outputs, openBroadcastSource: parts.openSource });
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
  });
  after(() => server.close());

  const stateOf = ({ status, body }: ApiAnswer) => [status, body.broadcast?.state ?? null];
  const untilState = async (wanted: string) => {
    for (;;) {
      const answer = await api.call('getBroadcast', { path });
      if (answer.body.broadcast?.state === wanted) return answer.body.broadcast;
    }
  };

  it('starts, is arranged anew, and stops', async () => {
    assert.deepEqual(stateOf(await api.call('getBroadcast', { path })), [200, null]);
    const body = { quality: 'low', layout: { type: 'SPOTLIGHT' } };
    assert.deepEqual(stateOf(await api.call('startBroadcast', { path, body })), [200, 'HLS_STARTING']);
    while (parts.sources.length === 0) await api.call('getBroadcast', { path });
    parts.source.begin();
    const { options, livestreamUrl } = await untilState('HLS_PLAYABLE');
    assert.deepEqual([options.quality, options.layout.type, livestreamUrl], ['low', 'SPOTLIGHT', '/live.m3u8']);
    const changed = await api.call('changeBroadcastLayout', { path, body: { gridSize: 9 } });
    assert.equal(changed.body.broadcast?.options.layout.gridSize, 9);
    const mark = { class: 'com.example.poll', durationMs: 0, attributes: { 'poll-id': 'p1', votes: 3 } };
    const { status, body: told } = await api.call('markBroadcast', { path, body: mark });
    assert.equal(status, 200);
    assert.deepEqual(parts.output.marks, [{ ...mark, id: told.mark?.id, startedAt: told.mark?.startedAt }]);
    for (const wrong of [{ id: 'a"b' }, { id: 'a\nb' }, { attributes: { ä: 'x' } }, { attributes: { a: 'x\u0085' } }]) {
      assert.equal((await api.call('markBroadcast', { path, body: wrong })).status, 400, JSON.stringify(wrong));
    }
    assert.deepEqual(stateOf(await api.call('stopBroadcast', { path })), [200, 'HLS_STOPPING']);
    await untilState('HLS_STOPPED');
    assert.equal(parts.running, 0);
  });

  it('[W1] says no to what makes no sense', async () => {
    for (const operation of [
      'getBroadcast',
      'startBroadcast',
      'stopBroadcast',
      'changeBroadcastLayout',
      'markBroadcast',
    ]) {
      const body = operation === 'getBroadcast' || operation === 'stopBroadcast' ? {} : { body: {} };
      const nowhere = await api.call(operation, { path: { roomId: 'nowhere' }, ...body });
      assert.equal(nowhere.body.error?.code, 'notFound', operation);
      assert.equal((await api.call(operation, { path: { roomId: 'not a room' }, ...body })).status, 400);
      assert.equal((await api.call(operation, { path, ...body, key: null })).status, 401);
    }
    assert.equal((await api.call('startBroadcast', { path, body: { quality: 'huge' } })).status, 400);
    assert.equal((await api.call('startBroadcast', { path, body: { templateUrl: 'file:///etc/passwd' } })).status, 400);
    const off = await api.call('changeBroadcastLayout', { path, body: { gridSize: 4 } });
    assert.equal(off.body.error?.code, 'conflict');
    assert.equal((await api.call('markBroadcast', { path, body: {} })).body.error?.code, 'conflict');
  });

  it('[W8] records without broadcasting, and says no to one during the other', async () => {
    const recording = { path: { roomId: 'recorded' } };
    await api.call('createRoom', { body: { id: 'recorded' } });
    const started = await api.call('startRecording', { ...recording, body: { quality: 'low' } });
    assert.deepEqual(
      [started.body.broadcast?.state, started.body.broadcast?.options.recordOnly],
      ['HLS_STARTING', true],
    );
    assert.equal((await api.call('startBroadcast', { ...recording, body: {} })).body.error?.code, 'conflict');
    assert.deepEqual(stateOf(await api.call('startRecording', { ...recording, body: {} })), [200, 'HLS_STARTING']);
    await api.call('stopRecording', recording);
    await api.call('stopRecording', recording);
    while (parts.running > 0) await api.call('getBroadcast', { path });
    await api.call('startBroadcast', { ...recording, body: {} });
    assert.equal((await api.call('stopRecording', recording)).body.error?.code, 'conflict');
    await api.call('stopBroadcast', recording);
    for (const operation of ['startRecording', 'stopRecording']) {
      const body = operation === 'stopRecording' ? {} : { body: {} };
      assert.equal((await api.call(operation, { path: { roomId: 'nowhere' }, ...body })).status, 404);
      assert.equal((await api.call(operation, { path: { roomId: 'not a room' }, ...body })).status, 400);
      assert.equal((await api.call(operation, { ...recording, ...body, key: null })).status, 401);
    }
  });

  it('ends with its room', async () => {
    const ending = { path: { roomId: 'ending' } };
    await api.call('createRoom', { body: { id: 'ending' } });
    await api.call('startBroadcast', { ...ending, body: {} });
    await api.call('endRoom', ending);
    while (parts.running > 0) await api.call('getBroadcast', { path });
    const { body } = await api.call('getBroadcast', ending);
    assert.ok(['HLS_STOPPING', 'HLS_STOPPED'].includes(body.broadcast?.state ?? ''));
    assert.equal((await api.call('startBroadcast', { ...ending, body: {} })).body.error?.code, 'roomEnded');
    assert.equal((await api.call('stopBroadcast', ending)).body.error?.code, 'roomEnded');
  });

  it('takes a policy at the room’s creation', async () => {
    assert.equal((await api.call('createRoom', { body: { id: 'by-itself', ...NO_POLICY } })).status, 201);
    const wrong = { startWithAudience: 'yes' };
    assert.equal((await api.call('createRoom', { body: { id: 'wrong', broadcast: wrong } })).status, 400);
  });
});

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { Receiver } from '../webhooks/receiver.ts';
import { ApiClient, type ApiCall } from './api-client.ts';
import { startTestServer, type TestServer } from './test-server.ts';

const lowerThird = (title: string) => ({ kind: 'lowerThird', title, subtitle: '' });
const cue = (id: string) => ({ id, note: '', content: lowerThird(id), staysMs: null });
const segment = { segmentId: '1', text: 'Hello', final: true, language: 'en' };

/** Every operation with what it needs. */
const CALLS: Readonly<Record<string, Pick<ApiCall, 'body'>>> = {
  getOverlays: {},
  saveCue: { body: { cue: cue('one') } },
  removeCue: {},
  takeCue: { body: { cueId: 'one' } },
  takeOverlay: { body: { content: lowerThird('Ada') } },
  clearOverlays: { body: {} },
  sendCaption: { body: segment },
  readCaptions: {},
};

describe('overlays and captions by REST', () => {
  const receiver = new Receiver();
  let server: TestServer;
  let api: ApiClient;
  const path = { roomId: 'launch', cueId: 'one' };

  before(async () => {
    server = await startTestServer({
      webhookUrls: [await receiver.listen()],
      webhookSecret: `whsec_${randomBytes(32).toString('base64')}`,
    });
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
  });
  after(async () => {
    await server.close();
    await receiver.close();
  });

  it('[O1] are cued, taken one after the other, and cleared', async () => {
    for (const id of ['one', 'two']) await api.call('saveCue', { path, body: { cue: cue(id) } });
    const headers = { 'idempotency-key': 'next, once' };
    await api.call('takeCue', { path, body: {}, headers });
    const taken = await api.call('takeCue', { path, body: {}, headers });
    assert.deepEqual(
      taken.body.live.map(({ cueId }) => cueId),
      ['one'],
    );
    assert.equal(taken.body.runOfShow.current, 'one');
    assert.equal((await api.call('takeCue', { path, body: {} })).body.runOfShow.current, 'two');
    assert.equal((await api.call('takeCue', { path, body: {} })).body.error?.code, 'notFound');
    await api.call('takeOverlay', { path, body: { content: { kind: 'ticker', items: ['News'] }, staysMs: 5_000 } });
    assert.equal((await api.call('clearOverlays', { path, body: { layer: 'ticker' } })).body.live.length, 1);
    assert.equal((await api.call('clearOverlays', { path, body: {} })).body.live.length, 0);
    assert.equal((await api.call('removeCue', { path })).body.runOfShow.cues.length, 1);
    assert.equal((await api.call('getOverlays', { path })).body.live.length, 0);
    const told = (await receiver.count(6)).map(({ body }) => JSON.parse(body).type);
    assert.deepEqual(told.slice(1), [
      'overlay.taken',
      'overlay.taken',
      'overlay.taken',
      'overlay.cleared',
      'overlay.cleared',
    ]);
  });

  it('[O1] are a hundred cues at most', async () => {
    await api.call('createRoom', { body: { id: 'full' } });
    const full = Array.from({ length: 100 }, (_, count) => ({ cue: cue(`cue-${count}`) }));
    await Promise.all(full.map((body) => api.call('saveCue', { path: { roomId: 'full' }, body })));
    assert.equal((await api.call('saveCue', { path: { roomId: 'full' }, body: { cue: cue('x') } })).status, 409);
  });

  it('[K2] [K4] are said by anybody the site names, and read page by page', async () => {
    for (let count = 0; count < 3; count += 1) {
      const body = { ...segment, segmentId: `${count}`, text: `Line ${count}`, speaker: 'Ada' };
      assert.equal((await api.call('sendCaption', { path, body })).status, 200);
    }
    await api.call('sendCaption', { path, body: segment });
    const page = await api.call('readCaptions', { path, query: { limit: '2' } });
    assert.deepEqual(
      page.body.captions.map(({ text, speaker }) => [text, speaker?.name]),
      [
        ['Line 1', 'Ada'],
        ['Line 2', 'Ada'],
      ],
    );
    assert.equal(page.body.next, 1);
  });

  it('say no to what makes no sense', async () => {
    await api.call('createRoom', { body: { id: 'over' } });
    await api.call('endRoom', { path: { roomId: 'over' } });
    for (const [operation, call] of Object.entries(CALLS)) {
      const codeOf = async (change: ApiCall) =>
        (await api.call(operation, { path, ...call, ...change })).body.error?.code;
      assert.equal(await codeOf({ path: { roomId: 'nowhere', cueId: 'one' } }), 'notFound', operation);
      assert.equal(await codeOf({ path: { roomId: '!', cueId: 'one' } }), 'badRequest', operation);
      assert.equal(await codeOf({ key: null }), 'unauthorized', operation);
      const ended = operation === 'readCaptions' ? undefined : 'roomEnded';
      assert.equal(await codeOf({ path: { roomId: 'over', cueId: 'one' } }), ended, operation);
      if (!('body' in call)) continue;
      assert.equal(await codeOf({ body: { x: 'x'.repeat(70_000) } }), 'tooLarge', operation);
      assert.equal(await codeOf({ headers: { 'content-type': 'text/csv' } }), 'unsupportedMediaType', operation);
    }
    assert.deepEqual(api.unseen(['overlays', 'captions']), []);
  });
});

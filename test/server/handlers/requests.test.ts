import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer } from '../ws/test-server.ts';

describe('requests', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start();
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  it('[Q1] are answered once each, by their id', async () => {
    const ada = await server.join('ada', { role: 'host' });
    const ids = [
      ada.sendRequest('sendChat', { text: 'Hello' }),
      ada.sendRequest('nothing', {}),
      ada.sendRequest('sendChat', { text: '' }),
      ada.sendRequest('getMediaCapabilities', {}),
      ada.sendRequest('spotlight', { participantId: 'nobody' }),
    ];
    await Promise.all(ids.map((id) => ada.reply(id)));
    await ada.settle();
    const replies = ada.frames.filter((frame) => frame.type === 'reply');
    assert.deepEqual(replies.map(({ id }) => id).toSorted(), ids);
    for (const reply of replies) assert.notEqual('data' in reply, 'error' in reply);
  });

  it('[Q2] have one effect for a key, and the same answer', async () => {
    const ada = await server.join('ada', { role: 'host' });
    const first = await ada.ask('spotlight', { participantId: 'ada' }, 'the-same-key');
    await ada.ask('spotlight', { participantId: null });
    assert.deepEqual(await ada.ask('spotlight', { participantId: 'ada' }, 'the-same-key'), first);
    assert.deepEqual(ada.eventsNamed('spotlightChanged'), [{ participantId: 'ada' }, { participantId: null }]);
  });

  it('[Q2] join the first while it is under way', async () => {
    const ada = await server.join('ada', { role: 'host' });
    const held = Promise.withResolvers<void>();
    server.media.ready = held.promise;
    const ids = [1, 2, 3].map(() => ada.sendRequest('openTransport', { direction: 'send' }, 'the-same-key'));
    await ada.settle();
    held.resolve();
    const replies = await Promise.all(ids.map((id) => ada.reply(id)));
    for (const reply of replies) assert.deepEqual(reply.data, replies[0]!.data);
    assert.equal(server.media.statistics().transports, 1);
  });

  it('[Q2] keep the answer of a failure, but not of one that may be retried', async () => {
    const ada = await server.join('ada', { role: 'host' });
    assert.equal(await ada.codeOf('spotlight', { participantId: 'bob' }, 'lasting-key'), 'notFound');
    await server.join('bob');
    assert.equal(await ada.codeOf('spotlight', { participantId: 'bob' }, 'lasting-key'), 'notFound');
    for (let count = 0; count < 10; count += 1) await ada.ask('sendChat', { text: 'Hello' });
    assert.equal(await ada.codeOf('sendChat', { text: 'Once' }, 'retried-key'), 'rateLimited');
    server.clock.advance(500);
    assert.equal(await ada.codeOf('sendChat', { text: 'Once' }, 'retried-key'), null);
  });

  it("[Q2] do not meet another participant's keys", async () => {
    const [ada, bob] = [await server.join('ada'), await server.join('bob')];
    const hers = await ada.ask('sendChat', { text: 'hers' }, 'the-same-key');
    const his = await bob.ask('sendChat', { text: 'his' }, 'the-same-key');
    assert.notEqual(hers.message.id, his.message.id);
  });

  it('[Q2] of sendChat are kept as long as the message, across restarts and places', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ils-keys-'));
    const start = () => TestServer.start({ store: SqliteRoomStore.open(join(folder, 'rooms.db')) });
    const before = await start();
    const ada = await before.join('ada');
    const { message } = await ada.ask('sendChat', { text: 'Hello' }, 'the-same-key');
    await before.stop();
    const after = await start();
    const again = await after.join('ada');
    assert.deepEqual(await again.ask('sendChat', { text: 'Hello again' }, 'the-same-key'), { message });
    await again.settle();
    assert.deepEqual(again.eventsNamed('chatSent'), []);
    await after.stop();
    await rm(folder, { recursive: true });
  });

  it('[Q2] cost no second chat message of the budget', async () => {
    const ada = await server.join('ada');
    for (let count = 0; count < 20; count += 1) await ada.ask('sendChat', { text: 'Hello' }, 'the-same-key');
    assert.equal(await ada.codeOf('sendChat', { text: 'Another' }), null);
  });

  it('[Q2] are answered as at first, though the permission is gone', async () => {
    const silent = { name: 'silent', publish: [], watch: 'webrtc', permissions: [] } as const;
    const quiet = await TestServer.start({ templates: [{ name: 'default', roles: [silent] }] });
    const ada = await quiet.join('ada');
    const first = await ada.ask('sendChat', { text: 'Hello' }, 'the-same-key');
    await ada.ask('changeRole', { participantId: 'ada', role: 'silent' });
    assert.deepEqual(await ada.ask('sendChat', { text: 'Hello' }, 'the-same-key'), first);
    assert.equal(await ada.codeOf('sendChat', { text: 'More' }), 'forbidden');
    await quiet.stop();
  });

  it('[Q3] take effect in the order sent', async () => {
    const ada = await server.join('ada', { role: 'host' });
    const texts = Array.from({ length: 10 }, (_, index) => `message ${index}`);
    const ids = texts.map((text) => ada.sendRequest('sendChat', { text }));
    const stepDown = ada.sendRequest('changeRole', { participantId: 'ada', role: 'viewer' });
    const late = ada.sendRequest('endRoom', {});
    await Promise.all([...ids, stepDown].map((id) => ada.reply(id)));
    assert.equal((await ada.reply(late)).error?.code, 'forbidden');
    assert.deepEqual(
      ada.eventsNamed('chatSent').map(({ message }) => message.text),
      texts,
    );
  });

  it('[Q3] do not wait for media, but media waits for them', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada');
    const { offerId } = await host.ask('changeRole', { participantId: 'ada', role: 'guest' });
    const held = Promise.withResolvers<void>();
    server.media.ready = held.promise;
    const accepted = ada.sendRequest('answerRoleOffer', { offerId, accept: true });
    const opened = ada.sendRequest('openTransport', { direction: 'send' });
    const chatted = ada.sendRequest('sendChat', { text: 'Here I come' });
    assert.equal((await ada.reply(accepted)).error, undefined);
    assert.equal((await ada.reply(chatted)).error, undefined);
    assert.equal(
      ada.frames.some((frame) => frame.type === 'reply' && frame.id === opened),
      false,
    );
    held.resolve();
    assert.equal((await ada.reply(opened)).error, undefined);
  });

  it('[Q3] are answered after the events of their effect', async () => {
    const ada = await server.join('ada', { role: 'host' });
    const { message } = await ada.ask('sendChat', { text: 'Hello' });
    assert.equal(ada.eventsNamed('chatSent')[0]?.message.id, message.id);
    await ada.ask('deleteChat', { messageId: message.id });
    assert.equal(ada.eventsNamed('chatDeleted').length, 1);
    await ada.ask('spotlight', { participantId: 'ada' });
    assert.equal(ada.eventsNamed('spotlightChanged').length, 1);
    await ada.ask('endRoom', {});
    assert.equal(ada.eventsNamed('roomEnded').length, 1);
  });

  it('[Q5] of an unknown name are unknownRequest, of wrong data badRequest, without effect', async () => {
    const ada = await server.join('ada', { role: 'host' });
    for (const name of ['nothing', '', '__proto__', 'constructor', 'toString', 'chatSent']) {
      assert.equal((await ada.request(name, {})).error?.code, 'unknownRequest', name);
    }
    const wrong: [string, unknown][] = [
      ['sendChat', null],
      ['sendChat', []],
      ['sendChat', { text: 5 }],
      ['sendChat', { text: '  \n ' }],
      ['sendChat', { text: 'x'.repeat(2_001) }],
      ['changeRole', { participantId: 'ada' }],
      ['changeRole', { participantId: 'a b', role: 'guest' }],
      ['listParticipants', { limit: 101 }],
      ['loadChat', { before: 0.5, limit: 1 }],
      ['publish', { transportId: 't', source: 'camera', rtpParameters: { codecs: [] } }],
    ];
    for (const [name, data] of wrong) {
      assert.equal((await ada.request(name, data)).error?.code, 'badRequest', JSON.stringify(data));
    }
    assert.deepEqual(
      ada.events,
      ada.events.filter(({ name }) => name === 'participantJoined'),
    );
  });

  it('[E1] name what is wrong, and never repeat what was sent', async () => {
    const ada = await server.join('ada');
    const token = `eyJ${'x'.repeat(9_000)}`;
    const { error } = await ada.request('refreshToken', { token });
    assert.deepEqual(error, { code: 'badRequest', message: 'token: expected <=8192' });
    const missing = await ada.request('sendChat', {});
    assert.match(missing.error!.message, /^text: expected/);
  });

  it('[E1] hide what went wrong inside', async () => {
    const store = SqliteRoomStore.open(':memory:');
    store.appendChat = () => Promise.reject(new TypeError('secret detail'));
    const failing = await TestServer.start({ store });
    const ada = await failing.join('ada');
    const { error } = await ada.request('sendChat', { text: 'Hello' });
    assert.deepEqual(error, { code: 'internal', message: 'Something went wrong.' });
    assert.equal(failing.errors.length, 1);
    await failing.stop();
  });
});

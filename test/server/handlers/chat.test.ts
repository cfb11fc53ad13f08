import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer } from '../ws/test-server.ts';

describe('chat', () => {
  let server: TestServer;
  let store: SqliteRoomStore;

  beforeEach(async () => {
    store = SqliteRoomStore.open(':memory:');
    server = await TestServer.start({ store });
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  it('refuses what cannot be seen', async () => {
    const ada = await server.join('ada');
    for (const text of ['', ' \n', '\u200b\u200d', '\u3164', '\u2800\u00ad'])
      assert.equal(await ada.codeOf('sendChat', { text }), 'badRequest', JSON.stringify(text));
    await ada.ask('sendChat', { text: '👍' });
  });

  it('[C1] counts messages from 0 and announces them in that order', async () => {
    const clients = await Promise.all(['a', 'b', 'c', 'd'].map((id) => server.join(id)));
    await Promise.all(
      clients.flatMap((client) =>
        Array.from({ length: 5 }, (_, index) => client.ask('sendChat', { text: `${index}` })),
      ),
    );
    for (const client of clients) {
      await client.until(() => client.eventsNamed('chatSent').length === 20, 'all messages');
      assert.deepEqual(
        client.eventsNamed('chatSent').map(({ message }) => message.index),
        Array.from({ length: 20 }, (_, index) => index),
      );
    }
  });

  it('[C2] stores before it announces and before it answers', async () => {
    const ada = await server.join('ada');
    const stored = Promise.withResolvers<void>();
    const append = store.appendChat.bind(store);
    store.appendChat = async (draft) => {
      await stored.promise;
      return append(draft);
    };
    const id = ada.sendRequest('sendChat', { text: 'Hello' });
    await ada.settle();
    const { welcome } = await server.join('bob');
    assert.deepEqual(welcome.snapshot?.chat, { total: 0, messages: [] });
    assert.deepEqual(ada.events, []);
    stored.resolve();
    const { data } = await ada.reply(id);
    assert.deepEqual(data, ada.eventsNamed('chatSent')[0]);
  });

  it('tells who wrote, when, and in which role', async () => {
    const ada = await server.join('ada', { name: 'Ada', role: 'guest' });
    const { message } = await ada.ask('sendChat', { text: '  two\nlines  ' });
    assert.deepEqual(message, {
      id: message.id,
      index: 0,
      author: { id: 'ada', name: 'Ada', role: 'guest' },
      text: '  two\nlines  ',
      sentAt: server.clock.now(),
      deleted: false,
    });
  });

  it('gives the latest 50 on joining, and older ones by pages', async () => {
    const room = await server.rooms.open((await server.join('host', { role: 'host' })).welcome.snapshot!.room.id);
    const [author] = [...room.roster];
    for (let index = 0; index < 120; index += 1) {
      await room.chat.append(room.chat.draft(author!, `key-number-${index}`, `${index}`));
    }
    const ada = await server.join('ada');
    const { total, messages } = ada.welcome.snapshot!.chat;
    assert.deepEqual([total, messages.length, messages[0]?.text, messages.at(-1)?.text], [120, 50, '70', '119']);
    const page = await ada.ask('loadChat', { before: 70, limit: 100 });
    assert.deepEqual([page.messages.length, page.messages[0]?.text, page.messages.at(-1)?.text], [70, '0', '69']);
    assert.deepEqual(await ada.ask('loadChat', { before: 0, limit: 10 }), { messages: [] });
    const beyond = await ada.ask('loadChat', { before: 9_999, limit: 1 });
    assert.equal(beyond.messages[0]?.text, '119');
  });

  it('[C3] takes the text of a deleted message out of every answer', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada');
    const { message } = await ada.ask('sendChat', { text: 'Regretted' }, 'the-same-key');
    assert.equal(await ada.codeOf('deleteChat', { messageId: message.id }), 'forbidden');
    await host.ask('deleteChat', { messageId: message.id });
    const deleted = { messageId: message.id, index: 0, deletedBy: 'host' };
    assert.deepEqual(await ada.event('chatDeleted'), deleted);
    const erased = { ...message, text: '', deleted: true };
    assert.deepEqual((await ada.ask('loadChat', { before: 10, limit: 10 })).messages, [erased]);
    assert.deepEqual((await server.join('bob')).welcome.snapshot?.chat.messages, [erased]);
    assert.deepEqual(await ada.ask('sendChat', { text: 'Regretted' }, 'the-same-key'), { message: erased });
    await host.ask('deleteChat', { messageId: message.id });
    await host.settle();
    assert.deepEqual(host.eventsNamed('chatDeleted'), [deleted]);
    assert.equal(await host.codeOf('deleteChat', { messageId: 'none' }), 'notFound');
  });

  it('is kept apart from that of another room', async () => {
    const here = await server.join('ada', { room: 'here' });
    const there = await server.join('ada', { room: 'there' });
    await here.ask('sendChat', { text: 'here' }, 'the-same-key');
    const { message } = await there.ask('sendChat', { text: 'there' }, 'the-same-key');
    assert.deepEqual([message.index, message.text], [0, 'there']);
    await here.settle();
    assert.deepEqual(
      here.eventsNamed('chatSent').map((sent) => sent.message.text),
      ['here'],
    );
  });
});

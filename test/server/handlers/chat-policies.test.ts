import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

describe('policies of the chat', () => {
  let server: TestServer;
  let host: JoinedClient;
  let ada: JoinedClient;
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'policies-'));
    path = join(folder, 'rooms.db');
    server = await TestServer.start({ store: SqliteRoomStore.open(path) });
    host = await server.join('host', { role: 'host', name: 'Hanna' });
    ada = await server.join('ada', { name: 'Ada' });
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const restart = async () => {
    await server.stop();
    server = await TestServer.start({ store: SqliteRoomStore.open(path) });
    host = await server.join('host', { role: 'host', name: 'Hanna' });
    ada = await server.join('ada', { name: 'Ada' });
  };
  const texts = async () => (await host.ask('loadChat', { before: 100, limit: 100 })).messages.map(({ text }) => text);
  const waiting = async (reader = host) => (await reader.ask('listHeldChat', {})).held.map(({ text }) => text);
  const reasonOf = async (text: string) => (await ada.request('sendChat', { text })).error?.reason;

  describe('the first message', () => {
    beforeEach(() => host.ask('setChatPolicies', { holdsFirstMessages: true }));

    it('[Y3] waits, and is known to moderators and its author alone', async () => {
      const bob = await server.join('bob');
      const { message, held } = await ada.ask('sendChat', { text: 'Hello' });
      assert.deepEqual([held, message.index, message.text], [true, -1, 'Hello']);
      const told = {
        id: message.id,
        author: message.author,
        text: 'Hello',
        sentAt: message.sentAt,
        reason: 'firstMessage',
      };
      assert.deepEqual(await host.signal('chatHeld'), { message: told });
      assert.deepEqual(await ada.signal('chatHeld'), { message: told });
      assert.deepEqual(await waiting(), ['Hello']);
      assert.deepEqual(await waiting(ada), ['Hello']);
      assert.deepEqual(await waiting(bob), []);
      assert.deepEqual(await texts(), []);
      assert.equal(bob.signals('chatHeld').length + bob.eventsNamed('chatSent').length, 0);
      assert.deepEqual((await server.join('eve')).welcome.snapshot?.chat, { total: 0, messages: [] });
    });

    it('[Y4] is told once approved, and the next waits no more', async () => {
      const { message } = await ada.ask('sendChat', { text: 'Hello' });
      server.clock.advance(1_000);
      await host.ask('approveChat', { messageId: message.id });
      const { message: told } = await ada.event('chatSent');
      assert.deepEqual([told.id, told.index, told.text, told.sentAt], [message.id, 0, 'Hello', server.clock.now()]);
      assert.deepEqual(await ada.signal('heldChatReviewed'), { messageId: message.id, outcome: 'approved' });
      assert.deepEqual(await waiting(), []);
      assert.equal((await ada.ask('sendChat', { text: 'Again' })).message.index, 1);
      assert.equal(await host.codeOf('approveChat', { messageId: message.id }), 'notFound');
      assert.equal(await host.codeOf('rejectChat', { messageId: message.id }), 'notFound');
    });

    it('[Y4] is never told once rejected, and its text is gone', async () => {
      const { message } = await ada.ask('sendChat', { text: 'secret' }, 'first-key');
      await host.ask('rejectChat', { messageId: message.id, reason: 'Spam' });
      assert.deepEqual(await ada.signal('heldChatReviewed'), { messageId: message.id, outcome: 'rejected' });
      assert.deepEqual([await texts(), await waiting()], [[], []]);
      await restart();
      const again = await ada.ask('sendChat', { text: 'secret' }, 'first-key');
      assert.deepEqual([again.held, again.message.id, again.message.text], [true, message.id, '']);
      assert.equal((await ada.ask('sendChat', { text: 'Sorry' })).held, true);
      const { entries } = await host.ask('listModerationLog', { limit: 10 });
      assert.deepEqual(
        entries.map(({ action, target, reason }) => [action, target?.name, reason]),
        [
          ['messageRejected', 'Ada', 'Spam'],
          ['chatPoliciesChanged', undefined, ''],
        ],
      );
    });

    it('[Y3] [Q2] outlives a restart, and is held and told once however often it is sent', async () => {
      const { message } = await ada.ask('sendChat', { text: 'Hello' }, 'first-key');
      await restart();
      assert.deepEqual(await waiting(), ['Hello']);
      assert.equal((await ada.ask('sendChat', { text: 'Hello' }, 'first-key')).message.id, message.id);
      assert.deepEqual(await waiting(), ['Hello']);
      await host.ask('approveChat', { messageId: message.id });
      await restart();
      const again = await ada.ask('sendChat', { text: 'Hello' }, 'first-key');
      assert.deepEqual([again.held, again.message.id, again.message.index], [undefined, message.id, 0]);
      assert.deepEqual(await texts(), ['Hello']);
    });

    it('[Y3] of one participant wait three at most', async () => {
      for (const text of ['1', '2', '3']) await ada.ask('sendChat', { text });
      assert.equal(await ada.codeOf('sendChat', { text: '4' }), 'conflict');
      assert.deepEqual(await waiting(), ['1', '2', '3']);
      const { held, total } = await host.ask('listHeldChat', { limit: 1 });
      const next = await host.ask('listHeldChat', { after: held[0]!.id, limit: 1 });
      assert.deepEqual([total, next.held[0]?.text], [3, '2']);
    });

    it('[Y5] is shown to its author again wherever they come back, and so is that it was refused', async () => {
      const own = async (reader = ada) => {
        const { held, refused } = await reader.ask('getModeration', {});
        return [held.map(({ text }) => text), refused];
      };
      assert.deepEqual(await own(), [[], []]);
      const first = await ada.ask('sendChat', { text: 'Hello' });
      await ada.signal('chatModerated');
      await ada.ask('sendChat', { text: 'Anybody?' });
      assert.deepEqual(await own(), [['Hello', 'Anybody?'], []]);
      assert.deepEqual(await own(host), [[], []]);
      await restart();
      await ada.signal('chatModerated');
      assert.deepEqual(await own(), [['Hello', 'Anybody?'], []]);
      const bob = await server.join('bob');
      assert.deepEqual([await own(bob), bob.signals('chatModerated').length], [[[], []], 0]);
      await host.ask('rejectChat', { messageId: first.message.id });
      assert.deepEqual(await own(), [['Anybody?'], [first.message.id]]);
      await restart();
      assert.deepEqual(await own(), [['Anybody?'], [first.message.id]]);
      assert.deepEqual(await own(await server.join('bob')), [[], []]);
    });

    it('[Y5] that was refused is told until its author takes it away, wherever they come back', async () => {
      const { message } = await ada.ask('sendChat', { text: 'Hello' });
      const messageId = message.id;
      assert.equal(await ada.codeOf('dismissRefusedChat', { messageId }), 'notFound');
      await host.ask('rejectChat', { messageId });
      await restart();
      await ada.signal('chatModerated');
      for (const other of [host, await server.join('bob')])
        assert.equal(await other.codeOf('dismissRefusedChat', { messageId }), 'notFound');
      assert.deepEqual((await ada.ask('getModeration', {})).refused, [messageId]);
      for (const _ of [1, 2]) await ada.ask('dismissRefusedChat', { messageId });
      await restart();
      assert.deepEqual((await ada.ask('getModeration', {})).refused, []);
      assert.deepEqual(ada.signals('chatModerated'), []);
    });

    it('[Y1] of those who moderate does not wait', async () => {
      assert.equal((await host.ask('sendChat', { text: 'Welcome' })).held, undefined);
    });
  });

  describe('links', () => {
    it('[Y2] are refused with their reason, to everyone or to all but moderators', async () => {
      await host.ask('setChatPolicies', { links: 'moderators' });
      for (const text of [
        'see https://evil.example/x',
        'WWW.evil.example',
        'evil.com',
        'ｅvil．com/a',
        'ev\u200bil.com',
      ]) {
        assert.equal(await reasonOf(text), 'link', text);
      }
      for (const text of ['It is 3.14', 'node.js', 'wait...what', 'a.m. or p.m.']) {
        assert.equal(await reasonOf(text), undefined, text);
      }
      await host.ask('sendChat', { text: 'https://ok.example' });
      await host.ask('setChatPolicies', { links: 'refuse' });
      assert.equal(await host.codeOf('sendChat', { text: 'https://ok.example' }), 'forbidden');
    });

    it('[Y3] may wait for a moderator', async () => {
      await host.ask('setChatPolicies', { links: 'hold' });
      assert.equal((await ada.ask('sendChat', { text: 'see https://a.example' })).held, true);
      assert.equal((await host.signal('chatHeld')).message.reason, 'link');
      assert.equal((await ada.ask('sendChat', { text: 'no link' })).held, undefined);
    });
  });

  describe('words', () => {
    const words = ['darn', 'free money', 'c++'];

    it('[Y2] are blocked, whole and however they are written', async () => {
      await host.ask('setChatPolicies', { words, wordAction: 'block' });
      for (const text of ['DARN!', 'ｄａｒｎ', 'da\u200brn it', 'free  money', 'I like C++']) {
        assert.equal(await reasonOf(text), 'word', text);
      }
      for (const text of ['darned', 'Dar n', 'c']) assert.equal(await reasonOf(text), undefined, text);
    });

    it('[Y2] are masked before they are stored', async () => {
      await host.ask('setChatPolicies', { words, wordAction: 'mask' });
      const { message } = await ada.ask('sendChat', { text: 'Oh darn, free money' });
      assert.equal(message.text, 'Oh ****, **********');
      assert.deepEqual(await texts(), ['Oh ****, **********']);
    });

    it('[Y3] are held', async () => {
      await host.ask('setChatPolicies', { words, wordAction: 'hold' });
      assert.equal((await ada.ask('sendChat', { text: 'Oh darn' })).held, true);
      assert.equal((await host.signal('chatHeld')).message.reason, 'word');
    });

    it('[Y1] are known to those who moderate alone', async () => {
      await host.ask('setChatPolicies', { words });
      assert.deepEqual((await host.signal('chatPoliciesChanged')).policies.words, words);
      await ada.settle();
      assert.deepEqual(ada.signals('chatPoliciesChanged'), []);
      assert.equal(await ada.codeOf('getChatPolicies', {}), 'forbidden');
    });
  });

  it('[C5] beyond a rate everyone is told a sample, moderators all, the author their own, and history keeps each', async () => {
    await host.ask('setChatPolicies', { mostPerSecond: 2 });
    const writers = await Promise.all(['a', 'b', 'c'].map((id) => server.join(id)));
    for (const writer of writers) {
      for (let number = 0; number < 3; number += 1) {
        const { message } = await writer.ask('sendChat', { text: `${writer.welcome.participantId}${number}` });
        assert.ok(message.index >= 0);
      }
    }
    const { message: word } = await host.ask('sendChat', { text: 'Calm down' });
    assert.equal((await ada.ask('loadChat', { before: 10, limit: 10 })).messages.length, 10);
    assert.equal(ada.eventsNamed('chatSent').length, 2);
    await server.elapse(250, host, ada);
    const told = ada.eventsNamed('chatSent').map(({ message }) => message.index);
    assert.deepEqual(
      told,
      told.toSorted((one, other) => one - other),
    );
    assert.ok(told.includes(word.index));
    const skipped = ada.eventsNamed('chatSampled').reduce((sum, each) => sum + each.skipped, 0);
    assert.equal(told.length + skipped, 10);
    assert.deepEqual((await ada.ask('getModeration', {})).sampled, ada.eventsNamed('chatSampled'));
    assert.ok(skipped > 0);
    const unsampled = host.signals('chatUnsampled').flatMap(({ messages }) => messages.map(({ index }) => index));
    assert.deepEqual(
      [...told, ...unsampled].toSorted((one, other) => one - other),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
    assert.deepEqual(ada.signals('chatUnsampled'), []);
  });

  it('[C5] leaves out nothing that answers or names somebody, for them, and nothing of those on the stage', async () => {
    const guest = await server.join('guest', { role: 'guest', name: 'Gus' });
    const bob = await server.join('bob', { name: 'Bob Ross' });
    const { message: asked } = await bob.ask('sendChat', { text: 'Which colour?' });
    await host.ask('setChatPolicies', { mostPerSecond: 1 });
    await ada.ask('sendChat', { text: 'first' });
    await ada.ask('sendChat', { text: 'second' });
    await ada.ask('sendChat', { text: 'Blue!', replyTo: asked.id });
    await ada.ask('sendChat', { text: 'hey @bob ross, @Gus: it is blue, not me@Gust' });
    await guest.ask('sendChat', { text: 'from the stage' });
    await server.elapse(250, host, ada, bob, guest);
    const told = bob.eventsNamed('chatSent').map(({ message }) => message.text);
    assert.deepEqual(told, ['Which colour?', 'first', 'from the stage']);
    const besides = (reader: JoinedClient) =>
      reader.signals('chatUnsampled').flatMap(({ messages }) => messages.map(({ text }) => text));
    assert.deepEqual(besides(bob), ['Blue!', 'hey @bob ross, @Gus: it is blue, not me@Gust']);
    assert.deepEqual(besides(guest), ['hey @bob ross, @Gus: it is blue, not me@Gust']);
    assert.deepEqual(besides(ada), []);
    assert.equal(besides(host).length, 3);
  });

  it('[C5] begins with the setting of the server, which a room may change', async () => {
    const limited = await TestServer.start({ limits: { chatMostPerSecond: 40 } });
    try {
      const moderator = await limited.join('host', { role: 'host' });
      const perSecond = async () => (await moderator.ask('getChatPolicies', {})).policies.mostPerSecond;
      assert.equal(await perSecond(), 40);
      await moderator.ask('setChatPolicies', { mostPerSecond: null });
      assert.equal(await perSecond(), null);
    } finally {
      await limited.stop();
    }
  });

  it('[D3] what a policy refuses does not count for slow mode', async () => {
    await host.ask('setSlowMode', { intervalMs: 30_000 });
    await host.ask('setChatPolicies', { words: ['darn'] });
    assert.equal(await reasonOf('darn'), 'word');
    await ada.ask('sendChat', { text: 'Hello' });
  });

  it('[Y1] says no to what is no policy, and keeps what is left out', async () => {
    const { policies } = await host.ask('setChatPolicies', { links: 'hold' });
    const { policies: after } = await host.ask(
      'setChatPolicies',
      JSON.parse('{"words":["x"],"__proto__":{"links":"allow"}}'),
    );
    assert.deepEqual(after, { ...policies, words: ['x'] });
    for (const change of [
      { links: 'maybe' },
      { words: [''] },
      { words: Array(501).fill('x') },
      { wordAction: 'eat' },
    ]) {
      assert.equal((await host.request('setChatPolicies', change)).error?.code, 'badRequest');
    }
    await restart();
    assert.deepEqual((await host.ask('getChatPolicies', {})).policies, after);
  });
});

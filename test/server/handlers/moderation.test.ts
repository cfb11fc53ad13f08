import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const MINUTE_MS = 60_000;

describe('moderation', () => {
  let server: TestServer;
  let host: JoinedClient;
  let ada: JoinedClient;
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moderation-'));
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

  const logged = async () => (await host.ask('listModerationLog', { limit: 50 })).entries.map(({ action }) => action);

  describe('replies', () => {
    it('[C4] name the message that they answer, in the event, in the history and after a restart', async () => {
      const { message } = await ada.ask('sendChat', { text: 'Is this recorded?' });
      const reply = await host.ask('sendChat', { text: 'Yes', replyTo: message.id });
      const replyTo = { id: message.id, index: 0, author: { id: 'ada', name: 'Ada' } };
      assert.deepEqual(reply.message.replyTo, replyTo);
      assert.deepEqual((await ada.event('chatSent', (sent) => sent.message.index === 1)).message.replyTo, replyTo);
      const { messages } = await ada.ask('loadChat', { before: 2, limit: 2 });
      assert.deepEqual(
        messages.map((each) => each.replyTo),
        [undefined, replyTo],
      );
    });

    it('[C4] to what is not there or was deleted are notFound', async () => {
      const { message } = await ada.ask('sendChat', { text: 'Oops' });
      assert.equal(await ada.codeOf('sendChat', { text: 'What?', replyTo: 'none' }), 'notFound');
      await host.ask('deleteChat', { messageId: message.id });
      assert.equal(await ada.codeOf('sendChat', { text: 'What?', replyTo: message.id }), 'notFound');
    });
  });

  describe('pins', () => {
    it('[D2] stand for everyone until they are taken down', async () => {
      const { message } = await ada.ask('sendChat', { text: 'The slides: https://example.com' });
      const { pin } = await host.ask('pinChat', { messageId: message.id });
      assert.deepEqual(pin, {
        id: pin.id,
        message: { id: message.id, index: 0, author: message.author },
        text: message.text,
        pinnedBy: { id: 'host', name: 'Hanna' },
        pinnedAt: server.clock.now(),
        expiresAt: null,
      });
      assert.deepEqual((await ada.event('pinsChanged')).pins, [pin]);
      assert.deepEqual((await ada.ask('getModeration', {})).pins, [pin]);
      await host.ask('unpinChat', { pinId: pin.id });
      assert.deepEqual((await ada.ask('getModeration', {})).pins, []);
      assert.equal(await host.codeOf('unpinChat', { pinId: pin.id }), 'notFound');
    });

    it('[D2] go by themselves when their time is over', async () => {
      const { pin } = await host.ask('announce', { text: 'Back in a minute', expiresInMs: MINUTE_MS });
      assert.equal(pin.expiresAt, server.clock.now() + MINUTE_MS);
      await server.elapse(MINUTE_MS, host, ada);
      await ada.event('pinsChanged', ({ pins }) => pins.length === 0);
    });

    it('[D2] are five at most, and the oldest makes room', async () => {
      for (let number = 1; number <= 6; number += 1) await host.ask('announce', { text: `${number}` });
      const { pins } = await ada.ask('getModeration', {});
      assert.deepEqual(
        pins.map(({ text }) => text),
        ['2', '3', '4', '5', '6'],
      );
    });

    it('[C3] vanish with the message that is deleted', async () => {
      const { message } = await ada.ask('sendChat', { text: 'secret' });
      await host.ask('pinChat', { messageId: message.id });
      await host.ask('deleteChat', { messageId: message.id });
      assert.deepEqual((await ada.ask('getModeration', {})).pins, []);
    });
  });

  it('[D1] says to who comes in whether there is any', async () => {
    await ada.settle();
    assert.deepEqual(ada.signals('chatModerated'), []);
    await host.ask('setSlowMode', { intervalMs: 30_000 });
    const bob = await server.join('bob');
    assert.deepEqual(await bob.signal('chatModerated'), {});
    await host.ask('setSlowMode', { intervalMs: 0 });
    await host.ask('timeOutParticipant', { participantId: 'ada', durationMs: MINUTE_MS, reason: 'Shouting' });
    await ada.ask('leave', {});
    const again = await server.join('ada');
    assert.deepEqual(await again.signal('chatModerated'), {});
    assert.equal((await again.ask('getModeration', {})).timeOutReason, 'Shouting');
    const carl = await server.join('carl');
    await carl.settle();
    assert.deepEqual(carl.signals('chatModerated'), []);
  });

  describe('slow mode', () => {
    it('[D3] lets each write once in an interval, and those who moderate as they like', async () => {
      await host.ask('setSlowMode', { intervalMs: 30_000 });
      assert.deepEqual(await ada.event('chatRulesChanged'), { slowModeMs: 30_000, writers: null });
      await ada.ask('sendChat', { text: '1' });
      await server.elapse(10_000, host, ada);
      const { error } = await ada.request('sendChat', { text: '2' });
      assert.deepEqual([error?.code, error?.retryAfterMs], ['rateLimited', 20_000]);
      for (const text of ['a', 'b']) await host.ask('sendChat', { text });
      await server.elapse(20_000, host, ada);
      await ada.ask('sendChat', { text: '2' });
      await host.ask('setSlowMode', { intervalMs: 0 });
      await ada.ask('sendChat', { text: '3' });
    });

    it('[D3] is not shortened by coming back', async () => {
      await host.ask('setSlowMode', { intervalMs: 30_000 });
      await ada.ask('sendChat', { text: '1' });
      await ada.ask('leave', {});
      const again = await server.join('ada');
      assert.equal(await again.codeOf('sendChat', { text: '2' }), 'rateLimited');
    });
  });

  describe('who may chat', () => {
    it('[D10] is everyone, some roles, or nobody but those who moderate, and everyone is told', async () => {
      const guest = await server.join('guest', { role: 'guest' });
      await host.ask('setChatWriters', { roles: ['guest'] as never });
      assert.deepEqual(await ada.event('chatRulesChanged'), { slowModeMs: 0, writers: ['guest'] });
      assert.equal(await ada.codeOf('sendChat', { text: '1' }), 'forbidden');
      assert.equal(
        await ada.codeOf('sendDirectChat', { text: '1', to: { kind: 'role', role: 'host' } } as never),
        'forbidden',
      );
      assert.equal(await guest.codeOf('sendChat', { text: '2' }), null);
      await host.ask('setChatWriters', { roles: [] });
      assert.equal(await guest.codeOf('sendChat', { text: '3' }), 'forbidden');
      await host.ask('sendChat', { text: '4' });
      assert.deepEqual((await ada.ask('getModeration', {})).writers, []);
      await host.ask('setChatWriters', { roles: null });
      await ada.ask('sendChat', { text: '5' });
    });

    it('[D10] goes by the role that one has now, and is told to who comes in', async () => {
      await host.ask('setChatWriters', { roles: ['guest'] as never });
      const bob = await server.join('bob');
      assert.deepEqual(await bob.signal('chatModerated'), {});
      await host.ask('changeRole', { participantId: 'bob', role: 'audience' } as never);
      assert.equal(await bob.codeOf('sendChat', { text: '1' }), 'forbidden');
      assert.equal(await host.codeOf('setChatWriters', { roles: ['nobody'] } as never), 'notFound');
      assert.equal(await host.codeOf('setChatWriters', { roles: ['__proto__'] } as never), 'badRequest');
      assert.equal(await ada.codeOf('setChatWriters', { roles: null }), 'forbidden');
    });
  });

  describe('a time-out', () => {
    it('[D4] keeps one from writing until it ends, and tells them alone', async () => {
      await host.ask('timeOutParticipant', { participantId: 'ada', durationMs: MINUTE_MS, reason: 'Shouting' });
      const until = server.clock.now() + MINUTE_MS;
      assert.deepEqual(await ada.signal('timedOut'), { until, reason: 'Shouting' });
      assert.equal(await ada.codeOf('sendChat', { text: 'HEY' }), 'forbidden');
      assert.equal((await ada.ask('getModeration', {})).timedOutUntil, until);
      await server.elapse(MINUTE_MS, host, ada);
      await ada.ask('sendChat', { text: 'hey' });
      assert.equal((await ada.ask('getModeration', {})).timedOutUntil, null);
    });

    it('[D4] can be lifted', async () => {
      await host.ask('timeOutParticipant', { participantId: 'ada', durationMs: MINUTE_MS });
      await host.ask('liftTimeOut', { participantId: 'ada' });
      await ada.ask('sendChat', { text: 'thanks' });
      assert.equal(await host.codeOf('liftTimeOut', { participantId: 'ada' }), 'notFound');
    });
  });

  describe('a ban', () => {
    it('[D5] removes and meets a fresh token at the door, until it ends', async () => {
      await host.ask('banParticipant', { participantId: 'ada', durationMs: MINUTE_MS, reason: 'Spam' });
      assert.equal(await ada.closed(), 'removed');
      await server.elapse(2_000, host);
      const client = await server.open();
      client.sendHello({ room: 'launch', token: await server.token('ada') });
      assert.equal(await client.closed(), 'removed');
      const { sanctions } = await host.ask('listSanctions', {});
      assert.deepEqual(
        sanctions.map(({ kind, participant, reason, givenBy }) => [kind, participant.name, reason, givenBy?.name]),
        [['ban', 'Ada', 'Spam', 'Hanna']],
      );
      await server.elapse(MINUTE_MS, host);
      await server.join('ada');
    });

    it('[D5] reaches who has left, holds for good without a duration, and can be lifted', async () => {
      await ada.ask('leave', {});
      await host.ask('banParticipant', { participantId: 'ada' });
      await server.elapse(10 * MINUTE_MS, host);
      const client = await server.open();
      client.sendHello({ room: 'launch', token: await server.token('ada') });
      assert.equal(await client.closed(), 'removed');
      await host.ask('liftBan', { participantId: 'ada' });
      await server.join('ada');
    });

    it('[D9] does not bind who may more than its giver', async () => {
      const producer = await server.join('pat', { role: 'producer' });
      assert.equal(await producer.codeOf('banParticipant', { participantId: 'host' }), 'forbidden');
      await host.ask('leave', {});
      await producer.ask('banParticipant', { participantId: 'host' });
      await server.join('host', { role: 'host' });
    });
  });

  it('[D6] a locked room lets in who has a place and who may remove others', async () => {
    await host.ask('lockRoom', { locked: true });
    assert.deepEqual(await ada.event('roomLocked'), { locked: true, changedBy: 'host' });
    const client = await server.open();
    client.sendHello({ room: 'launch', token: await server.token('bob') });
    assert.equal(await client.closed(), 'roomLocked');
    ada.cut();
    await server.resume(ada);
    await server.join('pat', { role: 'producer' });
    await host.ask('lockRoom', { locked: false });
    await server.join('bob');
  });

  it('[D7] logs every act with who, whom and why, and never what was said', async () => {
    const { message } = await ada.ask('sendChat', { text: 'a secret' });
    await host.ask('pinChat', { messageId: message.id });
    await host.ask('timeOutParticipant', { participantId: 'ada', durationMs: MINUTE_MS, reason: 'Shouting' });
    await host.ask('deleteChat', { messageId: message.id });
    await host.ask('removeParticipant', { participantId: 'ada', reason: ' Again ' });
    assert.deepEqual(await logged(), ['participantRemoved', 'messageDeleted', 'timedOut', 'pinned']);
    const { entries } = await host.ask('listModerationLog', { limit: 50 });
    assert.equal(JSON.stringify(entries).includes('secret'), false);
    assert.deepEqual([entries[0]?.target?.name, entries[0]?.reason], ['Ada', 'Again']);
    assert.deepEqual(entries[2], {
      number: entries[2]?.number,
      at: server.clock.now(),
      action: 'timedOut',
      actor: { id: 'host', name: 'Hanna' },
      target: { id: 'ada', name: 'Ada' },
      messageId: null,
      durationMs: MINUTE_MS,
      reason: 'Shouting',
    });
    const older = await host.ask('listModerationLog', { before: entries[2]!.number, limit: 1 });
    assert.deepEqual(
      older.entries.map(({ action }) => action),
      ['pinned'],
    );
  });

  it('[D8] a report is told to those who moderate, once', async () => {
    const { message } = await host.ask('sendChat', { text: 'Buy my coins' });
    for (let time = 0; time < 2; time += 1) await ada.ask('reportChat', { messageId: message.id, reason: 'Spam' });
    assert.deepEqual(await host.signal('chatReported'), {
      messageId: message.id,
      index: 0,
      reportedBy: { id: 'ada', name: 'Ada' },
      reason: 'Spam',
    });
    assert.deepEqual(await logged(), ['messageReported']);
    assert.equal(
      ada.frames.some((frame) => frame.type === 'signal' && frame.name === 'chatReported'),
      false,
    );
  });

  it('mutes all whom one reaches', async () => {
    const guest = await server.join('gus', { role: 'guest' });
    const publish = async (client: JoinedClient) => {
      const { transport } = await client.ask('openTransport', { direction: 'send' });
      return client.ask('publish', { transportId: transport.id, source: 'microphone', rtpParameters: OPUS });
    };
    await publish(guest);
    await publish(host);
    assert.deepEqual(await host.ask('muteAll', {}), { muted: 1 });
    const { mutedBy } = await guest.event('streamMuted');
    assert.equal(mutedBy, 'host');
  });

  it('[D2] [D5] [D6] outlives a restart', async () => {
    await host.ask('announce', { text: 'Welcome' });
    await host.ask('setSlowMode', { intervalMs: 5_000 });
    await host.ask('banParticipant', { participantId: 'ada' });
    await host.ask('lockRoom', { locked: true });
    await server.stop();
    server = await TestServer.start({ store: SqliteRoomStore.open(path) });
    const again = await server.join('host', { role: 'host' });
    const { pins, ...rest } = await again.ask('getModeration', {});
    assert.deepEqual(rest, {
      slowModeMs: 5_000,
      writers: null,
      locked: true,
      timedOutUntil: null,
      timeOutReason: '',
      wroteAt: null,
      hasDirectChat: false,
      held: [],
      refused: [],
      sampled: [],
    });
    assert.deepEqual(
      pins.map(({ text }) => text),
      ['Welcome'],
    );
    for (const [id, code] of [
      ['ada', 'removed'],
      ['bob', 'roomLocked'],
    ] as const) {
      const client = await server.open();
      client.sendHello({ room: 'launch', token: await server.token(id) });
      assert.equal(await client.closed(), code);
    }
  });
});

const OPUS = { codecs: [{ mimeType: 'audio/opus', clockRate: 48_000, payloadType: 111, channels: 2 }] };

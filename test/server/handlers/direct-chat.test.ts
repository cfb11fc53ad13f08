import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const toRole = (role: string) => ({ kind: 'role', role }) as const;
const toPerson = (participantId: string) => ({ kind: 'participant', participantId }) as const;

describe('direct messages', () => {
  let server: TestServer;
  let folder: string;
  let path: string;
  let host: JoinedClient;
  let guest: JoinedClient;
  let ada: JoinedClient;
  let bob: JoinedClient;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'direct-'));
    path = join(folder, 'rooms.db');
    server = await TestServer.start({ store: SqliteRoomStore.open(path) });
    host = await server.join('host', { role: 'host', name: 'Hanna' });
    guest = await server.join('guest', { role: 'guest', name: 'Gus' });
    ada = await server.join('ada', { name: 'Ada' });
    bob = await server.join('bob', { name: 'Bob' });
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const read = async (client: JoinedClient) =>
    (await client.ask('loadDirectChat', { limit: 50 })).messages.map(({ text }) => text);
  const told = (client: JoinedClient) => client.signals('directChatSent').map(({ message }) => message.text);

  it('[J1] to a person are told to them and their author, and to nobody else', async () => {
    await ada.ask('sendChat', { text: 'Hello' });
    const { message } = await host.ask('sendDirectChat', { text: 'You are next', to: toPerson('ada') });
    assert.deepEqual(message, {
      id: message.id,
      after: 1,
      author: { id: 'host', name: 'Hanna', role: 'host' },
      to: { kind: 'participant', participant: { id: 'ada', name: 'Ada' } },
      text: 'You are next',
      sentAt: server.clock.now(),
    });
    for (const client of [host, guest, ada, bob]) await client.settle();
    assert.deepEqual([host, guest, ada, bob].map(told), [['You are next'], [], ['You are next'], []]);
    assert.deepEqual(await Promise.all([host, guest, ada, bob].map(read)), [
      ['You are next'],
      [],
      ['You are next'],
      [],
    ]);
  });

  it('[J1] are in no event, no history and no snapshot of the chat', async () => {
    await host.ask('sendDirectChat', { text: 'secret', to: toRole('guest') });
    assert.deepEqual(await ada.ask('loadChat', { before: 9, limit: 9 }), { messages: [] });
    const late = await server.join('late', { role: 'viewer' });
    const all = [host, guest, ada, bob, late];
    for (const client of all) await client.settle();
    assert.ok(!JSON.stringify([late.welcome, ...all.map(({ events }) => events)]).includes('secret'));
    assert.ok(!JSON.stringify([ada.frames, bob.frames, late.frames]).includes('secret'));
  });

  it('[J1] to a role are told to all who have it', async () => {
    await ada.ask('sendDirectChat', { text: 'The sound is gone', to: toRole('guest') });
    for (const client of [host, guest, ada, bob]) await client.settle();
    assert.deepEqual([host, guest, ada, bob].map(told), [[], ['The sound is gone'], ['The sound is gone'], []]);
  });

  it('[J2] are for everybody from those who may, and from others for those alone', async () => {
    assert.equal(await guest.codeOf('sendDirectChat', { text: '1', to: toPerson('ada') }), null);
    assert.equal(await guest.codeOf('sendDirectChat', { text: '2', to: toRole('viewer') }), null);
    assert.equal(await ada.codeOf('sendDirectChat', { text: '3', to: toPerson('guest') }), null);
    assert.equal(await ada.codeOf('sendDirectChat', { text: '4', to: toRole('host') }), null);
    assert.equal(await ada.codeOf('sendDirectChat', { text: '5', to: toPerson('bob') }), 'forbidden');
    assert.equal(await ada.codeOf('sendDirectChat', { text: '6', to: toRole('viewer') }), 'forbidden');
    assert.deepEqual(await read(bob), ['2']);
  });

  it('[D1] are told of to who comes in and has some', async () => {
    await host.ask('sendDirectChat', { text: 'You are next', to: toPerson('ada') });
    for (const client of [ada, bob]) await client.ask('leave', {});
    ada = await server.join('ada');
    assert.deepEqual(await ada.signal('chatModerated'), {});
    bob = await server.join('bob');
    assert.equal((await bob.ask('getModeration', {})).hasDirectChat, false);
    await bob.settle();
    assert.deepEqual(bob.signals('chatModerated'), []);
  });

  it('[J2] to nobody, to no role and to oneself are refused', async () => {
    const codeOf = (to: unknown) => host.codeOf('sendDirectChat', { text: 'Hm', to } as never);
    assert.equal(await codeOf(toPerson('nobody')), 'notFound');
    assert.equal(await codeOf(toRole('composer')), 'notFound');
    assert.equal(await codeOf(toRole('__proto__')), 'badRequest');
    assert.equal(await codeOf(toRole('constructor')), 'notFound');
    assert.equal(await codeOf(toPerson('host')), 'badRequest');
    assert.equal(await codeOf({ kind: 'everyone' }), 'badRequest');
    assert.deepEqual(await read(host), []);
  });

  it('[J2] are held up by slow mode and time-outs as all others', async () => {
    await host.ask('setSlowMode', { intervalMs: 30_000 });
    await ada.ask('sendDirectChat', { text: '1', to: toRole('host') });
    assert.equal(await ada.codeOf('sendChat', { text: '2' }), 'rateLimited');
    assert.equal(await ada.codeOf('sendDirectChat', { text: '3', to: toRole('host') }), 'rateLimited');
    assert.equal((await ada.ask('getModeration', {})).wroteAt, server.clock.now());
    await host.ask('timeOutParticipant', { participantId: 'bob', durationMs: 60_000 });
    assert.equal(await bob.codeOf('sendDirectChat', { text: '4', to: toRole('host') }), 'forbidden');
    assert.deepEqual(await read(host), ['1']);
  });

  it('[J2] are refused and masked by the policies of the chat, and never held', async () => {
    await host.ask('setChatPolicies', {
      holdsFirstMessages: true,
      words: ['darn'],
      wordAction: 'mask',
      links: 'refuse',
    });
    const { message } = await ada.ask('sendDirectChat', { text: 'darn it', to: toRole('host') });
    assert.equal(message.text, '**** it');
    assert.equal(await ada.codeOf('sendDirectChat', { text: 'https://example.com', to: toRole('host') }), 'forbidden');
    assert.deepEqual(await read(host), [message.text]);
  });

  it('[J3] come by pages, and none of them by a message that is not for the reader', async () => {
    for (const text of ['1', '2', '3']) await host.ask('sendDirectChat', { text, to: toPerson('ada') });
    const other = await host.ask('sendDirectChat', { text: 'for Bob', to: toPerson('bob') });
    const { messages } = await ada.ask('loadDirectChat', { limit: 2 });
    assert.deepEqual(
      messages.map(({ text }) => text),
      ['2', '3'],
    );
    const before = messages[0]!.id;
    const page = await ada.ask('loadDirectChat', { before, limit: 2 });
    assert.deepEqual(
      page.messages.map(({ text }) => text),
      ['1'],
    );
    assert.equal(await ada.codeOf('loadDirectChat', { before: other.message.id, limit: 2 }), 'notFound');
    assert.equal(await bob.codeOf('loadDirectChat', { before, limit: 2 }), 'notFound');
  });

  it('[J3] to a role are for those who have it when they read', async () => {
    await ada.ask('sendDirectChat', { text: 'for guests', to: toRole('guest') });
    assert.equal((await bob.ask('getModeration', {})).hasDirectChat, false);
    assert.equal((await guest.ask('getModeration', {})).hasDirectChat, true);
    await host.ask('changeRole', { participantId: 'guest', role: 'viewer' });
    assert.deepEqual(await read(guest), []);
    assert.equal((await guest.ask('getModeration', {})).hasDirectChat, false);
    assert.deepEqual(await read(ada), ['for guests']);
  });

  it('[J4] are deleted by their author and by who moderates, for all who could read them, once', async () => {
    const { message } = await ada.ask('sendDirectChat', { text: 'not for the log', to: toRole('guest') });
    const { id: messageId } = message;
    assert.equal(await bob.codeOf('deleteDirectChat', { messageId }), 'notFound');
    assert.equal(await guest.codeOf('deleteDirectChat', { messageId }), 'forbidden');
    assert.equal(await ada.codeOf('deleteDirectChat', { messageId: 'none' } as never), 'notFound');
    await ada.ask('deleteDirectChat', { messageId });
    assert.deepEqual(await guest.signal('directChatDeleted'), { messageId });
    await ada.ask('deleteDirectChat', { messageId });
    for (const client of [host, guest, ada, bob]) await client.settle();
    assert.deepEqual(
      [host, guest, ada, bob].map((client) => client.signals('directChatDeleted').length),
      [0, 1, 1, 0],
    );
    assert.deepEqual([await read(guest), await read(ada)], [[''], ['']]);
    const rude = await guest.ask('sendDirectChat', { text: 'rude', to: toPerson('ada') });
    await host.ask('deleteDirectChat', { messageId: rude.message.id });
    assert.deepEqual(await read(ada), ['', '']);
    const { entries } = await host.ask('listModerationLog', { limit: 10 });
    assert.deepEqual(
      entries.map(({ action, target }) => [action, target?.id]),
      [['messageDeleted', 'guest']],
    );
  });

  it('[J4] stay deleted after a restart, and a repeat of the request does not bring them back', async () => {
    const data = { text: 'gone', to: toRole('host') };
    const { message } = await ada.ask('sendDirectChat', data, 'a-key-of-ada-2');
    await ada.ask('deleteDirectChat', { messageId: message.id });
    await server.stop();
    server = await TestServer.start({ store: SqliteRoomStore.open(path) });
    ada = await server.join('ada', { name: 'Ada' });
    host = await server.join('host', { role: 'host', name: 'Hanna' });
    assert.deepEqual((await ada.ask('sendDirectChat', data, 'a-key-of-ada-2')).message, { ...message, text: '' });
    assert.deepEqual(await read(host), ['']);
  });

  it('[Q2] [J1] are as they were after a restart, and a key sends once', async () => {
    const key = 'a-key-of-ada-1';
    const data = { text: 'once', to: toRole('host') };
    const first = await ada.ask('sendDirectChat', data, key);
    assert.deepEqual(await ada.ask('sendDirectChat', data, key), first);
    await server.stop();
    server = await TestServer.start({ store: SqliteRoomStore.open(path) });
    ada = await server.join('ada', { name: 'Ada' });
    host = await server.join('host', { role: 'host', name: 'Hanna' });
    assert.deepEqual(await ada.ask('sendDirectChat', data, key), first);
    assert.deepEqual(await read(host), ['once']);
    assert.deepEqual([told(host), told(ada)], [[], []]);
  });
});

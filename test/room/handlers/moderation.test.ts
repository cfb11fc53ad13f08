import { expect } from '@open-wc/testing';
import type { ChatMessage, ChatPin, DirectMessage, HeldMessage, ReplyData } from '../../../src/protocol/index.ts';
import { until } from '../../elements/show-element.ts';
import { openRoom } from '../open-room.ts';

const pin = (id: string, pinnedAt: number): ChatPin => ({
  id,
  message: null,
  text: id,
  pinnedBy: { id: 'host' as never, name: 'Hanna' },
  pinnedAt,
  expiresAt: null,
});

const whole = (change: Partial<ReplyData<'getModeration'>> = {}): ReplyData<'getModeration'> => ({
  pins: [],
  slowModeMs: 0,
  writers: null,
  locked: false,
  timedOutUntil: null,
  timeOutReason: '',
  wroteAt: null,
  hasDirectChat: false,
  held: [],
  refused: [],
  sampled: [],
  ...change,
});

const held = (id: string, sentAt: number, author = 'p-1'): HeldMessage => ({
  id: id as never,
  author: { id: author as never, name: 'Ada', role: 'viewer' as never },
  text: `text of ${id}`,
  sentAt,
  reason: 'firstMessage',
});

const direct = (id: string, after = 0): DirectMessage => ({
  id: id as never,
  after,
  author: { id: 'host' as never, name: 'Hanna', role: 'host' as never },
  to: { kind: 'role', role: 'viewer' as never },
  text: id,
  sentAt: 1,
});

describe('moderation', () => {
  async function open(answer: Partial<ReplyData<'getModeration'>> = {}) {
    const { room, server, join, flush } = openRoom();
    await join();
    server.answers.set('getModeration', () => whole(answer));
    room.use('moderation');
    const slice = () => room.store.features.loaded.value.moderation!;
    const asked = () => server.requests.filter(({ name }) => name === 'getModeration').length;
    await until(async () => {
      await flush();
      return slice() !== undefined && asked() === 1;
    });
    await flush();
    return { room, server, flush, slice, asked };
  }

  it('[D1] is noted before anybody asks for it', async () => {
    const hints: readonly ((server: ReturnType<typeof openRoom>['server']) => void)[] = [
      (server) => server.emit('pinsChanged', { pins: [], at: 1 }),
      (server) => server.emit('chatRulesChanged', { slowModeMs: 5_000, writers: null }),
      (server) => server.emit('roomLocked', { locked: true, changedBy: null }),
      (server) => server.signal('chatModerated', {}),
      (server) => server.signal('timedOut', { until: 99, reason: '' }),
      (server) => server.signal('directChatSent', { message: direct('d1') }),
      (server) => server.emit('chatSampled', { from: 1, to: 2, skipped: 1 }),
      (server) => server.signal('permissionsChanged', { permissions: [] }),
    ];
    for (const hint of hints) {
      const { room, server, join, flush } = openRoom();
      await join();
      expect(room.store.chat.isModerated.value).to.equal(false);
      hint(server);
      await flush();
      expect(room.store.chat.isModerated.value, String(hint)).to.equal(true);
      expect(server.requests.filter(({ name }) => name === 'getModeration')).to.have.length(0);
      room.close();
    }
  });

  it('[D1] is asked for, and pins stand since they were pinned', async () => {
    const { room, server, flush, slice } = await open({ pins: [pin('b', 20), pin('a', 10)], slowModeMs: 5_000 });
    expect(slice().slowModeMs.value).to.equal(5_000);
    expect(slice().pins.value.map(({ from, value }) => [from, value.map(({ id }) => id)])).to.deep.equal([
      [10, ['a']],
      [20, ['a', 'b']],
    ]);
    server.emit('pinsChanged', { pins: [], at: 30 });
    await flush();
    expect(slice().pins.value.at(-1)).to.deep.equal({ from: 30, value: [] });
    room.close();
  });

  it('[D3] counts the wait from what oneself wrote in slow mode', async () => {
    const { room, server, flush, slice } = await open();
    const message = (authorId: string, sentAt: number): ChatMessage => ({
      id: `m${sentAt}` as never,
      index: sentAt,
      author: { id: authorId as never, name: authorId, role: 'viewer' as never },
      text: 'Hello',
      sentAt,
      deleted: false,
    });
    const selfId = room.store.participants.selfId.value!;
    server.emit('chatSent', { message: message(selfId, 0) });
    await flush();
    expect(slice().wroteAt.value).to.equal(null);
    server.emit('chatRulesChanged', { slowModeMs: 10_000, writers: null });
    server.emit('chatSent', { message: message(selfId, 1) });
    server.emit('chatSent', { message: message('ada', 2) });
    await flush();
    expect([slice().slowModeMs.value, slice().wroteAt.value]).to.deep.equal([10_000, 1]);
    room.close();
  });

  it('[D4] tells until when oneself may not write, and asks again on return', async () => {
    const { room, server, flush, slice, asked } = await open();
    server.signal('timedOut', { until: 99, reason: 'Shouting' });
    await flush();
    expect([slice().timedOutUntil.value, slice().timeOutReason.value]).to.deep.equal([99, 'Shouting']);
    server.signal('permissionsChanged', { permissions: [] });
    await until(async () => {
      await flush();
      return asked() === 2 && slice().timedOutUntil.value === null;
    });
    room.close();
  });

  it("[Y5] keeps what waits of one's own until it is told to all, and says so when it was refused", async () => {
    const answer = { held: [] as HeldMessage[], refused: [] as HeldMessage['id'][] };
    const { room, server, flush, slice, asked } = await open(answer);
    const selfId = room.store.participants.selfId.value!;
    const shown = () => slice().held.value.map(({ id, text, isRefused }) => [id, text, isRefused]);
    for (const [id, sentAt] of [
      ['h1', 1],
      ['h2', 2],
      ['h3', 3],
    ] as const)
      server.signal('chatHeld', { message: held(id, sentAt, selfId) });
    server.signal('chatHeld', { message: held('other', 4, 'somebody') });
    await flush();
    expect(shown().map(([id]) => id)).to.deep.equal(['h1', 'h2', 'h3']);
    expect(slice().isShown.value).to.equal(true);

    const { id, author, text, sentAt } = held('h1', 1, selfId);
    server.emit('chatSent', { message: { id, author, text, sentAt, index: 0, deleted: false } });
    server.signal('heldChatReviewed', { messageId: id, outcome: 'approved' });
    server.signal('heldChatReviewed', { messageId: 'h2' as never, outcome: 'rejected' });
    await flush();
    expect(shown()).to.deep.equal([
      ['h2', 'text of h2', true],
      ['h3', 'text of h3', false],
    ]);

    // The signal of the next refusal is missed: the answer of the return has it.
    answer.refused = ['h3' as never, 'h2' as never, 'h0' as never];
    server.answers.set('getModeration', () => whole(answer));
    server.signal('permissionsChanged', { permissions: [] });
    await until(async () => {
      await flush();
      return asked() === 2 && shown().every(([, , isRefused]) => isRefused);
    });
    // What was written elsewhere, or before the page was loaded again, has no words any more.
    expect(shown().map(([id, text]) => [id, text])).to.deep.equal([
      ['h0', ''],
      ['h2', 'text of h2'],
      ['h3', 'text of h3'],
    ]);
    server.answers.set('dismissRefusedChat', () => ({}));
    for (const messageId of ['h0', 'h2', 'h3'] as never[]) void room.actions.dismissRefusedChat({ messageId });
    await flush();
    expect([shown(), slice().isShown.value]).to.deep.equal([[], false]);
    const dismissed = server.requests.filter(({ name }) => name === 'dismissRefusedChat');
    expect(dismissed.map(({ data }) => Object(data).messageId)).to.deep.equal(['h0', 'h2', 'h3']);
    room.close();
  });

  it('[C5] knows where a crowd was sampled, also what came before it was loaded', async () => {
    const range = (from: number) => ({ from, to: from + 9, skipped: 8 });
    const { room, server, flush, slice } = await open({ sampled: [range(10), range(20)] });
    server.emit('chatSampled', range(40));
    server.emit('chatSampled', range(40));
    await flush();
    expect(slice().sampled.value).to.deep.equal([10, 20, 40].map(range));
    server.answers.set('getModeration', () => whole({ sampled: [30, 40].map(range) }));
    server.signal('permissionsChanged', { permissions: [] });
    await until(async () => {
      await flush();
      return slice().sampled.value.length === 4;
    });
    expect(slice().sampled.value).to.deep.equal([10, 20, 30, 40].map(range));
    expect([slice().isShown.value, slice().isReady.value]).to.deep.equal([true, true]);
    room.close();
  });

  it('[J1] says that there are messages for oneself alone', async () => {
    const { room, server, flush, slice } = await open();
    server.signal('directChatSent', { message: direct('d1') });
    await flush();
    expect(slice().hasDirectChat.value).to.equal(true);
    room.close();
  });
});

describe('direct messages', () => {
  async function open(pages: DirectMessage[][]) {
    const { room, server, join, flush } = openRoom();
    await join();
    server.answers.set('loadDirectChat', () => ({ messages: pages.shift() ?? [] }));
    room.use('directChat');
    const ids = () => room.store.features.loaded.value.directChat?.messages.value.map(({ id }) => String(id)) ?? [];
    const wait = (condition: () => boolean) =>
      until(async () => {
        await flush();
        return condition();
      });
    return { room, server, flush, ids, wait };
  }

  it('[J3] come by pages and by signals, each once', async () => {
    const latest = Array.from({ length: 100 }, (_, number) => direct(`b${number}`));
    const { room, server, flush, ids, wait } = await open([latest, [direct('a')]]);
    await wait(() => ids().length === 101);
    expect([ids()[0], ids()[1]]).to.deep.equal(['a', 'b0']);
    server.signal('directChatSent', { message: direct('c') });
    server.signal('directChatSent', { message: direct('c') });
    await flush();
    expect(ids().slice(-2)).to.deep.equal(['b99', 'c']);
    room.close();
  });

  it('[J3] from before the newest 500 come when they are asked for, once', async () => {
    const page = (from: number, count = 100) =>
      Array.from({ length: count }, (_, number) => direct(`d${from + number}`));
    const pages = [520, 420, 320, 220, 120].map((from) => page(from));
    const { room, server, flush, ids, wait } = await open([...pages, page(20), page(0, 20)]);
    await wait(() => ids().length === 500);
    const { hasEarlier } = room.store.features.loaded.value.directChat!;
    expect(hasEarlier.value).to.equal(true);
    server.signal('directChatSent', { message: direct('new') });
    void room.actions.loadEarlierDirectChat();
    void room.actions.loadEarlierDirectChat();
    await wait(() => ids().length === 601);
    expect([ids()[0], ids().at(-1), hasEarlier.value]).to.deep.equal(['d20', 'new', true]);
    void room.actions.loadEarlierDirectChat();
    await wait(() => ids().length === 621);
    expect([ids()[0], hasEarlier.value]).to.deep.equal(['d0', false]);
    await room.actions.loadEarlierDirectChat();
    await flush();
    const asked = server.requests.filter(({ name }) => name === 'loadDirectChat');
    expect(asked.map(({ data }) => Object(data).before)).to.deep.equal([
      undefined,
      'd520',
      'd420',
      'd320',
      'd220',
      'd120',
      'd20',
    ]);
    room.close();
  });

  it('[J3] are others in another role', async () => {
    const { room, server, ids, wait } = await open([[direct('a')], [direct('b')]]);
    await wait(() => ids().length === 1);
    server.signal('permissionsChanged', { permissions: [] });
    await wait(() => ids()[0] === 'b');
    expect(ids()).to.deep.equal(['b']);
    room.close();
  });

  it('[J1] that fail are sent again under their key', async () => {
    const { room, server, flush, ids, wait } = await open([]);
    await wait(() => room.store.features.loaded.value.directChat !== undefined);
    const { pending } = room.store.features.loaded.value.directChat!;
    server.answers.set('sendDirectChat', () => {
      throw 'rateLimited';
    });
    const to = { kind: 'role', role: 'host' as never } as const;
    const refused = room.actions.sendDirectChat({ text: 'Help', to }).catch(({ code }) => code);
    await flush();
    const [failed] = pending.value;
    expect([await refused, failed?.state]).to.deep.equal(['rateLimited', 'failed']);
    server.answers.set('sendDirectChat', () => ({ message: direct('sent') }));
    const retried = room.actions.retryDirectChat(failed!.key);
    await flush();
    await retried;
    expect([pending.value.length, ids()]).to.deep.equal([0, ['sent']]);
    const keys = server.requests.filter(({ name }) => name === 'sendDirectChat').map(({ key }) => key);
    expect(new Set(keys).size).to.equal(1);
    room.close();
  });
});

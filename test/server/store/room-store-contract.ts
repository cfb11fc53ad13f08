import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  ProtocolError,
  type MessageId,
  type ParticipantId,
  type RoleName,
  type RoomId,
} from '../../../src/protocol/index.ts';
import type { ChatDraft, RoomRecord, RoomStore } from '../../../server/src/store/room-store.ts';

export interface StoreUnderTest {
  /** Opens the store; a second call after `close` opens the same one again. */
  open(): Promise<RoomStore>;
  /** Takes every trace away. */
  dispose(): Promise<void>;
}

const launch = 'launch' as RoomId;
const ada = 'ada' as ParticipantId;
const grace = 'grace' as ParticipantId;

export const roomRecord = (id: RoomId, createdAt = 1_000): RoomRecord => ({
  id,
  title: `Title of ${id}`,
  template: 'default',
  createdAt,
  endedAt: null,
  spotlight: null,
});

export const chatDraft = (draft: Partial<ChatDraft> = {}): ChatDraft => ({
  roomId: launch,
  id: randomUUID() as MessageId,
  key: randomUUID(),
  author: { id: ada, name: 'Ada', role: 'viewer' as RoleName },
  text: 'Hello',
  sentAt: 2_000,
  ...draft,
});

const failsWith = (code: string) => (error: unknown) => error instanceof ProtocolError && error.code === code;

/** What every implementation of `RoomStore` does. */
export function describeRoomStore(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a room store`, () => {
    let underTest: StoreUnderTest;
    let store: RoomStore;

    beforeEach(async () => {
      underTest = await create();
      store = await underTest.open();
      await store.createRoom(roomRecord(launch));
    });

    afterEach(async () => {
      await store.close();
      await underTest.dispose();
    });

    async function reopen(): Promise<void> {
      await store.close();
      store = await underTest.open();
    }

    it('keeps rooms', async () => {
      assert.deepEqual(await store.findRoom(launch), roomRecord(launch));
      assert.equal(await store.findRoom('other' as RoomId), null);
      assert.equal(await store.loadRoom('other' as RoomId, 10), null);
    });

    it('reopens an ended room with all it had, save the spotlight', async () => {
      await store.saveRole(launch, ada, 'guest' as RoleName, null);
      await store.saveSpotlight(launch, ada);
      const { message } = await store.appendChat(chatDraft());
      await store.reopenRoom(launch);
      assert.equal((await store.findRoom(launch))?.spotlight, ada);
      await store.endRoom(launch, 5_000);
      await store.reopenRoom(launch);
      await reopen();
      const stored = await store.loadRoom(launch, 10);
      assert.deepEqual(stored?.room, roomRecord(launch));
      assert.deepEqual(stored?.chat.latest, [message]);
      assert.deepEqual(Object.fromEntries(stored?.roles ?? []), { ada: 'guest' });
      assert.deepEqual(
        (await store.listRooms({ limit: 10, includeEnded: false })).map(({ id }) => id),
        [launch],
      );
    });

    it('erases rooms that ended before a time, with all that was theirs', async () => {
      const later = 'later' as RoomId;
      for (const id of [later, 'living' as RoomId]) await store.createRoom(roomRecord(id));
      const drafts = Array.from({ length: 2_500 }, () => chatDraft());
      await Promise.all(drafts.map((draft) => store.appendChat(draft)));
      await store.appendChat(chatDraft({ roomId: later }));
      await store.saveRole(launch, ada, 'host' as RoleName, null);
      await store.saveRemoval(launch, grace, 7_000);
      await store.endRoom(launch, 4_999);
      await store.endRoom(later, 5_000);
      while (await store.pruneRooms(5_000));
      assert.equal(await store.loadRoom(launch, 10), null);
      assert.deepEqual(await store.loadChat(launch, 10_000, 10), []);
      assert.equal(await store.findChat(launch, ada, drafts[0]!.key), null);
      assert.deepEqual(
        (await store.listRooms({ limit: 10, includeEnded: true })).map(({ id }) => id),
        [later, 'living'],
      );
      assert.equal((await store.loadRoom(later, 10))?.chat.total, 1);
      await store.createRoom(roomRecord(launch));
      const fresh = await store.loadRoom(launch, 10);
      assert.deepEqual([fresh?.chat.total, fresh?.roles.size, fresh?.removals.size], [0, 0, 0]);
    });

    it('leaves a room alone that was reopened while it was erased', async () => {
      await store.appendChat(chatDraft());
      await store.endRoom(launch, 1_000);
      const pruning = store.pruneRooms(5_000);
      await Promise.all([store.reopenRoom(launch), pruning]);
      assert.equal(await store.pruneRooms(5_000), false);
      assert.equal((await store.findRoom(launch))?.endedAt, null);
      assert.equal((await store.loadChat(launch, 10, 10)).length, 1);
    });

    it('makes a room once, also when asked twice at a time', async () => {
      await assert.rejects(store.createRoom(roomRecord(launch, 9_000)), failsWith('conflict'));
      const twin = roomRecord('twin' as RoomId);
      const outcomes = await Promise.allSettled([store.createRoom(twin), store.createRoom(twin)]);
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'rejected'],
      );
      assert.equal((await store.findRoom(launch))?.createdAt, 1_000);
    });

    it('lists rooms by id in pages, ended ones on request', async () => {
      for (const id of ['d', 'b', 'c', 'a']) await store.createRoom(roomRecord(id as RoomId));
      await store.endRoom('b' as RoomId, 5_000);
      const ids = async (after: string | undefined, includeEnded: boolean) =>
        (await store.listRooms({ after, limit: 3, includeEnded })).map(({ id }) => id);
      assert.deepEqual(await ids(undefined, false), ['a', 'c', 'd']);
      assert.deepEqual(await ids('d', false), ['launch']);
      assert.deepEqual(await ids(undefined, true), ['a', 'b', 'c']);
    });

    it('ends a room once: the first time stays', async () => {
      await store.endRoom(launch, 5_000);
      await store.endRoom(launch, 6_000);
      assert.equal((await store.findRoom(launch))?.endedAt, 5_000);
    });

    it('[T2] keeps given roles, removals and the spotlight, the latest of each, across a restart', async () => {
      await store.saveRole(launch, ada, 'guest' as RoleName, null);
      await store.saveRole(launch, ada, 'viewer' as RoleName, null);
      await store.saveRole(launch, grace, 'host' as RoleName, 'viewer' as RoleName);
      await store.saveRemoval(launch, grace, 7_000);
      await store.saveRemoval(launch, grace, 8_000);
      await store.saveSpotlight(launch, grace);
      await reopen();
      const stored = await store.loadRoom(launch, 10);
      assert.deepEqual(Object.fromEntries(stored?.roles ?? []), { ada: 'viewer', grace: 'host' });
      assert.deepEqual(Object.fromEntries(stored?.rolesBefore ?? []), { grace: 'viewer' });
      assert.deepEqual(Object.fromEntries(stored?.removals ?? []), { grace: 8_000 });
      assert.equal(stored?.room.spotlight, grace);
    });

    it('[C1] counts messages from 0 in the order of the calls, each room its own', async () => {
      const other = 'other' as RoomId;
      await store.createRoom(roomRecord(other));
      const settled: number[] = [];
      const append = async (roomId: RoomId, text: string) => {
        const { message } = await store.appendChat(chatDraft({ roomId, text }));
        settled.push(Number(text));
        return message.index;
      };
      const indices = await Promise.all([
        append(launch, '0'),
        append(other, '1'),
        append(launch, '2'),
        append(launch, '3'),
        append(other, '4'),
      ]);
      assert.deepEqual(indices, [0, 0, 1, 2, 1]);
      assert.deepEqual(settled, [0, 1, 2, 3, 4]);
    });

    it('[C1] goes on counting after a restart', async () => {
      await store.appendChat(chatDraft());
      await store.appendChat(chatDraft());
      await reopen();
      const { message } = await store.appendChat(chatDraft());
      assert.equal(message.index, 2);
    });

    it('[Q2] appends a key of an author once, also across a restart', async () => {
      const draft = chatDraft({ key: 'same-key' });
      const first = await store.appendChat(draft);
      await reopen();
      const again = chatDraft({ key: 'same-key', text: 'Other words' });
      assert.deepEqual(await store.appendChat(again), { message: first.message, repeated: true });
      assert.deepEqual(await store.findChat(launch, ada, 'same-key'), first.message);
      assert.equal(await store.findChat(launch, grace, 'same-key'), null);
      const another = await store.appendChat(chatDraft({ key: 'same-key', author: { ...draft.author, id: grace } }));
      assert.equal(another.message.index, 1);
    });

    it('[Q2] appends once where both ask at a time', async () => {
      const [first, repeat] = await Promise.all([
        store.appendChat(chatDraft({ key: 'same-key' })),
        store.appendChat(chatDraft({ key: 'same-key' })),
      ]);
      assert.equal(first.repeated, false);
      assert.deepEqual(repeat, { message: first.message, repeated: true });
    });

    it('gives back what was sent, to the letter', async () => {
      const text = `Zoë 👩🏽‍🚀 \u202eabc <b>'"--;\u0000 end`;
      const { message } = await store.appendChat(chatDraft({ text }));
      assert.equal(message.text, text);
      assert.deepEqual(await store.loadChat(launch, 10, 10), [message]);
    });

    it('pages history, oldest first, and loads the latest with the room', async () => {
      for (let index = 0; index < 7; index += 1) await store.appendChat(chatDraft({ text: String(index) }));
      const texts = async (before: number, limit: number) =>
        (await store.loadChat(launch, before, limit)).map(({ text }) => text);
      assert.deepEqual(await texts(7, 3), ['4', '5', '6']);
      assert.deepEqual(await texts(4, 3), ['1', '2', '3']);
      assert.deepEqual(await texts(1, 3), ['0']);
      assert.deepEqual(await texts(0, 3), []);
      const stored = await store.loadRoom(launch, 2);
      assert.equal(stored?.chat.total, 7);
      assert.deepEqual(
        stored?.chat.latest.map(({ text }) => text),
        ['5', '6'],
      );
    });

    it('[C4] keeps what a message answers, and finds a message by its id', async () => {
      const replyTo = { id: randomUUID() as MessageId, index: 3, author: { id: grace, name: 'Grace' } };
      const { message } = await store.appendChat(chatDraft({ replyTo }));
      assert.deepEqual(message.replyTo, replyTo);
      assert.deepEqual(await store.findMessage(launch, message.id), message);
      assert.equal(await store.findMessage('other' as RoomId, message.id), null);
    });

    it('[C3] erases the text of a deleted message and keeps its place', async () => {
      const { message } = await store.appendChat(chatDraft({ key: 'some-key' }));
      const { author } = message;
      assert.deepEqual(await store.deleteChat(launch, message.id), { index: 0, author, repeated: false });
      assert.deepEqual(await store.deleteChat(launch, message.id), { index: 0, author, repeated: true });
      const erased = { ...message, text: '', deleted: true };
      assert.deepEqual(await store.loadChat(launch, 10, 10), [erased]);
      assert.deepEqual(await store.findChat(launch, ada, 'some-key'), erased);
      assert.equal(await store.deleteChat(launch, 'unknown' as MessageId), null);
      assert.equal(await store.deleteChat('other' as RoomId, message.id), null);
    });

    it('goes on after a write that fails, beside others of the same moment', async () => {
      const outcomes = await Promise.allSettled([
        store.appendChat(chatDraft()),
        store.appendChat(chatDraft({ roomId: 'nowhere' as RoomId })),
        store.appendChat(chatDraft()),
      ]);
      assert.deepEqual(
        outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.message.index : outcome.reason.code)),
        [0, 'unavailable', 1],
      );
    });

    it('keeps what was under way when closed, and closes twice', async () => {
      const pending = store.appendChat(chatDraft({ text: 'Last words' }));
      await store.close();
      await pending;
      await reopen();
      assert.equal((await store.loadChat(launch, 10, 10))[0]?.text, 'Last words');
      await store.close();
    });
  });
}

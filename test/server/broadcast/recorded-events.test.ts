import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeChapters } from '../../../server/src/broadcast/recordings/chapters.ts';
import {
  createChatSource,
  writeEvents,
  type EventSource,
} from '../../../server/src/broadcast/recordings/recorded-events.ts';
import type { EndedRecording } from '../../../server/src/broadcast/recordings/recording-listener.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import {
  createCaptionSource,
  createGiftSource,
  createPollSource,
} from '../../../server/src/broadcast/recordings/feature-events.ts';
import type { MessageId, ParticipantId, PollInput, RoleName, RoomId } from '../../../src/protocol/index.ts';
import { TestServer } from '../ws/test-server.ts';
import { roomRecord } from '../store/room-store-contract.ts';

const launch = 'launch' as RoomId;
/** Two stretches of ten seconds, with a break of five between them. */
const ended: EndedRecording = {
  startedAt: 100_000,
  endedAt: 125_000,
  durationMs: 20_000,
  bytes: 1,
  spans: [
    { startsAt: 100_000, offset: 0, durationMs: 10_000 },
    { startsAt: 115_000, offset: 10_000, durationMs: 10_000 },
  ],
  chapters: [],
  captions: [],
};

describe('what is written beside a recording', () => {
  it('is the chat of its time, counted anew, each message where it belongs, without what was deleted', async () => {
    const store = SqliteRoomStore.open(':memory:');
    await store.createRoom(roomRecord(launch));
    const author = { id: 'ada' as ParticipantId, name: 'Ada', role: 'viewer' as RoleName };
    const say = (text: string, sentAt: number) =>
      store.appendChat({ roomId: launch, id: text as MessageId, key: text, author, text, sentAt });
    for (const [text, sentAt] of [
      ['early', 99_999],
      ['first', 101_000],
      ['sorry', 102_000],
      ['break', 112_000],
      ['second', 116_500],
      ['late', 125_001],
    ] as const)
      await say(text, sentAt);
    await store.deleteChat(launch, 'sorry' as MessageId);
    const lines = (await writeEvents([createChatSource(store)], launch, ended)).trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line));
    assert.deepEqual(
      events.map(({ offset, name, data }) => [offset, name, data.message.index, data.message.text]),
      [
        [1_000, 'chatSent', 0, 'first'],
        [10_000, 'chatSent', 1, 'break'],
        [11_500, 'chatSent', 2, 'second'],
      ],
    );
    await store.close();
  });

  it('is a chat of any length, in the order of time with whatever else happened', async () => {
    const store = SqliteRoomStore.open(':memory:');
    await store.createRoom(roomRecord(launch));
    const author = { id: 'ada' as ParticipantId, name: 'Ada', role: 'viewer' as RoleName };
    const drafts = Array.from({ length: 1_201 }, (_, index) => `m${index}`);
    await Promise.all(
      drafts.map((text, index) =>
        store.appendChat({ roomId: launch, id: text as MessageId, key: text, author, text, sentAt: 100_000 + index }),
      ),
    );
    const poll: EventSource = async () => [{ at: 100_600, name: 'pollLaunched', data: { question: 'Tea?' } }];
    const lines = (await writeEvents([poll, createChatSource(store)], launch, ended)).trimEnd().split('\n');
    const times = lines.map((line): number => JSON.parse(line).at);
    assert.equal(times.length, 1_202);
    assert.deepEqual(
      times,
      times.toSorted((one, other) => one - other),
    );
    await store.close();
  });

  it('is also the polls, gifts and captions of its time, as all saw them, with sums of their own', async () => {
    const server = await TestServer.start();
    const { clock, store } = server;
    const { polls, gifts, captions, ledger } = store.features;
    const [host, viewer] = [await server.join('host', { role: 'host' }), await server.join('ada')];
    await ledger.credit({ ownerId: 'ada' as ParticipantId, amount: 100, key: 'credit', note: null, at: 0 });
    const launchPoll = async (question: string) => {
      const definition: PollInput = { question, kind: 'single', options: ['Yes', 'No'], results: 'hosts' };
      const { poll } = await host.ask('createPoll', definition);
      await host.ask('launchPoll', { pollId: poll.id });
      return { pollId: poll.id };
    };
    const give = () => viewer.ask('sendGift', { giftId: 'rose', price: 5, count: 1, to: null });
    const before = await launchPoll('Before?');
    await host.ask('closePoll', before);
    const tea = await launchPoll('Tea?');
    await give();
    clock.advance(1_000);
    const from = clock.now();
    clock.advance(1_000);
    await give();
    await host.ask('sendCaption', { segmentId: '1', text: 'Welcome', final: true, language: 'en' });
    clock.advance(1_000);
    await viewer.ask('vote', { ...tea, answer: { type: 'choices', choices: [1] } });
    await host.ask('closePoll', tea);
    clock.advance(1_000);
    await host.ask('revealPoll', tea);
    await give();
    const to = clock.now();
    clock.advance(1_000);
    await give();
    await launchPoll('After?');
    const ofPolls = await createPollSource(polls)(launch, from, to);
    const tally = { voters: 1 };
    assert.partialDeepStrictEqual(ofPolls, [
      { at: from, name: 'pollChanged', data: { poll: { question: 'Tea?', state: 'open', tally: null } } },
      { at: from + 2_000, data: { poll: { question: 'Tea?', state: 'closed', revealedAt: null, tally: null } } },
      { at: from + 3_000, data: { poll: { question: 'Tea?', state: 'closed', revealedAt: from + 3_000, tally } } },
    ]);
    assert.equal(ofPolls.length, 3);
    const ofGifts = await createGiftSource(gifts)(launch, from, to);
    assert.partialDeepStrictEqual(ofGifts, [
      { at: from + 1_000, data: { gift: { index: 0 }, totals: { gifts: 1, amount: 5 }, gifter: { amount: 5 } } },
      { at: from + 3_000, data: { gift: { index: 1 }, totals: { gifts: 2, amount: 10 }, gifter: { gifts: 2 } } },
    ]);
    assert.equal(ofGifts.length, 2);
    const ofCaptions = await createCaptionSource(captions)(launch, from, to);
    assert.partialDeepStrictEqual(ofCaptions, [
      { at: from + 1_000, name: 'captionSpoken', data: { caption: { index: 0, text: 'Welcome' } } },
    ]);
    await server.stop();
  });

  it('has a chapter for each stretch, or for each mark where there are any', () => {
    assert.equal(
      writeChapters(ended),
      'WEBVTT\n\n00:00:00.000 --> 00:00:10.000\n1\n\n00:00:10.000 --> 00:00:20.000\n2\n',
    );
    const chapters = [
      { startedAt: 116_000, title: 'Q & A\n<live>' },
      { startedAt: 100_000, title: 'Welcome' },
    ];
    assert.equal(
      writeChapters({ ...ended, chapters }),
      'WEBVTT\n\n00:00:00.000 --> 00:00:11.000\nWelcome\n\n00:00:11.000 --> 00:00:20.000\nQ &amp; A &lt;live&gt;\n',
    );
  });
});

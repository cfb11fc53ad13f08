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
import type { MessageId, ParticipantId, RoleName, RoomId } from '../../../src/protocol/index.ts';
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

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { PollAnswer, PollInput } from '../../../src/protocol/index.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const choices = (...places: number[]): PollAnswer => ({ type: 'choices', choices: places });
const LUNCH: PollInput = { question: 'Lunch?', kind: 'single', options: ['Soup', 'Salad'] };

describe('[V8] quizzes', () => {
  let server: TestServer;
  let host: JoinedClient;

  beforeEach(async () => {
    server = await TestServer.start();
    host = await server.join('host', { role: 'host' });
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  const open = async (input: PollInput) => {
    const { poll } = await host.ask('createPoll', input);
    return (await host.ask('launchPoll', { pollId: poll.id })).poll;
  };

  const QUIZ: PollInput = { ...LUNCH, durationMs: 10_000, quiz: { right: choices(1) } };

  it('keep what is right to those who manage polls, until it is revealed', async () => {
    const ada = await server.join('ada');
    const { id: pollId } = await open(QUIZ);
    assert.equal((await ada.event('pollChanged')).poll.quiz?.right, null);
    assert.deepEqual((await host.signal('pollManaged')).poll.quiz?.right, choices(1));
    await ada.ask('vote', { pollId, answer: choices(1) });
    await host.ask('closePoll', { pollId });
    assert.equal((await ada.ask('getPolls', {})).polls[0]?.quiz?.right, null);
    assert.deepEqual((await ada.ask('getLeaderboard', {})).entries, []);
    await host.ask('revealPoll', { pollId });
    const { poll } = await ada.event('pollChanged', (event) => event.poll.revealedAt !== null);
    assert.deepEqual(poll.quiz?.right, choices(1));
  });

  it('give points for being right, fast, and right in a row', async () => {
    const [ada, bob, cat] = await Promise.all(
      ['ada', 'bob', 'cat'].map((id) => server.join(id, { name: id, role: id === 'cat' ? 'audience' : 'viewer' })),
    );
    for (const [adaDelayMs, bobRight] of [
      [0, true],
      [5_000, false],
    ] as const) {
      const { id: pollId, openedAt } = await open(QUIZ);
      await server.elapse(adaDelayMs, host, ada!, bob!, cat!);
      await ada!.ask('vote', { pollId, answer: choices(1) });
      await server.elapse(5_000 - adaDelayMs, host, ada!, bob!, cat!);
      await bob!.ask('vote', { pollId, answer: choices(bobRight ? 1 : 0) });
      // Seen five seconds later, and answered at once.
      await cat!.ask('vote', { pollId, answer: choices(1), shownAt: openedAt! + 5_000 });
      await host.ask('closePoll', { pollId });
      await host.ask('closePoll', { pollId });
      await host.ask('revealPoll', { pollId });
    }
    await ada!.until(() => ada!.signals('pollScored').length === 2, 'the scores');
    assert.deepEqual(
      ada!.signals('pollScored').map(({ score }) => [score.right, score.points, score.streak]),
      [
        [true, 1_000, 1],
        [true, 850, 2],
      ],
    );
    const { entries, standing, total, next } = await ada!.ask('getLeaderboard', { limit: 2 });
    assert.deepEqual(entries, [
      { rank: 1, name: 'cat', points: 2_100, right: 2, streak: 2 },
      { rank: 2, name: 'ada', points: 1_850, right: 2, streak: 2 },
    ]);
    assert.deepEqual([standing, total, next], [{ rank: 2, points: 1_850, of: 3 }, 3, 2]);
    const rest = await ada!.ask('getLeaderboard', { after: 2, limit: 2 });
    assert.deepEqual(rest.entries, [{ rank: 3, name: 'bob', points: 750, right: 1, streak: 0 }]);
    const again = await server.join('bob');
    const { scores, standing: place } = await again.ask('getPolls', {});
    assert.deepEqual(
      [scores.map(({ points }) => points).toSorted((one, other) => one - other), place?.rank],
      [[0, 750], 3],
    );
  });

  it('take guesses that are near enough, and words however they are written', async () => {
    const ada = await server.join('ada');
    const quizzes: [PollInput, PollAnswer][] = [
      [
        { question: 'How far?', kind: 'number', quiz: { right: { type: 'number', number: 0.3 }, tolerance: 0.1 } },
        { type: 'number', number: 0.4 },
      ],
      [
        { question: 'Where?', kind: 'text', quiz: { right: { type: 'words', words: ['New York', 'NYC'] } } },
        { type: 'text', text: 'new  york' },
      ],
      [{ ...LUNCH, kind: 'ranking', quiz: { right: choices(1, 0) } }, choices(1, 0)],
    ];
    for (const [input, answer] of quizzes) {
      const { id: pollId } = await open(input);
      await ada.ask('vote', { pollId, answer });
      await host.ask('closePoll', { pollId });
      await host.ask('revealPoll', { pollId });
    }
    assert.equal((await ada.ask('getLeaderboard', {})).entries[0]?.right, 3);
  });
});

describe('polls after a restart', () => {
  it('[V9] go on as they were, and repeat no request', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ils-polls-'));
    const database = join(folder, 'rooms.db');
    let server = await TestServer.start({ store: SqliteRoomStore.open(database) });
    let host = await server.join('host', { role: 'host' });
    let ada = await server.join('ada', { name: 'Ada' });
    const bob = await server.join('bob');
    const quiz: PollInput = { ...LUNCH, quiz: { right: choices(1) } };
    const { poll: first } = await host.ask('createPoll', quiz, 'create-quiz');
    await host.ask('launchPoll', { pollId: first.id }, 'launch-quiz');
    await ada.ask('vote', { pollId: first.id, answer: choices(1) }, 'vote-quiz');
    await host.ask('closePoll', { pollId: first.id }, 'close-quiz');
    await host.ask('revealPoll', { pollId: first.id }, 'reveal-quiz');
    const { poll: second } = await host.ask('createPoll', { ...LUNCH, changeable: true, durationMs: 60_000 });
    await host.ask('launchPoll', { pollId: second.id });
    for (const place of [0, 1]) {
      await ada.ask('vote', { pollId: second.id, answer: choices(place) }, `vote-lunch-${place}`);
    }
    await bob.ask('vote', { pollId: second.id, answer: choices(0) });
    const { poll: gone } = await host.ask('createPoll', LUNCH);
    await host.ask('deletePoll', { pollId: gone.id }, 'delete-it');
    const before = [await host.ask('getPolls', {}), await ada.ask('getPolls', {})];
    const board = await ada.ask('getLeaderboard', {});
    await server.stop();

    server = await TestServer.start({ store: SqliteRoomStore.open(database) });
    host = await server.join('host', { role: 'host' });
    ada = await server.join('ada', { name: 'Ada' });
    assert.deepEqual([await host.ask('getPolls', {}), await ada.ask('getPolls', {})], before);
    assert.deepEqual(await ada.ask('getLeaderboard', {}), board);
    assert.equal((await host.ask('createPoll', quiz, 'create-quiz')).poll.id, first.id);
    assert.equal((await host.ask('launchPoll', { pollId: first.id }, 'launch-quiz')).poll.state, 'closed');
    assert.deepEqual(await host.ask('deletePoll', { pollId: gone.id }, 'delete-it'), {});
    // The older answer, sent again, does not win over the newer one.
    const repeated = await ada.ask('vote', { pollId: second.id, answer: choices(0) }, 'vote-lunch-0');
    assert.deepEqual(repeated.vote.answer, choices(0));
    const { poll } = await host.ask('closePoll', { pollId: second.id });
    assert.deepEqual(
      poll.tally?.counts.map(({ count }) => count),
      [1, 1],
    );
    assert.equal((await host.ask('getPolls', {})).polls.length, 2);
    assert.deepEqual(server.errors, []);
    await server.stop();
    await rm(folder, { recursive: true });
  });
});

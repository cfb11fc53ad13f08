import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ParticipantId } from '../../../src/protocol/index.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const DAY_MS = 86_400_000;
const GRACE_MS = 12_000;

/** All that somebody reads of what has been: the chat by the welcome, the rest by asking. */
async function historyOf(client: JoinedClient): Promise<object> {
  const { chat } = client.welcome.snapshot ?? {};
  const { polls, votes, tallies, scores, standing } = await client.ask('getPolls', {});
  const { questions, highlighted, voted } = await client.ask('getQuestions', {});
  const { balance, totals, goal, top, latest } = await client.ask('getGifts', {});
  const messages = await client.ask('loadChat', { before: 100, limit: 50 });
  const moderation = await client.ask('getModeration', {});
  const direct = await client.ask('loadDirectChat', { limit: 50 });
  const held = await client.ask('listHeldChat', {});
  const captions = await client.ask('getCaptions', {});
  const overlays = await client.ask('getOverlays', {});
  const hands = await client.ask('getHands', {});
  return {
    chat,
    messages,
    moderation,
    direct,
    held,
    captions,
    overlays,
    hands,
    polls,
    votes,
    tallies,
    scores,
    standing,
    questions,
    highlighted,
    voted,
    balance,
    totals,
    goal,
    top,
    latest,
  };
}

describe('what has been in a room', () => {
  it('is the same after a restart and on the next day, on another device, for each in their own eyes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ils-history-'));
    const start = () => TestServer.start({ store: SqliteRoomStore.open(join(folder, 'rooms.db')) });
    const everyone = (server: TestServer) =>
      Promise.all([
        server.join('host', { role: 'host', name: 'Grace' }),
        server.join('ada', { name: 'Ada' }),
        server.join('bob', { name: 'Bob', role: 'audience' }),
      ]);

    const first = await start();
    const wallet = { ownerId: 'ada' as ParticipantId, amount: 100, key: 'paid', note: null, at: 0 };
    await first.store.features.ledger.credit(wallet);
    const [host, ada, bob] = await everyone(first);
    const { message } = await host.ask('sendChat', { text: 'The address is here' });
    await ada.ask('sendChat', { text: 'Thank you', replyTo: message.id });
    await host.ask('pinChat', { messageId: message.id });
    const rude = await bob.ask('sendChat', { text: 'What was hidden' });
    await host.ask('deleteChat', { messageId: rude.message.id });
    await host.ask('sendDirectChat', {
      text: 'For Ada alone',
      to: { kind: 'participant', participantId: 'ada' },
    });
    await host.ask('setChatPolicies', { links: 'hold' });
    await bob.ask('sendChat', { text: 'Held: https://example.com' });
    await host.ask('sendCaption', { segmentId: '1', text: 'What was said', final: true, language: 'en' });
    const content = { kind: 'lowerThird', title: 'Who speaks', subtitle: '' } as const;
    await host.ask('takeOverlay', { content, staysMs: null });
    await ada.ask('raiseHand', { note: 'About the latency' });
    const poll = await host.ask('createPoll', { question: 'Lunch?', kind: 'single', options: ['Soup', 'Salad'] });
    const pollId = poll.poll.id;
    await host.ask('launchPoll', { pollId });
    await ada.ask('vote', { pollId, answer: { type: 'choices', choices: [0] } });
    await bob.ask('vote', { pollId, answer: { type: 'choices', choices: [1] } });
    await host.ask('closePoll', { pollId });
    // Answers that are on their way are counted yet ([V5]).
    await first.elapse(GRACE_MS, host, ada, bob);
    const { question } = await ada.ask('askQuestion', { text: 'Is this recorded?' });
    await bob.ask('voteForQuestion', { questionId: question.id, voted: true });
    await host.ask('answerQuestion', { questionId: question.id, text: 'It is.' });
    await ada.ask('sendGift', { giftId: 'rose', price: 5, count: 2, to: null });

    // As each would see it who came now, before anything is lost.
    const before: object[] = [];
    for (const client of await everyone(first)) before.push(await historyOf(client));
    const whoReads = (words: string) => before.map((each) => JSON.stringify(each).includes(words));
    for (const words of ['The address is here', 'What was said', 'Who speaks']) {
      assert.deepEqual(whoReads(words), [true, true, true], words);
    }
    assert.deepEqual(whoReads('What was hidden'), [false, false, false]);
    assert.deepEqual(whoReads('For Ada alone'), [true, true, false]);
    assert.deepEqual(whoReads('Held: '), [true, false, true]);
    assert.deepEqual(whoReads('About the latency'), [true, true, false]);

    const second = await start();
    const after: object[] = [];
    for (const client of await everyone(second)) after.push(await historyOf(client));
    assert.deepEqual(after, before);

    second.clock.advance(DAY_MS);
    const later: object[] = [];
    for (const client of await everyone(second)) later.push(await historyOf(client));
    assert.deepEqual(later, before);

    for (const server of [second, first]) {
      assert.deepEqual(server.errors, []);
      await server.stop();
    }
    await rm(folder, { recursive: true });
  });
});

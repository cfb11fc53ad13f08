import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { QuestionView } from '../../../src/protocol/index.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const INTERVAL_MS = 250;
const KEY = 'a-key-that-outlives-1';

describe('questions', () => {
  let server: TestServer;
  let store: SqliteRoomStore;
  let host: JoinedClient;
  let ada: JoinedClient;
  let bob: JoinedClient;

  beforeEach(async () => {
    store = SqliteRoomStore.open(':memory:');
    server = await TestServer.start({ store });
    host = await server.join('host', { role: 'host', name: 'Grace' });
    ada = await server.join('ada', { name: 'Ada' });
    bob = await server.join('bob', { name: 'Bob' });
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  const askOne = async (text = 'Why?', isAnonymous = false): Promise<QuestionView> =>
    (await ada.ask('askQuestion', { text, isAnonymous })).question;

  it('[U1] are told to everyone, and given whole to who comes later', async () => {
    const question = await askOne('  Will there be a recording?  ');
    assert.deepEqual(question, {
      id: question.id,
      index: 0,
      text: 'Will there be a recording?',
      askedAt: server.clock.now(),
      isAnonymous: false,
      asker: { id: 'ada', name: 'Ada' },
      state: 'open',
      votes: 0,
      answer: null,
    });
    assert.deepEqual(await bob.event('questionOpened'), { question });
    const late = await server.join('late');
    assert.deepEqual(await late.ask('getQuestions', {}), {
      settings: { isOpen: true, isModerated: false, allowsAnonymous: true },
      questions: [question],
      highlighted: null,
      highlightedAt: null,
      voted: [],
    });
  });

  it('[U1] stores before it tells and before it answers', async () => {
    const stored = Promise.withResolvers<void>();
    const { questions } = store.features;
    const ask = questions.askQuestion.bind(questions);
    questions.askQuestion = async (...args) => {
      await stored.promise;
      return ask(...args);
    };
    const id = ada.sendRequest('askQuestion', { text: 'Why?' });
    await ada.settle();
    assert.deepEqual((await bob.ask('getQuestions', {})).questions, []);
    await Promise.all([ada.settle(), bob.settle()]);
    assert.deepEqual(bob.eventsNamed('questionOpened'), []);
    stored.resolve();
    assert.equal((await ada.reply(id)).error, undefined);
    await Promise.all([ada.settle(), bob.settle()]);
    assert.equal(bob.eventsNamed('questionOpened').length, 1);
  });

  it('[U1] [Q2] one key asks once, also after the process died', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ils-questions-'));
    const path = join(folder, 'rooms.db');
    const first = await TestServer.start({ store: SqliteRoomStore.open(path) });
    const asker = await first.join('ada');
    const { question } = await asker.ask('askQuestion', { text: 'Once?' }, KEY);
    assert.deepEqual(await asker.ask('askQuestion', { text: 'Once?' }, KEY), { question });
    const moderator = await first.join('host', { role: 'host' });
    await moderator.ask('highlightQuestion', { questionId: question.id });
    await moderator.ask('answerQuestion', { questionId: question.id, text: 'Yes' });
    await moderator.ask('changeQuestionSettings', { isOpen: false, isModerated: true });
    const before = await asker.ask('getQuestions', {});
    // What a killed process leaves: the file as it is, with nobody to close it.
    const second = await TestServer.start({ store: SqliteRoomStore.open(path) });
    const back = await second.join('ada');
    // Since when it is on screen is known as long as the room is in memory.
    assert.deepEqual(await back.ask('getQuestions', {}), { ...before, highlightedAt: null });
    const { question: again } = await back.ask('askQuestion', { text: 'Once?' }, KEY);
    assert.equal(again.id, question.id);
    assert.equal(again.state, 'answered');
    assert.deepEqual(back.events, []);
    for (const each of [second, first]) await each.stop();
    await rm(folder, { recursive: true });
  });

  it('[U2] are taken only while they are, with a name where one is wanted', async () => {
    await host.ask('changeQuestionSettings', { allowsAnonymous: false });
    assert.equal(await ada.codeOf('askQuestion', { text: 'Who?', isAnonymous: true }), 'conflict');
    const { settings } = await host.ask('changeQuestionSettings', { isOpen: false });
    assert.deepEqual(settings, { isOpen: false, isModerated: false, allowsAnonymous: false });
    await host.ask('changeQuestionSettings', { isOpen: false });
    assert.equal(await ada.codeOf('askQuestion', { text: 'Why?' }), 'conflict');
    await Promise.all([ada.settle(), bob.settle()]);
    assert.equal(bob.eventsNamed('questionSettingsChanged').length, 2);
    assert.deepEqual((await bob.ask('getQuestions', {})).questions, []);
  });

  it('[U2] are five of one’s own at a time, and no more than the budget has', async () => {
    for (let index = 0; index < 5; index += 1) await askOne(`Question ${index}`);
    const { error } = await ada.request('askQuestion', { text: 'And?' });
    assert.deepEqual([error?.code, error?.retryAfterMs], ['rateLimited', 10_000]);
    server.clock.advance(1_000);
    await server.elapse(10_000, ada, bob, host);
    assert.equal(await ada.codeOf('askQuestion', { text: 'And?' }), 'conflict');
  });

  it('[U3] without a name are known to the asker and to moderators alone', async () => {
    const question = await askOne('May I?', true);
    assert.deepEqual(question.asker, { id: 'ada', name: 'Ada' });
    const { question: seen } = await bob.event('questionOpened');
    assert.deepEqual(seen, { ...question, asker: null });
    for (const client of [ada, host]) assert.deepEqual(await client.signal('questionReviewed'), { question });
    await host.ask('highlightQuestion', { questionId: question.id });
    assert.equal((await bob.event('questionHighlighted')).question?.asker, null);
    assert.equal((await bob.ask('getQuestions', {})).questions[0]?.asker, null);
    assert.deepEqual((await host.ask('getQuestions', {})).questions[0]?.asker, { id: 'ada', name: 'Ada' });
    await Promise.all([ada.settle(), bob.settle()]);
    assert.deepEqual(bob.signals('questionReviewed'), []);
    await Promise.all([ada.settle(), bob.settle()]);
    assert.equal(JSON.stringify(bob.frames).includes('"Ada"'), false);
  });

  it('[U3] that wait for a moderator are known to nobody else', async () => {
    await host.ask('changeQuestionSettings', { isModerated: true });
    const question = await askOne('Secret until seen');
    const other = await askOne('Never seen');
    assert.equal(question.state, 'waiting');
    for (const client of [ada, host]) assert.deepEqual(await client.signal('questionReviewed'), { question });
    assert.equal(await bob.codeOf('voteForQuestion', { questionId: question.id, voted: true }), 'notFound');
    assert.equal(await host.codeOf('highlightQuestion', { questionId: question.id }), 'conflict');
    await host.ask('dismissQuestion', { questionId: other.id });
    await ada.until(() => ada.signals('questionReviewed').at(-1)?.question.state === 'dismissed', 'the end of it');
    assert.deepEqual((await bob.ask('getQuestions', {})).questions, []);
    await Promise.all([ada.settle(), bob.settle()]);
    assert.equal(JSON.stringify(bob.frames).includes(question.id), false);
    await Promise.all([ada.settle(), bob.settle()]);
    assert.equal(JSON.stringify(bob.frames).includes(other.id), false);
    await host.ask('openQuestion', { questionId: question.id });
    assert.deepEqual(await bob.event('questionOpened'), { question: { ...question, state: 'open' } });
  });

  it('[U4] count one vote of each identity, and tell it at most every 250 ms', async () => {
    const { id: questionId } = await askOne();
    const start = server.clock.now();
    await bob.ask('voteForQuestion', { questionId, voted: true });
    await bob.ask('voteForQuestion', { questionId, voted: true });
    await host.ask('voteForQuestion', { questionId, voted: true });
    const elsewhere = await server.join('bob', { name: 'Bob' });
    await elsewhere.ask('voteForQuestion', { questionId, voted: true });
    await ada.ask('voteForQuestion', { questionId, voted: true });
    await ada.ask('voteForQuestion', { questionId, voted: false });
    assert.equal(server.clock.now(), start);
    await ada.settle();
    assert.deepEqual(ada.eventsNamed('questionVotesCounted'), [{ votes: [[questionId, 1]] }]);
    server.clock.advance(INTERVAL_MS);
    await ada.until(() => ada.eventsNamed('questionVotesCounted').length === 2, 'the votes');
    await ada.settle();
    assert.deepEqual(ada.eventsNamed('questionVotesCounted').at(-1), { votes: [[questionId, 2]] });
    assert.deepEqual((await elsewhere.ask('getQuestions', {})).voted, [questionId]);
    assert.deepEqual((await ada.ask('getQuestions', {})).voted, []);
    await host.ask('answerQuestion', { questionId, text: null });
    assert.equal(await ada.codeOf('voteForQuestion', { questionId, voted: true }), 'conflict');
  });

  it('are answered in writing or on stage, dismissed, and opened again', async () => {
    const { id: questionId } = await askOne();
    await host.ask('answerQuestion', { questionId, text: 'Because.' });
    const answer = { text: 'Because.', by: { id: 'host', name: 'Grace' }, at: server.clock.now() };
    assert.deepEqual(await bob.event('questionAnswered'), { questionId, answer });
    await host.ask('answerQuestion', { questionId, text: 'Because.' });
    await host.ask('answerQuestion', { questionId, text: null });
    await bob.settle();
    assert.deepEqual(
      bob.eventsNamed('questionAnswered').map((each) => each.answer.text),
      ['Because.', null],
    );
    await host.ask('openQuestion', { questionId });
    await Promise.all([ada.settle(), bob.settle()]);
    assert.equal(bob.eventsNamed('questionOpened').at(-1)?.question.answer, null);
    await host.ask('dismissQuestion', { questionId });
    await host.ask('dismissQuestion', { questionId });
    await Promise.all([ada.settle(), bob.settle()]);
    assert.deepEqual(bob.eventsNamed('questionDismissed'), [{ questionId }]);
    assert.deepEqual((await bob.ask('getQuestions', {})).questions, []);
    assert.equal((await ada.ask('getQuestions', {})).questions[0]?.state, 'dismissed');
    await host.ask('answerQuestion', { questionId, text: 'After all.' });
    await Promise.all([ada.settle(), bob.settle()]);
    assert.equal(bob.eventsNamed('questionOpened').at(-1)?.question.answer?.text, 'After all.');
  });

  it('[U5] are highlighted one at a time, and taken off the screen before they go', async () => {
    const question = await askOne();
    await host.ask('highlightQuestion', { questionId: question.id });
    await host.ask('highlightQuestion', { questionId: question.id });
    await Promise.all([ada.settle(), bob.settle()]);
    assert.deepEqual(bob.eventsNamed('questionHighlighted'), [{ question, at: server.clock.now() }]);
    const { highlighted, highlightedAt } = await bob.ask('getQuestions', {});
    assert.deepEqual([highlighted, highlightedAt], [question.id, server.clock.now()]);
    await host.ask('dismissQuestion', { questionId: question.id });
    await bob.settle();
    assert.deepEqual(
      bob.events.slice(-2).map(({ name }) => name),
      ['questionHighlighted', 'questionDismissed'],
    );
    assert.equal((await bob.ask('getQuestions', {})).highlighted, null);
    assert.equal(await host.codeOf('highlightQuestion', { questionId: null }), null);
  });

  it('refuse what is forged, foreign, empty or too long', async () => {
    const elsewhere = await server.join('host', { room: 'other', role: 'host' });
    const { id } = await askOne();
    await host.settle();
    const { channel } = await server.rooms.open(host.welcome.snapshot!.room.id);
    const before = channel.seq;
    for (const questionId of [id, 'none', '__proto__', 'constructor']) {
      for (const request of ['dismissQuestion', 'openQuestion', 'highlightQuestion'] as const) {
        const expected = ['none', id].includes(questionId) ? 'notFound' : null;
        const code = await elsewhere.codeOf(request, { questionId });
        assert.ok(code === expected || code === 'notFound' || code === 'badRequest', `${request} ${questionId}`);
      }
      assert.notEqual(await elsewhere.codeOf('answerQuestion', { questionId, text: 'x' }), null);
      assert.notEqual(await elsewhere.codeOf('voteForQuestion', { questionId, voted: true }), null);
    }
    for (const data of [{ text: '' }, { text: ' \n ' }, { text: 'x'.repeat(301) }, { text: 1 }, {}]) {
      assert.equal((await ada.request('askQuestion', data)).error?.code, 'badRequest', JSON.stringify(data));
    }
    const long = { questionId: id, text: 'x'.repeat(1_001) };
    assert.equal((await host.request('answerQuestion', long)).error?.code, 'badRequest');
    assert.equal(await bob.codeOf('dismissQuestion', { questionId: id }), 'forbidden');
    assert.equal(channel.seq, before);
  });

  it('say unavailable where the store fails, and go on when it can', async () => {
    const { questions } = store.features;
    const load = questions.loadQuestions.bind(questions);
    questions.loadQuestions = () => Promise.reject(new TypeError('gone'));
    assert.equal(await ada.codeOf('askQuestion', { text: 'Why?' }), 'internal');
    server.errors.length = 0;
    questions.loadQuestions = load;
    assert.equal(await ada.codeOf('askQuestion', { text: 'Why?' }), null);
  });
});

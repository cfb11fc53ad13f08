import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { PollTally, PollView } from '../../../src/protocol/index.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { ApiClient } from './api-client.ts';
import { joinRoom, startTestServer, type TestServer } from './test-server.ts';

const LUNCH = { question: 'Lunch?', kind: 'single', options: ['Soup', 'Salad'] };

interface PollBody {
  readonly poll: PollView;
  readonly polls: readonly PollView[];
  readonly tally: PollTally;
  readonly votes: readonly object[];
  readonly csv: string;
  readonly entries: readonly object[];
}

describe('polls by REST', () => {
  const receiver = new Receiver();
  const path = { roomId: 'launch' };
  let server: TestServer;
  let api: ApiClient;

  before(async () => {
    const url = await receiver.listen();
    const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`;
    server = await startTestServer({ webhookUrls: [url], webhookSecret });
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
  });
  after(async () => {
    await server.close();
    await receiver.close();
  });

  const call = async (operation: string, options: Parameters<ApiClient['call']>[1] = {}) => {
    const { status, body } = await api.call(operation, { ...options, path: { ...path, ...options.path } });
    const answer: object = body;
    return { status, body: answer as PollBody & { error?: { code: string } } };
  };

  it('are made once for a key, changed, run, told of, and read', async () => {
    const headers = { 'idempotency-key': 'the poll' };
    const quiz = { right: { type: 'choices', choices: [1] } };
    const { body: made, status } = await call('createPoll', { body: { ...LUNCH, quiz }, headers });
    const again = await call('createPoll', { body: { ...LUNCH, quiz }, headers });
    assert.deepEqual([status, again.body.poll.id], [201, made.poll.id]);
    const pollId = made.poll.id;
    const changed = await call('updatePoll', { path: { pollId }, body: { question: 'Dinner?' } });
    assert.deepEqual([changed.body.poll.question, changed.body.poll.state], ['Dinner?', 'draft']);
    assert.equal((await call('revealPoll', { path: { pollId } })).status, 409);
    await call('launchPoll', { path: { pollId }, headers });
    assert.equal((await call('launchPoll', { path: { pollId }, headers })).body.poll.state, 'open');
    assert.equal((await call('updatePoll', { path: { pollId }, body: { question: 'Tea?' } })).status, 409);

    const { body } = await api.call('mintToken', { path, body: { role: 'viewer', name: 'Ada', participantId: 'ada' } });
    const client = await joinRoom(server.origin, 'launch', body.token);
    const data = { pollId, answer: { type: 'choices', choices: [1] } };
    client.socket.send(JSON.stringify({ type: 'request', id: 1, key: 'vote-key-1', name: 'vote', data }));
    await client.next('reply');

    const { body: closed } = await call('closePoll', { path: { pollId } });
    assert.deepEqual([closed.poll.state, closed.poll.tally?.voters], ['closed', 1]);
    assert.equal((await call('launchPoll', { path: { pollId } })).status, 409);
    await call('revealPoll', { path: { pollId } });
    assert.deepEqual((await call('readLeaderboard')).body.entries, [
      { rank: 1, name: 'Ada', points: 1_000, right: 1, streak: 1 },
    ]);
    const { body: results } = await call('readPollResults', { path: { pollId } });
    assert.equal(results.tally.voters, 1);
    assert.equal(results.votes.length, 1);
    const { csv } = (await call('readPollResults', { path: { pollId }, query: { format: 'csv' } })).body;
    assert.match(csv, /^participant,name,time,answer,right,points\r\nada,Ada,[^,]+,Salad,yes,1000\r\n$/);
    assert.deepEqual(
      (await call('listPolls')).body.polls.map(({ id }) => id),
      [pollId],
    );

    const told = async (type: string): Promise<{ data: { poll: PollView } }> => {
      for (let count = 1; ; count += 1) {
        const found = receiver.received.map((each) => JSON.parse(each.body)).find((each) => each.type === type);
        if (found) return found;
        await receiver.count(receiver.received.length + 1);
      }
    };
    assert.equal((await told('poll.launched')).data.poll.id, pollId);
    assert.equal((await told('poll.closed')).data.poll.tally?.voters, 1);
    client.socket.terminate();
  });

  it('say what is wrong, and are read when the room is over', async () => {
    const { body } = await call('createPoll', { body: LUNCH });
    const pollId = body.poll.id;
    assert.equal((await call('deletePoll', { path: { pollId } })).status, 200);
    const { body: kept } = await call('createPoll', { body: LUNCH });
    const operations = ['updatePoll', 'deletePoll', 'launchPoll', 'closePoll', 'revealPoll'];
    const reads = ['getPoll', 'readPollResults'];
    for (const operation of [...operations, ...reads]) {
      const change = operation === 'updatePoll' ? { body: {} } : {};
      assert.equal((await call(operation, { path: { pollId }, ...change })).status, 404);
      assert.equal((await call(operation, { path: { pollId: '<none>' }, ...change })).status, 400);
      assert.equal((await call(operation, { path: { pollId }, key: null, ...change })).status, 401);
    }
    assert.equal((await call('closePoll', { path: { pollId: kept.poll.id } })).status, 409);
    for (const operation of ['createPoll', 'listPolls', 'readLeaderboard']) {
      const change = operation === 'createPoll' ? { body: LUNCH } : {};
      assert.equal((await call(operation, { path: { roomId: 'none' }, ...change })).status, 404);
      assert.equal((await call(operation, { path: { roomId: '<none>' }, ...change })).status, 400);
      assert.equal((await call(operation, { key: null, ...change })).status, 401);
    }
    for (const [operation, more] of [
      ['createPoll', {}],
      ['updatePoll', { path: { pollId: kept.poll.id } }],
    ] as const) {
      assert.equal((await call(operation, { ...more, body: { ...LUNCH, options: ['one'] } })).status, 400);
      const tooLarge = JSON.stringify({ ...LUNCH, question: 'x'.repeat(2_000_000) });
      assert.equal((await call(operation, { ...more, body: tooLarge })).status, 413);
      const headers = { 'content-type': 'text/html' };
      assert.equal((await call(operation, { ...more, body: 'Why?', headers })).status, 415);
    }
    for (let count = (await call('listPolls')).body.polls.length; count < 200; count += 1) {
      await call('createPoll', { body: LUNCH });
    }
    assert.equal((await call('createPoll', { body: LUNCH })).status, 409);

    await api.call('endRoom', { path });
    assert.equal((await call('createPoll', { body: LUNCH })).status, 410);
    for (const operation of operations) {
      const change = operation === 'updatePoll' ? { body: {} } : {};
      assert.equal((await call(operation, { path: { pollId: kept.poll.id }, ...change })).status, 410);
    }
    assert.equal((await call('getPoll', { path: { pollId: kept.poll.id } })).status, 200);
    assert.deepEqual(api.unseen(['polls']), []);
  });
});

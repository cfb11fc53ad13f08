import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { QuestionSettings, QuestionView } from '../../../src/protocol/index.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { ApiClient } from './api-client.ts';
import { startTestServer, type TestServer } from './test-server.ts';

interface QuestionBody {
  readonly question: QuestionView;
  readonly questions: readonly QuestionView[];
  readonly settings: QuestionSettings;
  readonly highlighted: string | null;
  readonly next: number | null;
  readonly csv: string;
}

const ADA = { id: 'ada', name: 'Ada' };

describe('questions by REST', () => {
  const receiver = new Receiver();
  const path = { roomId: 'launch' };
  let server: TestServer;
  let api: ApiClient;

  before(async () => {
    const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`;
    server = await startTestServer({ webhookUrls: [await receiver.listen()], webhookSecret });
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
    return { status, body: answer as QuestionBody };
  };
  const ask = async (text: string, more: object = {}, headers: Record<string, string> = {}) => {
    const { status, body } = await call('askQuestion', { body: { text, asker: ADA, ...more }, headers });
    assert.equal(status, 201);
    return body.question;
  };

  it('are asked once for a key, moderated, answered, shown, and told of', async () => {
    await call('changeQuestionSettings', { body: { isModerated: true } });
    assert.deepEqual((await call('getQuestionSettings')).body, {
      settings: { isOpen: true, isModerated: true, allowsAnonymous: true },
      highlighted: null,
    });
    const headers = { 'idempotency-key': 'first' };
    const first = await ask('Why?', { isAnonymous: true }, headers);
    assert.deepEqual([first.state, first.asker, first.index], ['waiting', ADA, 0]);
    assert.equal((await ask('Why?', { isAnonymous: true }, headers)).id, first.id);
    const at = { path: { questionId: first.id } };
    assert.equal((await call('highlightQuestion', { body: { questionId: first.id } })).status, 409);
    assert.equal((await call('openQuestion', at)).body.question.state, 'open');
    const shown = await call('highlightQuestion', { body: { questionId: first.id } });
    assert.equal(shown.body.highlighted, first.id);
    const answered = await call('answerQuestion', { ...at, body: { text: 'Because.' } });
    assert.deepEqual([answered.body.question.answer?.text, answered.body.question.answer?.by], ['Because.', null]);
    assert.equal((await call('dismissQuestion', at)).body.question.state, 'dismissed');

    const told = await receiver.count(7);
    const questions = told.map(({ body }) => JSON.parse(body)).filter(({ type }) => type.startsWith('question.'));
    assert.deepEqual(
      questions.map(({ type, data }) => [type, data.question?.asker?.id]),
      [
        ['question.asked', 'ada'],
        ['question.opened', 'ada'],
        ['question.highlighted', undefined],
        ['question.answered', 'ada'],
        ['question.highlighted', undefined],
        ['question.dismissed', 'ada'],
      ],
    );
  });

  it('are listed page by page and exported, also when the room is over', async () => {
    await call('changeQuestionSettings', { body: { isModerated: false } });
    await ask('Is this "safe", ever?');
    await ask('=1+1');
    const { body: page } = await call('listQuestions', { query: { limit: '1', after: '0' } });
    assert.deepEqual([page.questions.map(({ index }) => index), page.next], [[1], 1]);
    const { body: open } = await call('listQuestions', { query: { state: 'open' } });
    assert.deepEqual([open.questions.map(({ index }) => index), open.next], [[1, 2], null]);
    await api.call('endRoom', { path });
    assert.equal((await call('exportQuestions')).body.questions.length, 3);
    const [head, ...lines] = (await call('exportQuestions', { query: { format: 'csv' } })).body.csv.split('\r\n');
    assert.equal(head, 'number,time,asker,name,anonymous,state,votes,question,answer,answered,by');
    assert.match(lines[0] ?? '', /^1,[^,]+Z,ada,Ada,yes,dismissed,0,Why\?,Because\.,[^,]+Z,$/);
    assert.match(lines[1] ?? '', /,no,open,0,"Is this ""safe"", ever\?",,,$/);
    assert.match(lines[2] ?? '', /,'=1\+1,,,$/);
  });

  it('say what is wrong', async () => {
    const body = { text: 'Why?', asker: ADA };
    const one = { questionId: 'none' };
    const operations: readonly [string, Parameters<ApiClient['call']>[1]][] = [
      ['listQuestions', {}],
      ['exportQuestions', {}],
      ['getQuestionSettings', {}],
      ['askQuestion', { body }],
      ['changeQuestionSettings', { body: {} }],
      ['highlightQuestion', { body: { questionId: null } }],
      ['answerQuestion', { path: one, body: { text: null } }],
      ['openQuestion', { path: one }],
      ['dismissQuestion', { path: one }],
    ];
    for (const [operation, options = {}] of operations) {
      const at = (roomId: string) => ({ ...options, path: { ...options.path, roomId } });
      assert.equal((await call(operation, at('nowhere'))).status, 404, operation);
      assert.equal((await call(operation, at('no room'))).status, 400, operation);
      assert.equal((await call(operation, { ...options, key: null })).status, 401, operation);
      const over = operation === 'listQuestions' || operation === 'exportQuestions' ? 200 : 410;
      assert.equal((await call(operation, options)).status, over, operation);
      if (options.body === undefined) continue;
      assert.equal((await call(operation, { ...options, body: { text: 'x'.repeat(2_000_000) } })).status, 413);
      const headers = { 'content-type': 'application/xml' };
      assert.equal((await call(operation, { ...options, body: 'x', headers })).status, 415);
    }
    await api.call('reopenRoom', { path });
    for (const operation of ['openQuestion', 'dismissQuestion']) {
      assert.equal((await call(operation, { path: one })).status, 404);
    }
    for (let count = 2; count < 5; count += 1) await ask(`Question ${count}?`);
    assert.equal((await call('askQuestion', { body })).status, 409);
    assert.equal((await call('askQuestion', { body: { ...body, text: ' ' } })).status, 400);
    assert.deepEqual(api.unseen(['questions']), []);
  });
});

import * as v from 'valibot';
import {
  QUESTION_STATES,
  questionId,
  questionRequests,
  questionSettings,
  questionView,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import { exportQuestions } from '../../rooms/question-export.ts';
import { toView, type Questions } from '../../rooms/questions.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import type { QuestionStore } from '../../store/question-store.ts';
import { pageLimit, queryNumber, somebody } from '../fields.ts';
import { createRequestKey } from '../request-key.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const path = '/api/v1/rooms/{roomId}/questions';
const common = { tag: 'questions', access: 'apiKey' } as const;
const params = v.object({
  ...roomParams.entries,
  questionId: v.pipe(questionId, v.description('Id of the question.')),
});
const question = v.object({ question: questionView });
const desk = v.object({
  settings: questionSettings,
  highlighted: v.pipe(v.nullable(questionId), v.description('The one on everybody’s screen.')),
});
const { text } = questionRequests.answerQuestion.data.entries;
const asked = questionRequests.askQuestion.data.entries;

export function createQuestionRoutes(rooms: Rooms, store: QuestionStore): readonly Route[] {
  const open = async (roomId: RoomId): Promise<Questions> => {
    await assertRoom(rooms, roomId);
    return (await rooms.open(roomId)).features.questions;
  };
  const change = { params, replies: { 200: question }, errors: ['notFound', 'roomEnded'] } as const;

  return [
    defineRoute({
      ...common,
      method: 'GET',
      path,
      operation: 'listQuestions',
      summary: 'List the questions of a room, the oldest first',
      description: 'Every asker is named, and those that wait or were dismissed are among them. Also of an ended room.',
      params: roomParams,
      query: v.object({
        after: v.pipe(
          v.optional(queryNumber(-1, Number.MAX_SAFE_INTEGER), -1),
          v.description('The `next` of the page before.'),
        ),
        state: v.optional(v.picklist(QUESTION_STATES)),
        limit: pageLimit,
      }),
      replies: { 200: v.object({ questions: v.array(questionView), next: v.nullable(v.number()) }) },
      errors: ['notFound'],
      handle: async ({ params: { roomId }, query: { after, state, limit } }) => {
        await assertRoom(rooms, roomId);
        const found = await store.listQuestions(roomId, { after, state, limit: limit + 1 });
        const questions = found.slice(0, limit).map((each) => toView(each, true));
        const next = found.length > limit ? (questions.at(-1)?.index ?? null) : null;
        return { status: 200, body: { questions, next } };
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path,
      operation: 'askQuestion',
      summary: 'Ask a question for somebody, who need not be there',
      description: 'Under the rules for everybody: whether questions are taken, and how many one may have waiting.',
      params: roomParams,
      body: v.object({ ...asked, asker: somebody }),
      repeatable: true,
      replies: { 201: question },
      errors: ['notFound', 'conflict', 'roomEnded'],
      handle: async ({ params: { roomId }, body: { asker, ...data }, idempotencyKey }) => {
        const questions = await open(roomId);
        const key = createRequestKey('askQuestion', idempotencyKey);
        const known = await questions.find(asker, key);
        return { status: 201, body: { question: known ?? (await questions.ask(asker, key, data)) } };
      },
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${path}/export`,
      operation: 'exportQuestions',
      summary: 'Read all questions at once',
      description: 'Also of an ended room. `format=csv` gives the lines of a spreadsheet as `csv` (RFC 4180).',
      params: roomParams,
      query: v.object({
        format: v.pipe(v.optional(v.picklist(['json', 'csv']), 'json'), v.description('`json` or `csv`.')),
      }),
      replies: { 200: v.union([v.object({ questions: v.array(questionView) }), v.object({ csv: v.string() })]) },
      errors: ['notFound'],
      handle: async ({ params: { roomId }, query: { format } }) => {
        await assertRoom(rooms, roomId);
        const { questions } = await store.loadQuestions(roomId);
        const views = questions.map((each) => toView(each, true));
        return { status: 200, body: format === 'csv' ? { csv: exportQuestions(views) } : { questions: views } };
      },
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${path}/settings`,
      operation: 'getQuestionSettings',
      summary: 'Read how questions are taken, and which is on the screen',
      params: roomParams,
      replies: { 200: desk },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params }) => ({ status: 200, body: await (await open(params.roomId)).whole() }),
    }),
    defineRoute({
      ...common,
      method: 'PATCH',
      path: `${path}/settings`,
      operation: 'changeQuestionSettings',
      summary: 'Change how questions are taken',
      description: 'What is left out stays as it is.',
      params: roomParams,
      body: questionRequests.changeQuestionSettings.data,
      replies: { 200: desk },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params, body }) => {
        const questions = await open(params.roomId);
        await questions.changeSettings(body);
        return { status: 200, body: await questions.whole() };
      },
    }),
    defineRoute({
      ...common,
      method: 'PUT',
      path: `${path}/highlighted`,
      operation: 'highlightQuestion',
      summary: 'Put a question on everybody’s screen, or with null none',
      params: roomParams,
      body: questionRequests.highlightQuestion.data,
      replies: { 200: desk },
      errors: ['notFound', 'conflict', 'roomEnded'],
      handle: async ({ params, body }) => {
        const questions = await open(params.roomId);
        await questions.highlight(body.questionId);
        return { status: 200, body: await questions.whole() };
      },
    }),
    defineRoute({
      ...common,
      ...change,
      method: 'POST',
      path: `${path}/{questionId}/answer`,
      operation: 'answerQuestion',
      summary: 'Answer a question in writing, or with null mark it answered on stage',
      description: 'Again with another text: another answer.',
      body: v.object({ text }),
      handle: async ({ params: { roomId, questionId: id }, body }) => {
        const questions = await open(roomId);
        await questions.answer(id, body.text, null);
        return { status: 200, body: { question: await questions.view(id) } };
      },
    }),
    defineRoute({
      ...common,
      ...change,
      method: 'POST',
      path: `${path}/{questionId}/open`,
      operation: 'openQuestion',
      summary: 'Let a question through, or open it again',
      handle: async ({ params: { roomId, questionId: id } }) => {
        const questions = await open(roomId);
        await questions.openQuestion(id);
        return { status: 200, body: { question: await questions.view(id) } };
      },
    }),
    defineRoute({
      ...common,
      ...change,
      method: 'POST',
      path: `${path}/{questionId}/dismiss`,
      operation: 'dismissQuestion',
      summary: 'Take a question away from everybody’s eyes',
      handle: async ({ params: { roomId, questionId: id } }) => {
        const questions = await open(roomId);
        await questions.dismiss(id);
        return { status: 200, body: { question: await questions.view(id) } };
      },
    }),
  ];
}

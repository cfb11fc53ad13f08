import { createHash, randomUUID } from 'node:crypto';
import * as v from 'valibot';
import {
  leaderboardEntry,
  pollAnswer,
  pollChange,
  pollId,
  pollInput,
  pollTally,
  pollView,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import { PollArchive } from '../../rooms/polls/poll-archive.ts';
import { toCsv } from '../../rooms/polls/poll-export.ts';
import { toPollView } from '../../rooms/polls/poll.ts';
import type { Polls } from '../../rooms/polls.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import type { PollRequestKey, PollStore } from '../../store/poll-store.ts';
import { pageLimit, queryNumber } from '../fields.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const tag = 'polls';
const path = '/api/v1/rooms/{roomId}/polls';
const params = v.object({ ...roomParams.entries, pollId: v.pipe(pollId, v.description('Id of the poll.')) });
const poll = v.object({ poll: pollView });
const results = v.object({
  poll: pollView,
  tally: pollTally,
  votes: v.pipe(
    v.array(
      v.object({
        participantId: v.nullable(v.string()),
        name: v.nullable(v.string()),
        answer: pollAnswer,
        votedAt: v.number(),
        right: v.nullable(v.boolean()),
        points: v.nullable(v.number()),
      }),
    ),
    v.description('One for each participant; nobody is named in an anonymous poll.'),
  ),
});

/** A change that the site's back end asks for, under its own key where it gives one ([Q2]). */
function keyOf(operation: string, given: string | undefined): PollRequestKey {
  const key =
    given === undefined ? randomUUID() : createHash('sha256').update(`${operation} ${given}`).digest('base64url');
  return { author: '', key };
}

export function createPollRoutes(rooms: Rooms, store: PollStore): readonly Route[] {
  const archiveOf = async (roomId: RoomId): Promise<PollArchive> => {
    await assertRoom(rooms, roomId);
    return new PollArchive(store, roomId);
  };
  const pollsOf = async (roomId: RoomId): Promise<Polls> => {
    await assertRoom(rooms, roomId);
    return (await rooms.open(roomId)).features.polls;
  };
  /** What was asked for with the same key before is answered as it is now. */
  const once = async (polls: Polls, request: PollRequestKey, change: () => Promise<v.InferOutput<typeof pollView>>) => {
    const known = await polls.findChanged(request);
    return { poll: known === null ? await change() : await polls.view(known) };
  };

  const verb = (name: 'launch' | 'close' | 'reveal', summary: string, description: string): Route =>
    defineRoute({
      method: 'POST',
      path: `${path}/{pollId}/${name}`,
      operation: `${name}Poll`,
      summary,
      description,
      tag,
      access: 'apiKey',
      params,
      repeatable: true,
      replies: { 200: poll },
      errors: ['notFound', 'conflict', 'roomEnded'],
      handle: async ({ params: { roomId, pollId: id }, idempotencyKey }) => {
        const polls = await pollsOf(roomId);
        const request = keyOf(`${name} ${id}`, idempotencyKey);
        const change = { launch: polls.launch, close: polls.end, reveal: polls.reveal }[name];
        return { status: 200, body: await once(polls, request, () => change.call(polls, request, id)) };
      },
    });

  return [
    defineRoute({
      method: 'GET',
      path,
      operation: 'listPolls',
      summary: 'List the polls of a room, the oldest first',
      description: 'Drafts and right answers are among them. Also of an ended room.',
      tag,
      access: 'apiKey',
      params: roomParams,
      replies: { 200: v.object({ polls: v.array(pollView) }) },
      errors: ['notFound'],
      handle: async ({ params: { roomId } }) => {
        const records = await (await archiveOf(roomId)).list();
        return { status: 200, body: { polls: records.map((record) => toPollView(record, record.tally, true)) } };
      },
    }),
    defineRoute({
      method: 'POST',
      path,
      operation: 'createPoll',
      summary: 'Make a draft, or a scheduled poll where `launchAt` is given',
      tag,
      access: 'apiKey',
      params: roomParams,
      body: pollInput,
      repeatable: true,
      replies: { 201: poll },
      errors: ['notFound', 'conflict', 'roomEnded'],
      handle: async ({ params: { roomId }, body, idempotencyKey }) => {
        const polls = await pollsOf(roomId);
        const request = keyOf('create', idempotencyKey);
        return { status: 201, body: await once(polls, request, () => polls.create(request, body)) };
      },
    }),
    defineRoute({
      method: 'GET',
      path: `${path}/{pollId}`,
      operation: 'getPoll',
      summary: 'Read one poll',
      tag,
      access: 'apiKey',
      params,
      replies: { 200: poll },
      errors: ['notFound'],
      handle: async ({ params: { roomId, pollId: id } }) => {
        const record = await (await archiveOf(roomId)).find(id);
        return { status: 200, body: { poll: toPollView(record, record.tally, true) } };
      },
    }),
    defineRoute({
      method: 'PATCH',
      path: `${path}/{pollId}`,
      operation: 'updatePoll',
      summary: 'Change a poll that is not open yet',
      tag,
      access: 'apiKey',
      params,
      body: pollChange,
      repeatable: true,
      replies: { 200: poll },
      errors: ['notFound', 'conflict', 'roomEnded'],
      handle: async ({ params: { roomId, pollId: id }, body, idempotencyKey }) => {
        const polls = await pollsOf(roomId);
        const request = keyOf(`update ${id}`, idempotencyKey);
        return { status: 200, body: await once(polls, request, () => polls.update(request, id, body)) };
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: `${path}/{pollId}`,
      operation: 'deletePoll',
      summary: 'Erase a poll with its answers and points',
      tag,
      access: 'apiKey',
      params,
      replies: { 200: v.object({ id: v.string() }) },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params: { roomId, pollId: id } }) => {
        await (await pollsOf(roomId)).remove(keyOf(`delete ${id}`, undefined), id);
        return { status: 200, body: { id } };
      },
    }),
    verb('launch', 'Open a poll', 'An open one stays as it is; one that is closed is a `conflict`.'),
    verb(
      'close',
      'Close a poll',
      'While some watch with a delay it only sets `closesAt`; once more closes it at once.',
    ),
    verb('reveal', 'Show the results and the right answer', 'Of a poll that is closed; else it is a `conflict`.'),
    defineRoute({
      method: 'GET',
      path: `${path}/{pollId}/results`,
      operation: 'readPollResults',
      summary: 'Read every answer',
      description: 'Also of an ended room. `format=csv` gives the lines of a spreadsheet as `csv` (RFC 4180).',
      tag,
      access: 'apiKey',
      params,
      query: v.object({
        format: v.pipe(v.optional(v.picklist(['json', 'csv']), 'json'), v.description('`json` or `csv`.')),
      }),
      replies: { 200: v.union([results, v.object({ csv: v.string() })]) },
      errors: ['notFound'],
      handle: async ({ params: { roomId, pollId: id }, query: { format } }) => {
        const found = await (await archiveOf(roomId)).results(id);
        return { status: 200, body: format === 'csv' ? { csv: toCsv(found) } : found };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/v1/rooms/{roomId}/leaderboard',
      operation: 'readLeaderboard',
      summary: 'Read who leads in the quiz of a room, page by page',
      tag,
      access: 'apiKey',
      params: roomParams,
      query: v.object({
        after: v.pipe(v.optional(queryNumber(0, 1_000_000), 0), v.description('The `next` of the page before.')),
        limit: pageLimit,
      }),
      replies: {
        200: v.object({ entries: v.array(leaderboardEntry), total: v.number(), next: v.nullable(v.number()) }),
      },
      errors: ['notFound'],
      handle: async ({ params: { roomId }, query: { after, limit } }) => {
        const leaderboard = await (await archiveOf(roomId)).leaderboard();
        return { status: 200, body: leaderboard.page(after, limit) };
      },
    }),
  ];
}

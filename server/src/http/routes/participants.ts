import * as v from 'valibot';
import { LIMITS, participantId, participantView, roleName } from '../../../../src/protocol/index.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { nextPage, pageLimit } from '../fields.ts';
import { HttpError } from '../http-error.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const participantParams = v.object({
  ...roomParams.entries,
  participantId: v.pipe(participantId, v.description('Id of the participant.')),
});
const path = '/api/v1/rooms/{roomId}/participants/{participantId}';
const tag = 'participants';

export function createParticipantRoutes(rooms: Rooms): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/v1/rooms/{roomId}/participants',
      operation: 'listParticipants',
      summary: 'List who is in the room, by name',
      tag,
      access: 'apiKey',
      params: roomParams,
      query: v.object({
        search: v.optional(v.pipe(v.string(), v.maxLength(LIMITS.nameLength), v.description('A part of the name.'))),
        role: v.optional(v.pipe(roleName, v.description('Only of this role.'))),
        after: v.optional(v.pipe(v.string(), v.maxLength(256), v.description('The `next` of the page before.'))),
        limit: pageLimit,
      }),
      replies: {
        200: v.object({
          participants: v.array(participantView),
          total: v.pipe(v.number(), v.description('How many match, on all pages.')),
          next: nextPage,
        }),
      },
      errors: ['notFound'],
      handle: async ({ params, query }) => {
        const { participants, total, next } = await rooms.listParticipants(params.roomId, query);
        return { status: 200, body: { participants, total, next } };
      },
    }),
    defineRoute({
      method: 'GET',
      path,
      operation: 'getParticipant',
      summary: 'Read a participant who is in the room',
      tag,
      access: 'apiKey',
      params: participantParams,
      replies: { 200: participantView },
      errors: ['notFound'],
      handle: async ({ params }) => {
        const { counts } = await assertRoom(rooms, params.roomId);
        // An empty room need not be taken into memory to know that nobody is there.
        const room = Object.keys(counts).length === 0 ? undefined : await rooms.open(params.roomId);
        const participant = room?.roster.get(params.participantId);
        if (participant === undefined) throw new HttpError('notFound', 'There is no such participant in the room.');
        return { status: 200, body: participant.toView() };
      },
    }),
    defineRoute({
      method: 'PATCH',
      path,
      operation: 'changeRole',
      summary: 'Move a participant to another role',
      description: 'At once, without asking them. It outlives the token, and works for who is not there now.',
      tag,
      access: 'apiKey',
      params: participantParams,
      body: v.object({ role: roleName }),
      replies: { 200: v.object({ status: v.picklist(['changed', 'unchanged']) }) },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params, body }) => ({
        status: 200,
        body: { status: await rooms.changeRole(params.roomId, params.participantId, body.role) },
      }),
    }),
    defineRoute({
      method: 'DELETE',
      path,
      operation: 'removeParticipant',
      summary: 'Remove a participant',
      description: 'Their tokens issued until now no longer open the door. Works for who is not there now.',
      tag,
      access: 'apiKey',
      params: participantParams,
      replies: { 200: v.object({}) },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params }) => {
        await rooms.removeParticipant(params.roomId, params.participantId);
        return { status: 200, body: {} };
      },
    }),
  ];
}

import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { ProtocolError, roleDefinition, roomId, type RoomId } from '../../../../src/protocol/index.ts';
import type { Rooms, RoomView } from '../../rooms/rooms.ts';
import { broadcastPolicy } from '../../config/templates.ts';
import { nextPage, pageLimit, queryFlag, time } from '../fields.ts';
import { HttpError } from '../http-error.ts';
import { defineRoute, type Route } from '../route.ts';

const room = v.object({
  id: roomId,
  title: v.string(),
  template: v.string(),
  createdAt: time,
  endedAt: v.pipe(v.nullable(v.number()), v.description('Milliseconds since the epoch; null while the room lives.')),
  counts: v.pipe(v.record(v.string(), v.number()), v.description('Participants now, by role.')),
});
const roomWithRoles = v.object({
  ...room.entries,
  roles: v.pipe(v.record(v.string(), roleDefinition), v.description('The roles that a token may name.')),
});

export const roomParams = v.object({ roomId: v.pipe(roomId, v.description('Id of the room.')) });

export async function assertRoom(rooms: Rooms, id: RoomId): Promise<RoomView> {
  const view = await rooms.get(id);
  if (view === null) throw new HttpError('notFound', 'There is no such room.');
  return view;
}

export function createRoomRoutes(rooms: Rooms): readonly Route[] {
  const withRoles = async (view: RoomView) => ({
    ...view,
    counts: { ...view.counts },
    roles: await rooms.roles(view.id),
  });

  return [
    defineRoute({
      method: 'POST',
      path: '/api/v1/rooms',
      operation: 'createRoom',
      summary: 'Create a room',
      description:
        'The same request again is answered with the room (200). Without an `id` one is made up, out of the `Idempotency-Key` if there is one.',
      tag: 'rooms',
      access: 'apiKey',
      repeatable: true,
      body: v.object({
        id: v.optional(roomId),
        title: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
        template: v.pipe(
          v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64)), 'default'),
          v.description('Names the roles of the room.'),
        ),
        broadcast: v.pipe(
          v.optional(broadcastPolicy),
          v.description('When the broadcast starts and stops by itself; as the template says without.'),
        ),
      }),
      replies: { 201: roomWithRoles, 200: roomWithRoles },
      errors: ['notFound', 'conflict'],
      handle: async ({ body, idempotencyKey }) => {
        const id = body.id ?? createRoomId(idempotencyKey);
        try {
          return { status: 201, body: await withRoles(await rooms.create({ ...body, id })) };
        } catch (error) {
          if (!(error instanceof ProtocolError && error.code === 'conflict')) throw error;
          const existing = await rooms.get(id);
          const isSame =
            existing?.endedAt === null && existing.title === (body.title ?? id) && existing.template === body.template;
          if (!isSame) throw error;
          return { status: 200, body: await withRoles(existing) };
        }
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/v1/rooms',
      operation: 'listRooms',
      summary: 'List rooms by id',
      tag: 'rooms',
      access: 'apiKey',
      query: v.object({
        after: v.optional(v.pipe(v.string(), v.maxLength(64), v.description('The `next` of the page before.'))),
        limit: pageLimit,
        includeEnded: v.pipe(v.optional(queryFlag, false), v.description('Ended rooms as well.')),
      }),
      replies: { 200: v.object({ rooms: v.array(room), next: nextPage }) },
      handle: async ({ query }) => {
        const page = await rooms.list(query);
        const views = page.rooms.map((view) => ({ ...view, counts: { ...view.counts } }));
        return { status: 200, body: { rooms: views, next: page.next } };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/v1/rooms/{roomId}',
      operation: 'getRoom',
      summary: 'Read a room',
      tag: 'rooms',
      access: 'apiKey',
      params: roomParams,
      replies: { 200: roomWithRoles },
      errors: ['notFound'],
      handle: async ({ params }) => ({ status: 200, body: await withRoles(await assertRoom(rooms, params.roomId)) }),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/v1/rooms/{roomId}',
      operation: 'endRoom',
      summary: 'End a room for everyone',
      description: 'Nobody can join it until it is reopened. Its chat can still be read. Ending it again does nothing.',
      tag: 'rooms',
      access: 'apiKey',
      params: roomParams,
      replies: { 200: roomWithRoles },
      errors: ['notFound'],
      handle: async ({ params }) => {
        await rooms.end(params.roomId);
        return { status: 200, body: await withRoles(await assertRoom(rooms, params.roomId)) };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/v1/rooms/{roomId}/reopen',
      operation: 'reopenRoom',
      summary: 'Reopen a room that has ended',
      description: 'With its chat, and with the roles and removals it had. Of a room that lives it changes nothing.',
      tag: 'rooms',
      access: 'apiKey',
      params: roomParams,
      replies: { 200: roomWithRoles },
      errors: ['notFound'],
      handle: async ({ params }) => {
        await rooms.reopen(params.roomId);
        return { status: 200, body: await withRoles(await assertRoom(rooms, params.roomId)) };
      },
    }),
  ];
}

/** From the same key the same id, so that a repeat finds the room it made. */
function createRoomId(idempotencyKey: string | undefined): RoomId {
  const bytes = idempotencyKey === undefined ? randomBytes(16) : createHash('sha256').update(idempotencyKey).digest();
  return v.parse(roomId, bytes.toString('base64url').slice(0, 22));
}

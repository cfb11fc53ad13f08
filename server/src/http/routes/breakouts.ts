import * as v from 'valibot';
import {
  BREAKOUT_WARNING_MS,
  breakoutPerson,
  breakoutRequests,
  breakoutsView,
  helpCall,
  participantId,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import type { Breakouts } from '../../rooms/breakouts.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { createRequestKey } from '../request-key.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const path = '/api/v1/rooms/{roomId}/breakouts';
const common = { tag: 'breakouts', access: 'apiKey' } as const;
const whole = v.object({
  breakouts: v.pipe(v.nullable(breakoutsView), v.description('null where there are none.')),
  people: v.array(breakoutPerson),
  calls: v.pipe(v.array(helpCall), v.description('Who calls for help, and where.')),
});
const { createBreakouts, assignBreakout, fillBreakout, openBreakouts, closeBreakouts, announceToBreakouts } =
  breakoutRequests;

export function createBreakoutRoutes(rooms: Rooms): readonly Route[] {
  const open = async (roomId: RoomId): Promise<Breakouts> => {
    await assertRoom(rooms, roomId);
    return (await rooms.open(roomId)).features.breakouts.deciding;
  };
  const change = {
    params: roomParams,
    replies: { 200: whole },
    errors: ['notFound', 'conflict', 'roomEnded'],
  } as const;

  return [
    defineRoute({
      ...common,
      method: 'GET',
      path,
      operation: 'getBreakouts',
      summary: 'Read the rooms of a room and who belongs where',
      params: roomParams,
      replies: { 200: whole },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params: { roomId } }) => ({ status: 200, body: (await open(roomId)).viewFor(null) }),
    }),
    defineRoute({
      ...common,
      ...change,
      method: 'PUT',
      path,
      operation: 'createBreakouts',
      summary: 'Draft the rooms of a room, in place of an earlier draft',
      body: createBreakouts.data,
      repeatable: true,
      handle: async ({ params: { roomId }, body, idempotencyKey }) => {
        const breakouts = await open(roomId);
        const key = createRequestKey('createBreakouts', idempotencyKey);
        if (breakouts.findDrafted(key) === null) await breakouts.create(key, body);
        return { status: 200, body: breakouts.viewFor(null) };
      },
    }),
    defineRoute({
      ...common,
      ...change,
      method: 'PUT',
      path: `${path}/people/{participantId}`,
      operation: 'assignBreakout',
      summary: 'Send somebody to one of the rooms, or with null home',
      description: 'At once where they are open, else when they open.',
      params: v.object({ ...roomParams.entries, participantId }),
      body: v.object({ roomId: assignBreakout.data.entries.roomId }),
      handle: async ({ params, body }) => {
        const breakouts = await open(params.roomId);
        await breakouts.assign(params.participantId, body.roomId, null);
        return { status: 200, body: breakouts.viewFor(null) };
      },
    }),
    defineRoute({
      ...common,
      ...change,
      method: 'POST',
      path: `${path}/fill`,
      operation: 'fillBreakout',
      summary: 'Send so many to one of the rooms whom chance chooses',
      description: 'Among those at home who belong nowhere yet, as far as the room has places.',
      body: fillBreakout.data,
      repeatable: true,
      handle: async ({ params, body, idempotencyKey }) => {
        const breakouts = await open(params.roomId);
        await breakouts.fill(idempotencyKey ?? null, body, null);
        return { status: 200, body: breakouts.viewFor(null) };
      },
    }),
    defineRoute({
      ...common,
      ...change,
      method: 'POST',
      path: `${path}/open`,
      operation: 'openBreakouts',
      summary: 'Open the rooms and move everybody',
      description: 'Again: with another time from now, or without `durationMs` with none.',
      body: openBreakouts.data,
      handle: async ({ params: { roomId }, body: { durationMs = null } }) => {
        const breakouts = await open(roomId);
        await breakouts.open(durationMs);
        return { status: 200, body: breakouts.viewFor(null) };
      },
    }),
    defineRoute({
      ...common,
      ...change,
      method: 'POST',
      path: `${path}/close`,
      operation: 'closeBreakouts',
      summary: 'Bring everybody home after a warning',
      description: 'Of a minute unless `warningMs` says otherwise. A draft is dropped.',
      body: closeBreakouts.data,
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params: { roomId }, body: { warningMs = BREAKOUT_WARNING_MS } }) => {
        const breakouts = await open(roomId);
        await breakouts.closeAfter(warningMs);
        return { status: 200, body: breakouts.viewFor(null) };
      },
    }),
    defineRoute({
      ...common,
      ...change,
      method: 'PUT',
      path: `${path}/announcement`,
      operation: 'announceToBreakouts',
      summary: 'Say something to all of the rooms',
      body: announceToBreakouts.data,
      handle: async ({ params: { roomId }, body }) => {
        const breakouts = await open(roomId);
        await breakouts.say(body.text, null);
        return { status: 200, body: breakouts.viewFor(null) };
      },
    }),
  ];
}

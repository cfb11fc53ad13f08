import * as v from 'valibot';
import {
  gift,
  giftCatalogue,
  gifter,
  giftGoal,
  giftGoalInput,
  participantId,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import type { Gifts } from '../../rooms/gifts.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import type { GiftStore } from '../../store/gift-store.ts';
import { pageLimit, queryNumber } from '../fields.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const tag = 'gifts';
const access = 'apiKey';
const path = '/api/v1/rooms/{roomId}/gifts';
/** Those who were given most, as many as are told. */
const RECEIVERS = 100;

const totals = v.object({
  totals: v.object({ gifts: v.number(), amount: v.number() }),
  goal: v.nullable(giftGoal),
  top: v.pipe(v.array(gifter), v.description('Those who gave most, the most generous first.')),
  received: v.pipe(
    v.array(v.object({ id: participantId, amount: v.number(), gifts: v.number() })),
    v.description('Those who were given most, besides the room itself.'),
  ),
});

export function createGiftRoutes(rooms: Rooms, store: GiftStore): readonly Route[] {
  const open = async (roomId: RoomId): Promise<Gifts> => {
    await assertRoom(rooms, roomId);
    return (await rooms.open(roomId)).features.gifts;
  };

  return [
    defineRoute({
      method: 'GET',
      path,
      operation: 'listGifts',
      summary: 'List the gifts of a room, the newest first',
      description: 'Also of an ended room.',
      tag,
      access,
      params: roomParams,
      query: v.object({
        before: v.pipe(
          v.optional(queryNumber(0, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER),
          v.description('Gifts before this index; without it the latest.'),
        ),
        limit: pageLimit,
      }),
      replies: {
        200: v.object({
          gifts: v.array(gift),
          next: v.pipe(
            v.nullable(v.number()),
            v.description('Give it as `before` for older ones; null on the last page.'),
          ),
        }),
      },
      errors: ['notFound'],
      handle: async ({ params, query }) => {
        await assertRoom(rooms, params.roomId);
        const gifts = [...(await store.listGifts(params.roomId, query.before, query.limit))];
        const last = gifts.at(-1)?.index ?? 0;
        return { status: 200, body: { gifts, next: last > 0 ? last : null } };
      },
    }),
    defineRoute({
      method: 'GET',
      path: `${path}/totals`,
      operation: 'getGiftTotals',
      summary: 'Read what a room was given',
      description: 'Also of an ended room.',
      tag,
      access,
      params: roomParams,
      replies: { 200: totals },
      errors: ['notFound'],
      handle: async ({ params: { roomId } }) => {
        await assertRoom(rooms, roomId);
        const [stored, received] = await Promise.all([store.loadGifts(roomId), store.listReceivers(roomId, RECEIVERS)]);
        const { goal, top } = stored;
        return { status: 200, body: { totals: stored.totals, goal, top: [...top], received: [...received] } };
      },
    }),
    defineRoute({
      method: 'GET',
      path: `${path}/catalogue`,
      operation: 'getGiftCatalogue',
      summary: 'Read what may be given in a room',
      tag,
      access,
      params: roomParams,
      replies: { 200: giftCatalogue },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params }) => ({ status: 200, body: await (await open(params.roomId)).catalogue }),
    }),
    defineRoute({
      method: 'PUT',
      path: `${path}/catalogue`,
      operation: 'setGiftCatalogue',
      summary: 'Set what may be given in a room, at what price',
      description: 'Everyone in the room sees it at once. What was given before stays as it was.',
      tag,
      access,
      params: roomParams,
      body: giftCatalogue,
      replies: { 200: giftCatalogue },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params, body }) => {
        await (await open(params.roomId)).setCatalogue(body);
        return { status: 200, body };
      },
    }),
    defineRoute({
      method: 'PUT',
      path: `${path}/goal`,
      operation: 'setGiftGoal',
      summary: 'Set what a room gives towards',
      description: 'It counts from the total of this moment on; null is no goal.',
      tag,
      access,
      params: roomParams,
      body: v.object({ goal: v.nullable(giftGoalInput) }),
      replies: { 200: v.object({ goal: v.nullable(giftGoal) }) },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params, body }) => ({
        status: 200,
        body: { goal: await (await open(params.roomId)).setGoal(body.goal) },
      }),
    }),
  ];
}

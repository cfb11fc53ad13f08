import * as v from 'valibot';
import {
  broadcastLayout,
  broadcastOptionsInput,
  broadcastView,
  type BroadcastView,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import type { RoomBroadcast } from '../../broadcast/room-broadcast.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const path = '/api/v1/rooms/{roomId}/broadcast';
const tag = 'broadcast';
const reply = v.object({
  broadcast: v.pipe(
    v.nullable(broadcastView),
    v.description('The broadcast that is on, or the last one; null before the first.'),
  ),
});

export function createBroadcastRoutes(rooms: Rooms): readonly Route[] {
  const change = async (id: RoomId, carryOut: (broadcast: RoomBroadcast) => Promise<void>) => {
    const broadcast = await rooms.broadcast(id);
    await carryOut(broadcast);
    return { status: 200, body: toBody(broadcast.view) } as const;
  };

  return [
    defineRoute({
      method: 'GET',
      path,
      operation: 'getBroadcast',
      summary: 'Read where a room’s broadcast stands',
      tag,
      access: 'apiKey',
      params: roomParams,
      replies: { 200: reply },
      errors: ['notFound'],
      handle: async ({ params }) => {
        await assertRoom(rooms, params.roomId);
        return { status: 200, body: toBody(await rooms.broadcastView(params.roomId)) };
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${path}/start`,
      operation: 'startBroadcast',
      summary: 'Start the broadcast',
      description:
        'Of one that is on it changes nothing. The answer is told at once: read the state, or take the webhook `broadcast.changed`, to learn when it is HLS_PLAYABLE.',
      tag,
      access: 'apiKey',
      params: roomParams,
      body: broadcastOptionsInput,
      replies: { 200: reply },
      errors: ['notFound', 'roomEnded'],
      handle: ({ params, body }) => change(params.roomId, (broadcast) => broadcast.start(body)),
    }),
    defineRoute({
      method: 'POST',
      path: `${path}/stop`,
      operation: 'stopBroadcast',
      summary: 'Stop the broadcast',
      description: 'Where none is on it does nothing. What was recorded stays.',
      tag,
      access: 'apiKey',
      params: roomParams,
      replies: { 200: reply },
      errors: ['notFound', 'roomEnded'],
      handle: ({ params }) => change(params.roomId, (broadcast) => broadcast.stop()),
    }),
    defineRoute({
      method: 'PATCH',
      path: `${path}/layout`,
      operation: 'changeBroadcastLayout',
      summary: 'Arrange the picture anew, while it is live',
      tag,
      access: 'apiKey',
      params: roomParams,
      body: v.partial(broadcastLayout),
      replies: { 200: reply },
      errors: ['notFound', 'roomEnded', 'conflict'],
      handle: ({ params, body }) => change(params.roomId, (broadcast) => broadcast.changeLayout(body)),
    }),
  ];
}

const toBody = (broadcast: BroadcastView | null) => ({ broadcast });

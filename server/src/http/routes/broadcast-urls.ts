import * as v from 'valibot';
import type { BroadcastUrls } from '../../broadcast/delivery/broadcast-addresses.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const LONGEST_TTL_SECONDS = 604_800;

/** `urls` says where a room's broadcasts are to be seen, signed for so long where they are signed. */
export function createBroadcastUrlRoutes(
  rooms: Rooms,
  urls: (roomId: string, ttlMs?: number) => BroadcastUrls,
): readonly Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/v1/rooms/{roomId}/broadcast/urls',
      operation: 'createBroadcastUrls',
      summary: 'Say where a room’s broadcasts are to be seen',
      description:
        'The addresses are the same before, during and after a broadcast. Where addresses are signed, these are good until `expiresAt`.',
      tag: 'broadcast media',
      access: 'apiKey',
      params: roomParams,
      body: v.object({
        ttlSeconds: v.pipe(
          v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LONGEST_TTL_SECONDS))),
          v.description('How long they are good; without it as the server is set.'),
        ),
      }),
      replies: {
        200: v.object({
          livestreamUrl: v.string(),
          playbackHlsUrl: v.string(),
          expiresAt: v.pipe(
            v.nullable(v.number()),
            v.description('Milliseconds since the epoch; null where addresses are not signed.'),
          ),
        }),
      },
      errors: ['notFound'],
      handle: async ({ params, body }) => {
        await assertRoom(rooms, params.roomId);
        const { ttlSeconds } = body;
        return { status: 200, body: urls(params.roomId, ttlSeconds === undefined ? undefined : ttlSeconds * 1_000) };
      },
    }),
  ];
}

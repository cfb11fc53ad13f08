import * as v from 'valibot';
import type { Destinations } from '../../broadcast/rtmp/destinations.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { time } from '../fields.ts';
import { HttpError } from '../http-error.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const destination = v.object({
  id: v.string(),
  url: v.string(),
  createdAt: time,
  state: v.pipe(
    v.picklist(['connecting', 'live', 'retrying', 'stopped']),
    v.description('`stopped` while the room does not broadcast.'),
  ),
  bitrate: v.pipe(v.number(), v.description('Over the last seconds. Bits a second.')),
  droppedFrames: v.pipe(v.number(), v.description('Frames that the destination was too slow for.')),
  failure: v.pipe(v.nullable(v.string()), v.description('Why it broke last. The key is blacked out.')),
  retryAt: v.pipe(v.nullable(v.number()), v.description('Milliseconds since the epoch.')),
});
const path = '/api/v1/rooms/{roomId}/broadcast/destinations';
const tag = 'broadcast destinations';

/** RTMP and RTMPS: where a broadcast goes beside our own playlists. */
export function createDestinationRoutes(rooms: Rooms, destinations: Destinations): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path,
      operation: 'listDestinations',
      summary: 'List the RTMP destinations of a room, and how each is doing',
      tag,
      access: 'apiKey',
      params: roomParams,
      replies: { 200: v.object({ destinations: v.array(destination) }) },
      errors: ['notFound'],
      handle: async ({ params: { roomId } }) => {
        await assertRoom(rooms, roomId);
        return { status: 200, body: { destinations: [...(await destinations.list(roomId))] } };
      },
    }),
    defineRoute({
      method: 'POST',
      path,
      operation: 'addDestination',
      summary: 'Send the broadcast of a room on by RTMP',
      description: 'Now if it is on, and each time it is. The key is kept, and never given out again.',
      tag,
      access: 'apiKey',
      params: roomParams,
      body: v.object({
        url: v.pipe(
          v.string(),
          v.maxLength(1_024),
          v.regex(/^rtmps?:\/\/[^\s/]+\/\S+$/, 'must be an rtmp: or rtmps: address with an application'),
          v.description('Without the key: `rtmps://live.example/app`.'),
        ),
        key: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,512}$/), v.description('The stream key.')),
      }),
      replies: { 201: destination },
      errors: ['notFound', 'conflict'],
      handle: async ({ params: { roomId }, body }) => {
        await assertRoom(rooms, roomId);
        return { status: 201, body: await destinations.add(roomId, body) };
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: `${path}/{destinationId}`,
      operation: 'removeDestination',
      summary: 'Stop sending a broadcast on',
      tag,
      access: 'apiKey',
      params: v.object({ ...roomParams.entries, destinationId: v.pipe(v.string(), v.maxLength(64)) }),
      replies: { 200: v.object({ id: v.string() }) },
      errors: ['notFound'],
      handle: async ({ params: { roomId, destinationId } }) => {
        const removed = await destinations.remove(roomId, destinationId);
        if (!removed) throw new HttpError('notFound', 'There is no such destination.');
        return { status: 200, body: { id: destinationId } };
      },
    }),
  ];
}

import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import {
  broadcastLayout,
  broadcastOptionsInput,
  broadcastView,
  type BroadcastView,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import { MARK_ATTRIBUTE, MARK_TEXT, type Mark } from '../../broadcast/packager/playlists/mark.ts';
import type { RoomBroadcast } from '../../broadcast/room-broadcast.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { time } from '../fields.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const path = '/api/v1/rooms/{roomId}/broadcast';
const tag = 'broadcast';
/** The last that a date can be. Milliseconds since the epoch. */
const LAST_TIME = Date.UTC(9999, 11, 31);
const reply = v.object({
  broadcast: v.pipe(
    v.nullable(broadcastView),
    v.description('The broadcast that is on, or the last one; null before the first.'),
  ),
});

const markText = v.pipe(v.string(), v.regex(MARK_TEXT));
const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LAST_TIME));
const markInput = v.object({
  id: v.pipe(v.optional(markText), v.description('Unique in its broadcast; made up without.')),
  class: v.pipe(v.optional(markText), v.description('What marks of one kind have in common: com.example.poll.')),
  startedAt: v.pipe(
    v.optional(milliseconds),
    v.description('Milliseconds since the epoch, of the server’s time; now without.'),
  ),
  durationMs: v.pipe(v.optional(milliseconds), v.description('0 is a moment. Milliseconds.')),
  attributes: v.pipe(
    v.optional(
      v.pipe(
        v.record(v.pipe(v.string(), v.regex(MARK_ATTRIBUTE)), v.union([markText, v.pipe(v.number(), v.finite())])),
        v.maxEntries(16),
      ),
    ),
    v.description('Text or numbers, written in capitals behind X-: poll-id is X-POLL-ID.'),
  ),
});
type MarkInput = v.InferOutput<typeof markInput>;

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
      errors: ['notFound', 'roomEnded', 'conflict'],
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
      method: 'POST',
      path: '/api/v1/rooms/{roomId}/recording/start',
      operation: 'startRecording',
      summary: 'Record the stage without broadcasting it',
      description:
        'The view is that of a broadcast with `recordOnly` and no addresses. Where a broadcast is on, which is recorded anyway, it changes nothing. `listRecordings` says where it is afterwards.',
      tag,
      access: 'apiKey',
      params: roomParams,
      body: broadcastOptionsInput,
      replies: { 200: reply },
      errors: ['notFound', 'roomEnded'],
      handle: ({ params, body }) => change(params.roomId, (broadcast) => broadcast.startRecording(body)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/v1/rooms/{roomId}/recording/stop',
      operation: 'stopRecording',
      summary: 'Stop recording without broadcast',
      description: 'During a broadcast it is a `conflict`; where nothing is on it does nothing.',
      tag,
      access: 'apiKey',
      params: roomParams,
      replies: { 200: reply },
      errors: ['notFound', 'roomEnded', 'conflict'],
      handle: ({ params }) => change(params.roomId, (broadcast) => broadcast.stopRecording()),
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
    defineRoute({
      method: 'POST',
      path: `${path}/marks`,
      operation: 'markBroadcast',
      summary: 'Tell players of something at a time of the programme',
      description:
        'Every player that knows EXT-X-DATERANGE (RFC 8216bis) is told: Safari and hls.js hand it to the page. It stays in the recording. With the same `id` again, attributes and the duration are added to it; what has been told never changes.',
      tag,
      access: 'apiKey',
      params: roomParams,
      body: markInput,
      replies: { 200: v.object({ mark: v.object({ ...markInput.entries, id: markText, startedAt: time }) }) },
      errors: ['notFound', 'roomEnded', 'conflict'],
      handle: async ({ params, body }) => {
        const broadcast = await rooms.broadcast(params.roomId);
        const mark = toMark(body, rooms.clock.now());
        broadcast.mark(mark);
        return { status: 200, body: { mark } };
      },
    }),
  ];
}

function toMark({ id, class: kind, startedAt, durationMs, attributes }: MarkInput, now: number): Mark {
  return {
    id: id ?? randomUUID(),
    ...(kind === undefined ? {} : { class: kind }),
    startedAt: startedAt ?? now,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(attributes === undefined ? {} : { attributes }),
  };
}

const toBody = (broadcast: BroadcastView | null) => ({ broadcast });

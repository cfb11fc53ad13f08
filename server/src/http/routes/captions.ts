import * as v from 'valibot';
import { caption, captionInput, LIMITS } from '../../../../src/protocol/index.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import type { CaptionStore } from '../../store/caption-store.ts';
import { pageLimit, queryNumber } from '../fields.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const path = '/api/v1/rooms/{roomId}/captions';
const tag = 'captions';
const speaker = v.pipe(
  v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LIMITS.nameLength))),
  v.description('Whose words they are.'),
);

export function createCaptionRoutes(rooms: Rooms, store: CaptionStore): readonly Route[] {
  return [
    defineRoute({
      method: 'POST',
      path,
      operation: 'sendCaption',
      summary: 'Give the room a piece of recognised speech',
      description:
        'Any recogniser feeds captions so: drafts of a segment as they come, then its final text under the same segmentId. A final sent again has no effect.',
      tag,
      access: 'apiKey',
      params: roomParams,
      body: v.object({ ...captionInput.entries, speaker }),
      replies: { 200: v.object({}) },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params, body: { speaker: name, ...segment } }) => {
        await assertRoom(rooms, params.roomId);
        const { features } = await rooms.open(params.roomId);
        await features.captions.hear(name === undefined ? null : { participantId: null, name }, segment);
        return { status: 200, body: {} };
      },
    }),
    defineRoute({
      method: 'GET',
      path,
      operation: 'readCaptions',
      summary: 'Read what was said, backwards page by page',
      description: 'Also of an ended room. Within a page the oldest caption comes first.',
      tag,
      access: 'apiKey',
      params: roomParams,
      query: v.object({
        before: v.pipe(
          v.optional(queryNumber(0, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER),
          v.description('Captions before this index; without it the latest.'),
        ),
        limit: pageLimit,
      }),
      replies: {
        200: v.object({
          captions: v.array(caption),
          next: v.pipe(
            v.nullable(v.number()),
            v.description('Give it as `before` for the page of older captions; null on the last.'),
          ),
        }),
      },
      errors: ['notFound'],
      handle: async ({ params, query }) => {
        await assertRoom(rooms, params.roomId);
        const captions = [...(await store.loadCaptions(params.roomId, query.before, query.limit))];
        const first = captions[0]?.index ?? 0;
        return { status: 200, body: { captions, next: first > 0 ? first : null } };
      },
    }),
  ];
}

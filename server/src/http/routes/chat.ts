import * as v from 'valibot';
import { chatMessage } from '../../../../src/protocol/index.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import type { RoomStore } from '../../store/room-store.ts';
import { pageLimit, queryNumber } from '../fields.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

export function createChatRoutes(rooms: Rooms, store: Pick<RoomStore, 'loadChat'>): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/v1/rooms/{roomId}/chat',
      operation: 'readChat',
      summary: 'Read the chat, backwards page by page',
      description: 'Also of an ended room. Within a page the oldest message comes first.',
      tag: 'chat',
      access: 'apiKey',
      params: roomParams,
      query: v.object({
        before: v.pipe(
          v.optional(queryNumber(0, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER),
          v.description('Messages before this index; without it the latest.'),
        ),
        limit: pageLimit,
      }),
      replies: {
        200: v.object({
          messages: v.array(chatMessage),
          next: v.pipe(
            v.nullable(v.number()),
            v.description('Give it as `before` for the page of older messages; null on the last.'),
          ),
        }),
      },
      errors: ['notFound'],
      handle: async ({ params, query }) => {
        await assertRoom(rooms, params.roomId);
        const messages = [...(await store.loadChat(params.roomId, query.before, query.limit))];
        const first = messages[0]?.index ?? 0;
        return { status: 200, body: { messages, next: first > 0 ? first : null } };
      },
    }),
  ];
}

import * as v from 'valibot';
import { chatMessage, chatRequests, roleName } from '../../../../src/protocol/index.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import type { RoomStore } from '../../store/room-store.ts';
import { pageLimit, queryNumber, somebody } from '../fields.ts';
import { createRequestKey } from '../request-key.ts';
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
    defineRoute({
      method: 'POST',
      path: '/api/v1/rooms/{roomId}/chat',
      operation: 'sendChat',
      summary: 'Write in the chat as somebody, who need not be there',
      description:
        'What holds for participants (slow mode, time-outs, policies of the chat) does not for the site’s back end.',
      tag: 'chat',
      access: 'apiKey',
      params: roomParams,
      body: v.object({
        author: v.object({
          ...somebody.entries,
          role: v.pipe(roleName, v.description('One of the room’s.')),
        }),
        text: chatRequests.sendChat.data.entries.text,
      }),
      repeatable: true,
      replies: { 201: v.object({ message: chatMessage }) },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params: { roomId }, body: { author, text }, idempotencyKey }) => {
        await assertRoom(rooms, roomId);
        const { chat, door } = await rooms.open(roomId);
        const writer = { ...author, role: door.assertRole(author.role) };
        const draft = chat.draft(writer, createRequestKey('sendChat', idempotencyKey), text);
        return { status: 201, body: { message: await chat.append(draft) } };
      },
    }),
  ];
}

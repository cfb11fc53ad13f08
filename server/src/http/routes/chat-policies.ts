import * as v from 'valibot';
import {
  chatMessage,
  chatPolicies,
  chatPolicyRequests,
  heldMessage,
  messageId,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import type { ChatPolicies } from '../../rooms/chat-policies.ts';
import type { Room } from '../../rooms/room.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { pageLimit } from '../fields.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const path = '/api/v1/rooms/{roomId}/moderation';
const heldParams = v.object({
  ...roomParams.entries,
  messageId: v.pipe(messageId, v.description('Id of the message that waits.')),
});
const common = { tag: 'moderation', access: 'apiKey' } as const;

export function createChatPolicyRoutes(rooms: Rooms): readonly Route[] {
  const openRoom = async (id: RoomId): Promise<Room> => {
    await assertRoom(rooms, id);
    return rooms.open(id);
  };
  const open = async (id: RoomId): Promise<ChatPolicies> => (await openRoom(id)).features.chatPolicies;

  return [
    defineRoute({
      ...common,
      method: 'GET',
      path: `${path}/chat-policies`,
      operation: 'getChatPolicies',
      summary: 'Read what holds for messages before they are told: first messages, links, words',
      params: roomParams,
      replies: { 200: chatPolicies },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params }) => ({ status: 200, body: await (await open(params.roomId)).policies() }),
    }),
    defineRoute({
      ...common,
      method: 'PATCH',
      path: `${path}/chat-policies`,
      operation: 'changeChatPolicies',
      summary: 'Change what holds for messages before they are told',
      description:
        'What is left out stays as it is. `usesFilter` asks the filter that the server is set up with (`chatFilterUrl`), if any.',
      params: roomParams,
      body: chatPolicyRequests.setChatPolicies.data,
      replies: { 200: chatPolicies },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params, body }) => ({
        status: 200,
        body: await (await open(params.roomId)).change(null, body),
      }),
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${path}/held`,
      operation: 'listHeldMessages',
      summary: 'Read the messages that wait for a moderator, oldest first',
      description: 'The webhook `chat.held` tells of each.',
      params: roomParams,
      query: v.object({
        after: v.pipe(v.optional(messageId), v.description('The last of the page before.')),
        limit: pageLimit,
      }),
      replies: { 200: v.object({ held: v.array(heldMessage), total: v.number() }) },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params, query }) => ({
        status: 200,
        body: await (await open(params.roomId)).list(null, query),
      }),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/held/{messageId}/approve`,
      operation: 'approveHeldMessage',
      summary: 'Tell a message that waits to everyone',
      params: heldParams,
      replies: { 200: v.object({ message: chatMessage }) },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params }) => {
        const room = await openRoom(params.roomId);
        const message = await room.features.chatPolicies.approve(null, params.messageId, room.chat);
        return { status: 200, body: { message } };
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/held/{messageId}/reject`,
      operation: 'rejectHeldMessage',
      summary: 'Refuse a message that waits; its text is erased',
      params: heldParams,
      body: v.object({ reason: chatPolicyRequests.rejectChat.data.entries.reason }),
      replies: { 200: v.object({}) },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params, body }) => {
        await (await open(params.roomId)).reject(null, params.messageId, body.reason ?? '');
        return { status: 200, body: {} };
      },
    }),
  ];
}

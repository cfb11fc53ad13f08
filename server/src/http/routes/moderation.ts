import * as v from 'valibot';
import {
  chatPin,
  moderationEntry,
  chatWriters,
  moderationRequests,
  participantId,
  sanction,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import { banParticipant } from '../../rooms/ban.ts';
import type { Room } from '../../rooms/room.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import type { ModerationStore } from '../../store/moderation-store.ts';
import { pageLimit, queryNumber } from '../fields.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const path = '/api/v1/rooms/{roomId}/moderation';
const banParams = v.object({
  ...roomParams.entries,
  participantId: v.pipe(participantId, v.description('Id of the participant, who need not be there.')),
});
const { intervalMs } = moderationRequests.setSlowMode.data.entries;
const { durationMs, reason } = moderationRequests.banParticipant.data.entries;
const rules = v.object({
  locked: v.boolean(),
  slowModeMs: v.pipe(v.number(), v.description('One message of each in so long; 0: off. Milliseconds.')),
  writers: v.pipe(
    chatWriters,
    v.description('Roles that may write in the chat besides those who moderate; empty: nobody, `null`: everyone.'),
  ),
  pins: v.array(chatPin),
  sanctions: v.pipe(v.array(sanction), v.description('Time-outs and bans that are in force.')),
});
const common = { tag: 'moderation', access: 'apiKey' } as const;

export function createModerationRoutes(rooms: Rooms, store: Pick<ModerationStore, 'listLog'>): readonly Route[] {
  const open = async (id: RoomId): Promise<Room> => {
    await assertRoom(rooms, id);
    return rooms.open(id);
  };
  const answer = (room: Room) => ({ status: 200, body: room.features.moderation.rules }) as const;

  return [
    defineRoute({
      ...common,
      method: 'GET',
      path,
      operation: 'getModeration',
      summary: 'Read what holds in a room: lock, slow mode, who may write, pins, time-outs and bans',
      params: roomParams,
      replies: { 200: rules },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params }) => answer(await open(params.roomId)),
    }),
    defineRoute({
      ...common,
      method: 'PATCH',
      path,
      operation: 'changeModeration',
      summary: 'Lock a room or open it, set its slow mode and who may write',
      description: 'What is left out stays as it is.',
      params: roomParams,
      body: v.object({
        locked: v.optional(v.boolean()),
        slowModeMs: v.optional(intervalMs),
        writers: v.optional(chatWriters),
      }),
      replies: { 200: rules },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params, body }) => {
        const room = await open(params.roomId);
        const { moderation } = room.features;
        for (const role of body.writers ?? []) room.door.assertRole(role);
        if (body.locked !== undefined) await moderation.setLocked(null, body.locked);
        if (body.slowModeMs !== undefined) await moderation.setSlowMode(null, body.slowModeMs);
        if (body.writers !== undefined) await moderation.setWriters(null, body.writers);
        return answer(room);
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/bans/{participantId}`,
      operation: 'banParticipant',
      summary: 'Remove a participant and keep them out',
      description: 'Whatever token they bring, for a time or, without `durationMs`, for good. Another ban replaces it.',
      params: banParams,
      body: v.object({ durationMs, reason }),
      replies: { 200: rules },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params, body }) => {
        const room = await open(params.roomId);
        const { durationMs: forMs, reason: why = '' } = body;
        await banParticipant(room, params.participantId, { durationMs: forMs, reason: why, bannedBy: null });
        return answer(room);
      },
    }),
    defineRoute({
      ...common,
      method: 'DELETE',
      path: `${path}/bans/{participantId}`,
      operation: 'liftBan',
      summary: 'Let a banned participant in again',
      description: 'With a token issued after the ban.',
      params: banParams,
      replies: { 200: rules },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params }) => {
        const room = await open(params.roomId);
        await room.features.moderation.lift(null, 'ban', params.participantId);
        return answer(room);
      },
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${path}/log`,
      operation: 'readModerationLog',
      summary: 'Read who did what to whom and why, newest first',
      description: 'Also of an ended room.',
      params: roomParams,
      query: v.object({
        before: v.pipe(
          v.optional(queryNumber(1, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER),
          v.description('Entries of a lower number; without it the latest.'),
        ),
        limit: pageLimit,
      }),
      replies: {
        200: v.object({
          entries: v.array(moderationEntry),
          next: v.pipe(
            v.nullable(v.number()),
            v.description('Give it as `before` for older ones; null on the last page.'),
          ),
        }),
      },
      errors: ['notFound'],
      handle: async ({ params, query: { before, limit } }) => {
        await assertRoom(rooms, params.roomId);
        const found = await store.listLog(params.roomId, before, limit + 1);
        const entries = found.slice(0, limit);
        return { status: 200, body: { entries, next: found.length > limit ? (entries.at(-1)?.number ?? null) : null } };
      },
    }),
  ];
}

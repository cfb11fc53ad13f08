import * as v from 'valibot';
import { lobbyRequests, lobbyView, participantId, type RoomId } from '../../../../src/protocol/index.ts';
import type { Room } from '../../rooms/room.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { pageLimit } from '../fields.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const path = '/api/v1/rooms/{roomId}/lobby';
const waitingParams = v.object({
  ...roomParams.entries,
  participantId: v.pipe(participantId, v.description('Id of the one who waits.')),
});
const common = { tag: 'lobby', access: 'apiKey', errors: ['notFound', 'roomEnded'] } as const;
const admitted = v.object({ admitted: v.pipe(v.number(), v.description('How many.')) });

export function createLobbyRoutes(rooms: Rooms): readonly Route[] {
  const open = async (id: RoomId): Promise<Room> => {
    await assertRoom(rooms, id);
    return rooms.open(id);
  };
  const admit = async (room: RoomId, id: Parameters<Room['features']['lobby']['admit']>[1]) =>
    ({ status: 200, body: { admitted: await (await open(room)).features.lobby.admit(null, id) } }) as const;

  return [
    defineRoute({
      ...common,
      method: 'GET',
      path,
      operation: 'getLobby',
      summary: 'Read who waits to be let in, the longest first',
      params: roomParams,
      query: v.object({
        after: v.pipe(v.optional(participantId), v.description('The last of the page before.')),
        limit: pageLimit,
      }),
      replies: { 200: lobbyView },
      handle: async ({ params, query }) => ({
        status: 200,
        body: (await open(params.roomId)).features.lobby.view(query),
      }),
    }),
    defineRoute({
      ...common,
      method: 'PUT',
      path,
      operation: 'changeLobby',
      summary: 'Have newcomers wait, or nobody',
      description:
        'Those of a lesser role than `waitBelow` wait, unless their token says `admit`. `null` lets in all who wait.',
      params: roomParams,
      body: lobbyRequests.setLobby.data,
      replies: { 200: lobbyView },
      handle: async ({ params, body }) => {
        const { lobby } = (await open(params.roomId)).features;
        await lobby.change(null, body.waitBelow);
        return { status: 200, body: lobby.view() };
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/admit`,
      operation: 'admitEveryone',
      summary: 'Let in all who wait now',
      params: roomParams,
      replies: { 200: admitted },
      handle: ({ params }) => admit(params.roomId, null),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/{participantId}/admit`,
      operation: 'admitParticipant',
      summary: 'Let one in who waits',
      params: waitingParams,
      replies: { 200: admitted },
      handle: ({ params }) => admit(params.roomId, params.participantId),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/{participantId}/turn-away`,
      operation: 'turnAwayParticipant',
      summary: 'Send one away who waits',
      description: 'The tokens that they have open the door no more.',
      params: waitingParams,
      body: v.object({ reason: lobbyRequests.turnAway.data.entries.reason }),
      replies: { 200: lobbyView },
      handle: async ({ params, body }) => {
        const room = await open(params.roomId);
        const { lobby } = room.features;
        await lobby.turnAway(null, params.participantId, body.reason ?? '', (id) => room.shutDoor(id));
        return { status: 200, body: lobby.view() };
      },
    }),
  ];
}

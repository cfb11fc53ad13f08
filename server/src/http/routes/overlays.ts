import * as v from 'valibot';
import {
  cueId,
  overlayContent,
  overlayCue,
  overlayRequests,
  overlayState,
  runOfShow,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import type { Change, Overlays } from '../../rooms/overlays.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const path = '/api/v1/rooms/{roomId}/overlays';
const tag = 'overlays';
const cueParams = v.object({ ...roomParams.entries, cueId: v.pipe(cueId, v.description('Id of the cue.')) });
const reply = v.object({ ...overlayState.entries, runOfShow });
const before = v.pipe(
  v.optional(v.nullable(cueId)),
  v.description('The cue to stand before; null for the end. Without it a cue that is there keeps its place.'),
);
const { staysMs } = overlayRequests.takeOverlay.data.entries;
const common = { tag, access: 'apiKey', replies: { 200: reply } } as const;

export function createOverlayRoutes(rooms: Rooms): readonly Route[] {
  const open = async (id: RoomId): Promise<Overlays> => {
    await assertRoom(rooms, id);
    return (await rooms.open(id)).features.overlays;
  };
  const change = async (
    id: RoomId,
    key: string | undefined,
    carryOut: (overlays: Overlays, change: Change) => Promise<void>,
  ) => {
    const overlays = await open(id);
    await carryOut(overlays, { by: null, key });
    return { status: 200, body: await overlays.state() } as const;
  };

  return [
    defineRoute({
      ...common,
      method: 'GET',
      path,
      operation: 'getOverlays',
      summary: 'Read what is on screen, and the run of show',
      params: roomParams,
      errors: ['notFound', 'roomEnded'],
      handle: async ({ params }) => ({ status: 200, body: await (await open(params.roomId)).state() }),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/cues`,
      operation: 'saveCue',
      summary: 'Put a cue into the run of show, or replace it',
      description: 'The id is yours to choose. What is on screen of it stays as it is until it is taken again.',
      params: roomParams,
      body: v.object({ cue: overlayCue, before }),
      repeatable: true,
      errors: ['notFound', 'conflict', 'roomEnded'],
      handle: ({ params, body, idempotencyKey }) =>
        change(params.roomId, idempotencyKey, (overlays, by) => overlays.saveCue(by, body.cue, body.before)),
    }),
    defineRoute({
      ...common,
      method: 'DELETE',
      path: `${path}/cues/{cueId}`,
      operation: 'removeCue',
      summary: 'Take a cue out of the run of show',
      params: cueParams,
      repeatable: true,
      errors: ['notFound', 'roomEnded'],
      handle: ({ params, idempotencyKey }) =>
        change(params.roomId, idempotencyKey, (overlays, by) => overlays.removeCue(by, params.cueId)),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/take`,
      operation: 'takeCue',
      summary: 'Show a cue, or the next one',
      params: roomParams,
      body: v.object({ cueId: v.pipe(v.optional(cueId), v.description('Without it the cue after the last taken.')) }),
      repeatable: true,
      errors: ['notFound', 'roomEnded'],
      handle: ({ params, body, idempotencyKey }) =>
        change(params.roomId, idempotencyKey, (overlays, by) =>
          body.cueId === undefined ? overlays.takeNext(by) : overlays.takeCue(by, body.cueId),
        ),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/show`,
      operation: 'takeOverlay',
      summary: 'Show an overlay that is no cue',
      params: roomParams,
      body: v.object({ content: overlayContent, staysMs: v.optional(staysMs, null) }),
      repeatable: true,
      errors: ['notFound', 'roomEnded'],
      handle: ({ params, body, idempotencyKey }) =>
        change(params.roomId, idempotencyKey, (overlays, by) => overlays.take(by, body.content, body.staysMs)),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/clear`,
      operation: 'clearOverlays',
      summary: 'Clear the screen, or one layer of it',
      params: roomParams,
      body: v.object({ layer: v.optional(overlayRequests.clearOverlays.data.entries.layer, null) }),
      repeatable: true,
      errors: ['notFound', 'roomEnded'],
      handle: ({ params, body, idempotencyKey }) =>
        change(params.roomId, idempotencyKey, (overlays, by) => overlays.clear(by, body.layer)),
    }),
  ];
}

import { createHash, randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { participantId, roleName } from '../../../../src/protocol/index.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { displayName, time } from '../fields.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';
import type { TokenMint } from './tokens.ts';

const TOKEN_SECONDS = 3_600;

export interface EmbedRouteParts {
  readonly rooms: Rooms;
  readonly mint: TokenMint;
  /** What visitors of embedded pages are. */
  readonly role: string;
  /** A visitor makes no room, unless anybody may do anything. */
  readonly createsRooms: boolean;
}

/** What the `token-url` of an embedded page points at: anybody may come, as a visitor. */
export function createEmbedRoutes({ rooms, mint, role, createsRooms }: EmbedRouteParts): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/embed/{roomId}/token',
      operation: 'getEmbedToken',
      summary: 'Mint a token for a visitor of an embedded page',
      description:
        'Of the role that the setting `embedRole` names. Visitors have identities apart from those that a back end gives.',
      tag: 'embeds',
      access: 'open',
      params: roomParams,
      query: v.object({
        name: v.optional(displayName),
        participant: v.pipe(
          v.optional(participantId),
          v.description('What only the visitor’s own browser knows, to be the same one again; made up without.'),
        ),
      }),
      replies: { 200: v.object({ token: v.string(), expiresAt: time }) },
      errors: ['notFound', 'roomEnded', 'notConfigured'],
      handle: async ({ params: { roomId }, query: { name, participant = randomUUID() } }) => {
        if (!createsRooms) await assertRoom(rooms, roomId);
        return {
          status: 200,
          body: await mint({
            roomId,
            participantId: v.parse(participantId, toVisitorId(participant)),
            role: v.parse(roleName, role),
            name: name === undefined || name === '' ? 'Guest' : name,
            validForSeconds: TOKEN_SECONDS,
          }),
        };
      },
    }),
  ];
}

/** Everybody in the room reads this one, so it does not tell what to ask with: nobody becomes another, or whom the back end knows. */
const toVisitorId = (key: string) => `embed-${createHash('sha256').update(key).digest('base64url').slice(0, 22)}`;

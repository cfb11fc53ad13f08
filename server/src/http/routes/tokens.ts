import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { participantId, PERMISSIONS, roleName, roomId, type RoomId } from '../../../../src/protocol/index.ts';
import { mintToken, type MintedToken, type TokenOptions } from '../../auth/mint-token.ts';
import { companyClaims } from '../../auth/token-verifier.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { findRole } from '../../rooms/templates.ts';
import { displayName, queryNumber, time } from '../fields.ts';
import { HttpError } from '../http-error.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const LONGEST_SECONDS = 30 * 86_400;

/** Mints tokens for rooms that live and roles that they have. */
export type TokenMint = (options: TokenOptions) => Promise<MintedToken>;

interface TokenMintOptions {
  readonly rooms: Rooms;
  /** `undefined` where tokens are made elsewhere. */
  readonly secret: string | undefined;
  readonly createOnJoin: boolean;
}

export function createTokenMint({ rooms, secret, createOnJoin }: TokenMintOptions): TokenMint {
  return async (options) => {
    if (secret === undefined)
      throw new HttpError('notConfigured', 'Tokens are made by whoever holds the keys of jwks.');
    await assertRole(options.roomId, options.role);
    return mintToken(secret, options);
  };

  async function assertRole(id: RoomId, role: string): Promise<void> {
    const room = createOnJoin ? await rooms.getOrCreate(id) : await assertRoom(rooms, id);
    if (room.endedAt !== null) throw new HttpError('roomEnded', 'The room has ended.');
    const roles = await rooms.roles(id);
    if (findRole(roles, role) === undefined) {
      throw new HttpError('badRequest', `role: the room has ${Object.keys(roles).join(', ')}`);
    }
  }
}

export function createTokenRoutes(mint: TokenMint): readonly Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/v1/rooms/{roomId}/tokens',
      operation: 'mintToken',
      summary: 'Mint a token that lets one participant in',
      description: 'Give it to that participant alone. The same `participantId` again is the same participant.',
      tag: 'tokens',
      access: 'apiKey',
      params: roomParams,
      body: v.object({
        participantId: v.pipe(v.optional(participantId), v.description('Your id of the person; made up without.')),
        name: v.optional(displayName),
        role: roleName,
        permissions: v.pipe(
          v.optional(v.array(v.picklist(PERMISSIONS)), []),
          v.description('Beyond those of the role.'),
        ),
        groups: v.pipe(
          companyClaims.groups,
          v.description('Names of groups of your site: who shares one is shown to them first in the list of people.'),
        ),
        friends: v.pipe(companyClaims.friends, v.description('Ids of participants who are shown to them first too.')),
        admit: v.pipe(v.optional(v.boolean(), false), v.description('Comes in without a wait in the lobby.')),
        ttlSeconds: v.pipe(
          v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LONGEST_SECONDS)), 3_600),
          v.description('How long the token is good. Seconds.'),
        ),
      }),
      replies: { 201: v.object({ token: v.string(), participantId, expiresAt: time }) },
      errors: ['notFound', 'roomEnded', 'notConfigured'],
      handle: async ({ params, body: { participantId: id = createParticipantId(), ttlSeconds, ...rest } }) => {
        const minted = await mint({ ...params, ...rest, participantId: id, validForSeconds: ttlSeconds });
        return { status: 201, body: { ...minted, participantId: id } };
      },
    }),
  ];
}

/** What the demo pages' `token-url` points at. In development alone: it makes anyone a host. */
export function createDevelopmentRoutes(rooms: Rooms, mint: TokenMint): readonly Route[] {
  /** Whoever may end a room may begin it again, or the demo's one room would be lost to its first `endRoom`. */
  const reopenFor = async (id: RoomId, role: string) => {
    const room = await rooms.get(id);
    if (room === null || room.endedAt === null) return;
    if (findRole(await rooms.roles(id), role)?.permissions.includes('room.end')) await rooms.reopen(id);
  };

  return (['GET', 'POST'] as const).map((method) =>
    defineRoute({
      method,
      path: '/dev/token',
      operation: method === 'GET' ? 'getDevelopmentToken' : 'postDevelopmentToken',
      summary: 'Mint a token of any role for anyone; in development only',
      description: 'Reopens a room that has ended for a role that may end it, a host say. In development only.',
      tag: 'development',
      access: 'open',
      query: v.object({
        room: v.optional(roomId, 'demo'),
        role: v.optional(roleName, 'viewer'),
        name: v.optional(displayName),
        participant: v.pipe(v.optional(participantId), v.description('Who asks; made up without.')),
        ttlSeconds: v.optional(queryNumber(1, LONGEST_SECONDS), 3_600),
        reason: v.pipe(v.optional(v.string()), v.description('Why the kit asks; of no effect.')),
      }),
      replies: { 200: v.object({ token: v.string(), expiresAt: time }) },
      errors: ['notFound', 'roomEnded'],
      handle: async ({ query: { room, role, name, participant = createParticipantId(), ttlSeconds } }) => {
        // A tab that goes from the watch page to the studio is another participant there, not a viewer who became host.
        const id = participant.startsWith('tab-')
          ? v.parse(participantId, `${participant}-${role}`.slice(0, 64))
          : participant;
        await reopenFor(room, role);
        return {
          status: 200,
          body: await mint({
            roomId: room,
            participantId: id,
            role,
            name: name === undefined || name === '' ? developmentName(role, id) : name,
            validForSeconds: ttlSeconds,
          }),
        };
      },
    }),
  );
}

/** A name to tell nameless visitors apart: `Host`, `Viewer 417`. */
function developmentName(role: string, id: string): string {
  const title = role.charAt(0).toUpperCase() + role.slice(1);
  if (role === 'host') return title;
  const number = [...id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 900, 0);
  return `${title} ${100 + number}`;
}

function createParticipantId() {
  return v.parse(participantId, randomUUID());
}

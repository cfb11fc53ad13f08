import { SignJWT } from 'jose';
import type { ParticipantId, Permission, RoomId } from '../../../src/protocol/index.ts';
import { assertSecret } from './keys.ts';

export interface TokenOptions {
  readonly roomId: RoomId;
  readonly participantId: ParticipantId;
  readonly role: string;
  readonly name?: string | undefined;
  /** Beyond those of the role. */
  readonly permissions?: readonly Permission[] | undefined;
  /** Comes in without a wait in the lobby. */
  readonly admit?: boolean | undefined;
  /** Groups of the site that they belong to. */
  readonly groups?: readonly string[] | undefined;
  /** Participants whom the site knows as their friends. */
  readonly friends?: readonly ParticipantId[] | undefined;
  /** Seconds from now. Default 3,600. */
  readonly validForSeconds?: number | undefined;
  /** Milliseconds since the epoch. Default now. */
  readonly now?: number | undefined;
}

export interface MintedToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const DEFAULT_VALID_FOR_SECONDS = 3_600;

/** Signs a participant's token with the shared secret (JWT, HS256). Throws a `TypeError` for a secret under 32 bytes. */
export async function mintToken(secret: string, options: TokenOptions): Promise<MintedToken> {
  const { roomId, participantId, role, name, permissions, admit, groups = [], friends = [] } = options;
  // A fraction of a second tells a token minted right after a removal from one minted right before (RFC 7519 allows it).
  const issuedAt = (options.now ?? Date.now()) / 1_000;
  const expiresAt = issuedAt + (options.validForSeconds ?? DEFAULT_VALID_FOR_SECONDS);
  const token = await new SignJWT({
    room: roomId,
    sub: participantId,
    role,
    ...(name === undefined ? {} : { name }),
    ...(permissions === undefined ? {} : { permissions: [...permissions] }),
    ...(admit ? { admit } : {}),
    ...(groups.length === 0 ? {} : { groups: [...groups] }),
    ...(friends.length === 0 ? {} : { friends: [...friends] }),
    iat: issuedAt,
    exp: expiresAt,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(assertSecret(secret));
  return { token, expiresAt: Math.round(expiresAt * 1_000) };
}

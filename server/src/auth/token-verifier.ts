import { errors, jwtVerify } from 'jose';
import * as v from 'valibot';
import {
  COMPANY_LIMITS,
  LIMITS,
  participantId,
  PERMISSIONS,
  ProtocolError,
  roleName,
  roomId,
} from '../../../src/protocol/index.ts';
import { isSeen } from '../../../src/protocol/seen.ts';
import { systemClock, type Clock } from '../rooms/clock.ts';
import { openKeys, type TokenKeys } from './keys.ts';
import type { TokenClaims, TokenVerifier } from './token.ts';

const seconds = v.pipe(v.number(), v.finite());

/** What the site says of a bearer's company ([T5]). */
export const companyClaims = {
  groups: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.trim(), v.maxLength(COMPANY_LIMITS.groupLength), v.check(isSeen, 'empty'))),
      v.maxLength(COMPANY_LIMITS.groups),
    ),
    [],
  ),
  friends: v.optional(v.pipe(v.array(participantId), v.maxLength(COMPANY_LIMITS.friends)), []),
};

const payload = v.object({
  room: roomId,
  sub: participantId,
  role: roleName,
  name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(LIMITS.nameLength))),
  permissions: v.optional(v.array(v.picklist(PERMISSIONS)), []),
  admit: v.optional(v.boolean(), false),
  ...companyClaims,
  iat: v.optional(seconds, 0),
  exp: seconds,
});

export interface TokenVerifierOptions {
  readonly keys: TokenKeys;
  /** Required of the token where given. */
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
  readonly clock?: Clock;
}

/** Checks tokens (JWT, RFC 7519) and reads their claims ([T1]). */
export async function createTokenVerifier(options: TokenVerifierOptions): Promise<TokenVerifier> {
  const { keys, issuer, audience, clock = systemClock } = options;
  const { key, algorithms } = await openKeys(keys);
  const required = { ...(issuer === undefined ? {} : { issuer }), ...(audience === undefined ? {} : { audience }) };
  return {
    async verify(token) {
      const verified = await jwtVerify(token, key, {
        algorithms,
        currentDate: new Date(clock.now()),
        ...required,
      }).catch((error: unknown) => {
        throw toProtocolError(error);
      });
      const claims = parseClaims(verified.payload);
      if (claims.expiresAt <= clock.now()) throw new ProtocolError('tokenExpired', 'The token has expired.');
      return claims;
    },
  };
}

function parseClaims(verified: unknown): TokenClaims {
  const parsed = v.safeParse(payload, verified);
  if (!parsed.success) {
    const claim = parsed.issues[0].path?.[0]?.key ?? 'payload';
    throw new ProtocolError('tokenInvalid', `The token's ${String(claim)} is missing or not valid.`);
  }
  const { room, sub, role, name, permissions, admit, groups, friends, iat, exp } = parsed.output;
  return {
    roomId: room,
    participantId: sub,
    name: name || null,
    role,
    permissions: permissions.length > 0 ? [...new Set(permissions)] : NO_PERMISSIONS,
    ...(admit ? { admit } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    ...(friends.length > 0 ? { friends } : {}),
    issuedAt: Math.round(iat * 1_000),
    expiresAt: Math.round(exp * 1_000),
  };
}

/** One array for all, since most tokens add nothing. */
const NO_PERMISSIONS: readonly never[] = [];

/** A key set that does not answer, or not with keys, says nothing of the token. */
const KEY_SET_FAILURES = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

function toProtocolError(error: unknown): ProtocolError {
  if (error instanceof errors.JWTExpired) return new ProtocolError('tokenExpired', 'The token has expired.');
  if (error instanceof errors.JOSEError && !KEY_SET_FAILURES.includes(error.code)) {
    return new ProtocolError('tokenInvalid', 'The token is not valid.');
  }
  return new ProtocolError('unavailable', 'The token cannot be checked now.');
}

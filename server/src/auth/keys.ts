import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';

/** What tokens are signed with: a shared secret, or the public keys of whoever mints them (RFC 7517). */
export type TokenKeys =
  | { readonly secret: string }
  | { readonly jwksFile: string }
  /** `https:`, or `http:` on loopback. */
  | { readonly jwksUrl: URL };

export interface VerificationKey {
  readonly key: JWTVerifyGetKey;
  readonly algorithms: string[];
}

const SECRET_BYTES = 32;
const ASYMMETRIC = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
];

/** Throws a `TypeError` where the secret is too short, the file is no key set, or the address would send keys in the clear. */
export async function openKeys(keys: TokenKeys): Promise<VerificationKey> {
  if ('secret' in keys) {
    const secret = assertSecret(keys.secret);
    return { key: () => Promise.resolve(secret), algorithms: ['HS256'] };
  }
  if ('jwksFile' in keys) {
    const set: unknown = JSON.parse(await readFile(keys.jwksFile, 'utf8'));
    if (!isKeySet(set)) throw new TypeError(`${keys.jwksFile} is no JSON Web Key Set.`);
    return { key: createLocalJWKSet(set), algorithms: ASYMMETRIC };
  }
  assertSafeAddress(keys.jwksUrl);
  return { key: createRemoteJWKSet(keys.jwksUrl), algorithms: ASYMMETRIC };
}

/** The secret's bytes. HS256 asks for as many as its hash has (RFC 7518, section 3.2). */
export function assertSecret(secret: string): Uint8Array {
  const bytes = new TextEncoder().encode(secret);
  if (bytes.length < SECRET_BYTES) throw new TypeError(`The token secret must have at least ${SECRET_BYTES} bytes.`);
  return bytes;
}

function assertSafeAddress(url: URL): void {
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback)) return;
  throw new TypeError('The address of the key set must begin with https:.');
}

function isKeySet(value: unknown): value is { keys: Record<string, unknown>[] } {
  return typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys);
}

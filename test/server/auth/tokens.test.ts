import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { ProtocolError, type ParticipantId, type RoomId } from '../../../src/protocol/index.ts';
import type { TokenKeys } from '../../../server/src/auth/keys.ts';
import { mintToken, type TokenOptions } from '../../../server/src/auth/mint-token.ts';
import { createTokenVerifier } from '../../../server/src/auth/token-verifier.ts';
import { ManualClock } from '../rooms/manual-clock.ts';

const SECRET = 'a secret that is only for tests, 32+';
const clock = new ManualClock();

const tokenOptions: TokenOptions = {
  roomId: 'launch' as RoomId,
  participantId: 'ada' as ParticipantId,
  role: 'host',
  name: 'Ada',
  permissions: ['chat.moderate'],
  validForSeconds: 60,
  now: clock.now(),
};

const failsWith = (code: string) => (error: unknown) => error instanceof ProtocolError && error.code === code;

const claims = { room: 'launch', sub: 'ada', role: 'host', iat: clock.now() / 1_000, exp: clock.now() / 1_000 + 60 };

const sign = (payload: object, key: CryptoKey | Uint8Array, alg: string, kid?: string) =>
  new SignJWT({ ...payload }).setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) }).sign(key);

const bySecret = (payload: object) => sign(payload, new TextEncoder().encode(SECRET), 'HS256');

const verifierOf = (keys: TokenKeys) => createTokenVerifier({ keys, clock });

describe('tokens by a shared secret', () => {
  it('[T1] say who is who, in which room, as what, until when', async () => {
    const { verify } = await verifierOf({ secret: SECRET });
    const { token, expiresAt } = await mintToken(SECRET, tokenOptions);
    assert.equal(expiresAt, clock.now() + 60_000);
    assert.deepEqual(await verify(token), {
      roomId: 'launch',
      participantId: 'ada',
      name: 'Ada',
      role: 'host',
      permissions: ['chat.moderate'],
      issuedAt: clock.now(),
      expiresAt,
    });
  });

  it('tell milliseconds apart, so that a removal and a new token in one second do not meet', async () => {
    const { verify } = await verifierOf({ secret: SECRET });
    for (const milliseconds of [1, 499, 500, 999]) {
      const now = clock.now() + milliseconds;
      const { token, expiresAt } = await mintToken(SECRET, { ...tokenOptions, now });
      const read = await verify(token);
      assert.equal(read.issuedAt, now);
      assert.equal(read.expiresAt, expiresAt);
    }
  });

  it('[T1] are refused where a claim is missing or not valid', async () => {
    const { verify } = await verifierOf({ secret: SECRET });
    const wrong: object[] = [
      { room: undefined },
      { room: 'a b' },
      { room: 5 },
      { sub: undefined },
      { sub: '' },
      { sub: 'x'.repeat(65) },
      { role: undefined },
      { role: '__proto__' },
      { name: 'x'.repeat(81) },
      { permissions: ['everything'] },
      { permissions: 'room.end' },
      { exp: undefined },
    ];
    for (const change of wrong) {
      await assert.rejects(
        verify(await bySecret({ ...claims, ...change })),
        failsWith('tokenInvalid'),
        JSON.stringify(change),
      );
    }
    assert.equal((await verify(await bySecret(claims))).participantId, 'ada');
  });

  it('[T3] expire at their end, to the millisecond', async () => {
    const later = new ManualClock();
    const { verify } = await createTokenVerifier({ keys: { secret: SECRET }, clock: later });
    const { token } = await mintToken(SECRET, { ...tokenOptions, validForSeconds: 1.5 });
    later.advance(1_499);
    await verify(token);
    later.advance(1);
    await assert.rejects(verify(token), failsWith('tokenExpired'));
  });

  it('are refused when signed otherwise, or not at all', async () => {
    const { verify } = await verifierOf({ secret: SECRET });
    const other = new TextEncoder().encode('another secret of more than 32 bytes');
    const { token } = await mintToken(SECRET, tokenOptions);
    const forged = [
      await sign(claims, other, 'HS256'),
      await sign(claims, new TextEncoder().encode(SECRET.repeat(2)), 'HS512'),
      new UnsecuredJWT({ ...claims }).encode(),
      token.slice(0, -4),
      `${token}x.y`,
      '',
      'eyJ.eyJ.x',
    ];
    for (const each of forged) await assert.rejects(verify(each), failsWith('tokenInvalid'), each);
  });

  it('ask for issuer and audience where these are set', async () => {
    const { verify } = await createTokenVerifier({ keys: { secret: SECRET }, clock, issuer: 'site', audience: 'live' });
    await assert.rejects(verify(await bySecret(claims)), failsWith('tokenInvalid'));
    await assert.rejects(verify(await bySecret({ ...claims, iss: 'site', aud: 'other' })), failsWith('tokenInvalid'));
    await verify(await bySecret({ ...claims, iss: 'site', aud: ['live'] }));
  });

  it('need a secret of 32 bytes', async () => {
    await assert.rejects(verifierOf({ secret: 'short' }), TypeError);
    await assert.rejects(mintToken('short', tokenOptions), TypeError);
  });
});

describe('tokens by a key set', () => {
  async function createKey(alg: string) {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    return { privateKey, jwk: { ...(await exportJWK(publicKey)), alg, kid: alg } };
  }

  async function withFile(keys: JWK[], use: (path: string) => Promise<void>) {
    const folder = await mkdtemp(join(tmpdir(), 'ils-keys-'));
    const path = join(folder, 'keys.json');
    await writeFile(path, JSON.stringify({ keys }));
    await use(path);
    await rm(folder, { recursive: true });
  }

  it('are read with the key they name', async () => {
    const [elliptic, edwards] = await Promise.all([createKey('ES256'), createKey('EdDSA')]);
    await withFile([elliptic.jwk, edwards.jwk], async (jwksFile) => {
      const { verify } = await verifierOf({ jwksFile });
      for (const { privateKey, jwk } of [elliptic, edwards]) {
        const token = await sign(claims, privateKey, jwk.alg, jwk.kid);
        assert.equal((await verify(token)).participantId, 'ada');
      }
      const stranger = await createKey('ES256');
      await assert.rejects(
        verify(await sign(claims, stranger.privateKey, 'ES256', 'ES256')),
        failsWith('tokenInvalid'),
      );
      await assert.rejects(
        verify(await sign(claims, stranger.privateKey, 'ES256', 'unknown')),
        failsWith('tokenInvalid'),
      );
    });
  });

  it('are never read with a public key taken for a secret', async () => {
    const { jwk } = await createKey('ES256');
    await withFile([jwk], async (jwksFile) => {
      const { verify } = await verifierOf({ jwksFile });
      const forged = await sign(claims, new TextEncoder().encode(JSON.stringify(jwk)), 'HS256', jwk.kid);
      await assert.rejects(verify(forged), failsWith('tokenInvalid'));
    });
  });

  it('are read with keys fetched from an address, and cannot be while it does not answer', async () => {
    const { privateKey, jwk } = await createKey('ES256');
    let answer = { status: 200, body: JSON.stringify({ keys: [jwk] }) };
    const server = createServer((_, response) => response.writeHead(answer.status).end(answer.body));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const jwksUrl = new URL(`http://127.0.0.1:${port}/keys`);
    const token = await sign(claims, privateKey, 'ES256', 'ES256');
    assert.equal((await (await verifierOf({ jwksUrl })).verify(token)).participantId, 'ada');
    for (const failure of [
      { status: 500, body: '' },
      { status: 200, body: '<html>' },
      { status: 200, body: '{}' },
    ]) {
      answer = failure;
      await assert.rejects((await verifierOf({ jwksUrl })).verify(token), failsWith('unavailable'));
    }
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    await assert.rejects((await verifierOf({ jwksUrl })).verify(token), failsWith('unavailable'));
  });

  it('are not fetched in the clear from afar', async () => {
    await assert.rejects(verifierOf({ jwksUrl: new URL('http://example.test/keys') }), TypeError);
    await verifierOf({ jwksUrl: new URL('https://example.test/keys') });
  });

  it('need a file that is a key set', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ils-keys-'));
    const path = join(folder, 'keys.json');
    await writeFile(path, '{"key":1}');
    await assert.rejects(verifierOf({ jwksFile: path }), TypeError);
    await rm(folder, { recursive: true });
  });
});

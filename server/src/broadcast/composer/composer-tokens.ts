import { randomBytes } from 'node:crypto';
import type { ParticipantId, RoomId } from '../../../../src/protocol/index.ts';
import type { TokenClaims, TokenVerifier } from '../../auth/token.ts';
import type { Clock } from '../../rooms/clock.ts';

/** Below the longest timer of a browser, and longer than any show. Milliseconds. */
const VALID_FOR_MS = 20 * 86_400_000;

/** Lets the server's own composers in, beside those whom the site's tokens let in ([W5]). Nothing of it leaves this machine. */
export class ComposerTokens implements TokenVerifier {
  readonly #others: TokenVerifier;
  readonly #clock: Clock;
  readonly #issued = new Map<string, TokenClaims>();

  constructor(others: TokenVerifier, clock: Clock) {
    this.#others = others;
    this.#clock = clock;
  }

  /** A token for one composer of the room, good until it is revoked. */
  issue(roomId: RoomId): { readonly token: string; revoke(): void } {
    const token = `composer-${randomBytes(32).toString('base64url')}`;
    const now = this.#clock.now();
    this.#issued.set(token, {
      roomId,
      participantId: `composer-${randomBytes(16).toString('hex')}` as ParticipantId,
      name: 'composer',
      role: 'composer',
      isComposer: true,
      permissions: [],
      issuedAt: now,
      expiresAt: now + VALID_FOR_MS,
    });
    return { token, revoke: () => this.#issued.delete(token) };
  }

  async verify(token: string): Promise<TokenClaims> {
    return this.#issued.get(token) ?? this.#others.verify(token);
  }
}

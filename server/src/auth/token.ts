import type { ParticipantId, Permission, RoomId } from '../../../src/protocol/index.ts';

/** What a token says of its bearer ([T1]). */
export interface TokenClaims {
  readonly roomId: RoomId;
  readonly participantId: ParticipantId;
  /** The room that the token names, where its bearer belongs to another ([F3]). */
  readonly tokenRoomId?: RoomId;
  /** `null` where the token names nobody. */
  readonly name: string | null;
  readonly role: string;
  /** Of the server's own composer: no token made elsewhere says so ([W5]). */
  readonly isComposer?: true;
  /** Comes in without a wait in the lobby ([I4]). */
  readonly admit?: true;
  /** Beyond those of the role. */
  readonly permissions: readonly Permission[];
  /** Groups of the site that the bearer belongs to ([T5]). */
  readonly groups?: readonly string[];
  /** Whom the site knows as friends of theirs ([T5]). */
  readonly friends?: readonly ParticipantId[];
  /** Milliseconds since the epoch; 0 where the token does not say. */
  readonly issuedAt: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface TokenVerifier {
  /** Throws `ProtocolError` `tokenInvalid` or `tokenExpired`. */
  verify(token: string): Promise<TokenClaims>;
}

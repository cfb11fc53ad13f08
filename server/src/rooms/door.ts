import { ProtocolError, type ParticipantId, type RoleName } from '../../../src/protocol/index.ts';
import type { TokenClaims } from '../auth/token.ts';
import type { StoredRoom } from '../store/room-store.ts';
import { COMPOSER_ROLE, findRole, type Role, type Roles } from './templates.ts';

/** Who may come in, and as what: the token's word, unless the room decided otherwise. */
export class Door {
  readonly roles: Roles;
  /** Roles given in the room; they win over the token's ([T2]). */
  readonly #givenRoles: Map<ParticipantId, RoleName>;
  readonly #removals: Map<ParticipantId, number>;

  constructor(roles: Roles, { roles: givenRoles, removals }: StoredRoom) {
    this.roles = roles;
    this.#givenRoles = new Map(givenRoles);
    this.#removals = new Map(removals);
  }

  /** The role in which the bearer comes in. Throws `removed` ([P6]), or `tokenInvalid` for a role the room has not. */
  admit({ participantId, role: claimed, issuedAt, isComposer }: TokenClaims): Role {
    if (isComposer) return COMPOSER_ROLE;
    const removedAt = this.#removals.get(participantId);
    if (removedAt !== undefined && issuedAt <= removedAt) {
      throw new ProtocolError('removed', 'You were removed from the room.');
    }
    const given = this.#givenRoles.get(participantId);
    const role = (given && findRole(this.roles, given)) ?? findRole(this.roles, claimed);
    if (!role) throw new ProtocolError('tokenInvalid', 'The room has no such role.');
    return role;
  }

  findRole(name: RoleName): Role | undefined {
    return findRole(this.roles, name);
  }

  /** Throws `notFound`. */
  assertRole(name: RoleName): Role {
    const role = this.findRole(name);
    if (!role) throw new ProtocolError('notFound', 'The room has no such role.');
    return role;
  }

  rememberRole(participantId: ParticipantId, role: Role): void {
    this.#givenRoles.set(participantId, role.name);
  }

  /** Tokens issued up to `removedAt` no longer open. */
  shut(participantId: ParticipantId, removedAt: number): void {
    this.#removals.set(participantId, removedAt);
  }
}

/** Characters that would break a line or turn the writing around. */
const UNSHOWN = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** What a participant is called: as the token says, else as the client offers, else by id. */
export function chooseName(claims: TokenClaims, offered: string | undefined): string {
  return (claims.name ?? offered ?? '').replace(UNSHOWN, '').trim() || claims.participantId;
}

import { isAnnounced, ProtocolError, type ParticipantId, type RoleName } from '../../../src/protocol/index.ts';
import type { TokenClaims } from '../auth/token.ts';
import type { StoredRoom } from '../store/room-store.ts';
import { COMPOSER_ROLE, findRole, type Role, type Roles } from './templates.ts';

/** Who may come in, and as what: the token's word, unless the room decided otherwise. */
export class Door {
  readonly roles: Roles;
  /** Roles given in the room; they win over the token's ([T2]). */
  readonly #givenRoles: Map<ParticipantId, RoleName>;
  /** What those had whose role publishes, before it ([Z7]). */
  readonly #rolesBefore: Map<ParticipantId, RoleName>;
  readonly #removals: Map<ParticipantId, number>;

  constructor(roles: Roles, { roles: givenRoles, rolesBefore, removals }: StoredRoom) {
    this.roles = roles;
    this.#givenRoles = new Map(givenRoles);
    this.#rolesBefore = new Map(rolesBefore);
    this.#removals = new Map(removals);
  }

  /** The role in which the bearer comes in. Throws `removed` ([P6]), or `tokenInvalid` for a role the room has not. */
  admit({ participantId, role: claimed, issuedAt, isComposer }: TokenClaims): Role {
    if (isComposer) return COMPOSER_ROLE;
    const removedAt = this.#removals.get(participantId);
    if (removedAt !== undefined && issuedAt <= removedAt) {
      throw new ProtocolError('removed', 'You were removed from the room.');
    }
    const role = this.givenRole(participantId) ?? findRole(this.roles, claimed);
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

  /** The role that the room gave, if any. */
  givenRole(participantId: ParticipantId): Role | undefined {
    const given = this.#givenRoles.get(participantId);
    return given === undefined ? undefined : findRole(this.roles, given);
  }

  /** What they had before their role that publishes, where that is known. */
  roleBefore(participantId: ParticipantId): RoleName | null {
    return this.#rolesBefore.get(participantId) ?? null;
  }

  /** Where who publishes goes back to ([Z7]). Throws `conflict` where the room has no role that only watches. */
  roleToReturnTo(participantId: ParticipantId): Role {
    const before = this.#rolesBefore.get(participantId);
    const role = before === undefined ? undefined : this.findRole(before);
    const returned = role ?? Object.values(this.roles).find((each) => !isAnnounced(each));
    if (!returned) throw new ProtocolError('conflict', 'The room has no role that only watches.');
    return returned;
  }

  /** @param before what they return to from it */
  rememberRole(participantId: ParticipantId, role: Role, before: RoleName | null): void {
    this.#givenRoles.set(participantId, role.name);
    if (before === null) this.#rolesBefore.delete(participantId);
    else this.#rolesBefore.set(participantId, before);
  }

  /** Tokens issued up to `removedAt` no longer open. */
  shut(participantId: ParticipantId, removedAt: number): void {
    this.#removals.set(participantId, removedAt);
  }
}

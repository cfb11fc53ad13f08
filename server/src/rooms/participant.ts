import { randomBytes } from 'node:crypto';
import {
  ProtocolError,
  type ParticipantId,
  type ParticipantView,
  type Permission,
  type RoomId,
} from '../../../src/protocol/index.ts';
import { NO_COMPANY, type Company } from './company.ts';
import type { Link } from './link.ts';
import { COMPOSER_ROLE, type Role } from './templates.ts';

export interface ParticipantOptions {
  readonly id: ParticipantId;
  readonly name: string;
  readonly role: Role;
  /** What the token allows beyond the role. */
  readonly extraPermissions: readonly Permission[];
  /** Default: none. */
  readonly company?: Company;
  /** Milliseconds since the epoch. */
  readonly joinedAt: number;
  /** Milliseconds since the epoch. */
  readonly tokenExpiresAt: number;
  /** The room that the token names. */
  readonly tokenRoomId: RoomId;
}

/** One person's place in a room. It outlives the socket for a while ([R2]). Kept small: a room may hold thousands. */
export class Participant {
  readonly id: ParticipantId;
  readonly joinedAt: number;
  /** The room that the token names: another one, for who was sent here ([F3]). */
  readonly tokenRoomId: RoomId;
  name: string;
  role: Role;
  extraPermissions: readonly Permission[];
  company: Company;
  /** Milliseconds since the epoch. */
  tokenExpiresAt: number;
  /** Secret that resumes this place ([R1]). */
  sessionKey = createSessionKey();
  /** `null` while lost. */
  link: Link | null = null;
  /** Calls the end of a lost participant's grace off. */
  cancelGrace: (() => void) | null = null;
  /** Directions that were reset while nobody could be told ([M5]). */
  missedReset: readonly ('send' | 'receive')[] = [];

  constructor(options: ParticipantOptions) {
    this.id = options.id;
    this.joinedAt = options.joinedAt;
    this.name = options.name;
    this.role = options.role;
    this.extraPermissions = options.extraPermissions;
    this.company = options.company ?? NO_COMPANY;
    this.tokenExpiresAt = options.tokenExpiresAt;
    this.tokenRoomId = options.tokenRoomId;
  }

  /** Neither announced, counted nor listed ([W5]). */
  get isHidden(): boolean {
    return this.role === COMPOSER_ROLE;
  }

  get lost(): boolean {
    return this.cancelGrace !== null;
  }

  may(permission: Permission): boolean {
    return this.role.permissions.includes(permission) || this.extraPermissions.includes(permission);
  }

  /** The role's permissions and those the token adds. */
  get permissions(): Permission[] {
    return [...new Set([...this.role.permissions, ...this.extraPermissions])];
  }

  /** Whether a role or a participant has no permission that this one lacks ([P8]). */
  reaches({ permissions }: { readonly permissions: readonly Permission[] }): boolean {
    return permissions.every((permission) => this.may(permission));
  }

  /** Throws `forbidden` for a role or a participant beyond reach. */
  assertReaches(other: { readonly permissions: readonly Permission[] }): void {
    if (this.reaches(other)) return;
    throw new ProtocolError('forbidden', 'That is for those who may more.');
  }

  /** Whoever held the old key can no longer resume. */
  renewSessionKey(): void {
    this.sessionKey = createSessionKey();
  }

  toView(): ParticipantView {
    return { id: this.id, name: this.name, role: this.role.name, joinedAt: this.joinedAt, lost: this.lost };
  }
}

function createSessionKey(): string {
  return randomBytes(18).toString('base64url');
}

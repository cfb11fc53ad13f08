import * as v from 'valibot';
import type { BroadcastPolicy } from '../store/broadcast-store.ts';
import type { PreferredVideoCodec } from './video-codec.ts';
import {
  BUILT_IN_ROLES,
  DEFAULT_GIFTS,
  DEFAULT_REACTIONS,
  roleDefinition,
  type GiftCatalogue,
  type RoleDefinition,
} from '../../../src/protocol/index.ts';

/** A kind of room, as data: the roles it has, and when it is broadcast. */
export interface RoomTemplate {
  readonly name: string;
  /** Added to the built-in roles; one of the same name replaces the built-in. */
  readonly roles: readonly RoleDefinition[];
  /** Leaves the built-in roles out. */
  readonly withoutBuiltInRoles?: boolean;
  /** When the broadcast starts and stops by itself. Default: never. */
  readonly broadcast?: BroadcastPolicy | undefined;
  /** How long recordings of such rooms are kept. Default: as the server is set. */
  readonly recordings?: { readonly retentionDays: number } | undefined;
  /** Emoji that people may react with; the usual six unless told, none where empty. */
  readonly reactions?: readonly string[] | undefined;
  /** As the server's setting unless told. */
  readonly preferredVideoCodec?: PreferredVideoCodec | undefined;
  /** What people may give; the usual eight unless told, nothing where empty. */
  readonly gifts?: GiftCatalogue | undefined;
}

/** What rooms are made from where nothing is said: the five built-in roles. */
export const DEFAULT_TEMPLATE: RoomTemplate = { name: 'default', roles: [] };

export type Role = v.InferOutput<typeof roleDefinition>;

/** The server's own eye in the room: it watches, and nobody sees it ([W5]). No room lists it among its roles. */
export const COMPOSER_ROLE: Role = v.parse(roleDefinition, {
  name: 'composer',
  publish: [],
  watch: 'webrtc',
  permissions: [],
});

/** A room's roles by name. */
export type Roles = Readonly<Record<string, Role>>;

function createRoles(template: RoomTemplate): Roles {
  const builtIn = template.withoutBuiltInRoles ? [] : Object.values(BUILT_IN_ROLES);
  const roles = [...builtIn, ...template.roles].map((role) => v.parse(roleDefinition, role));
  return Object.fromEntries(roles.map((role) => [role.name, role]));
}

/** A template as rooms use it. */
export interface OpenTemplate {
  readonly roles: Roles;
  /** Emoji that people may react with. */
  readonly reactions: readonly string[];
  readonly videoCodec: PreferredVideoCodec;
  readonly gifts: GiftCatalogue;
}

/** Throws a `ValiError` where a role is not valid. */
export function openTemplate(template: RoomTemplate, videoCodec: PreferredVideoCodec): OpenTemplate {
  return {
    roles: createRoles(template),
    reactions: template.reactions ?? DEFAULT_REACTIONS,
    videoCodec: template.preferredVideoCodec ?? videoCodec,
    gifts: template.gifts ?? DEFAULT_GIFTS,
  };
}

/** The role of that name, if the room has it; never a property that every object has. */
export function findRole(roles: Roles, name: string): Role | undefined {
  return Object.hasOwn(roles, name) ? roles[name] : undefined;
}

const WATCH_RANK = { none: 0, hls: 1, webrtc: 2 } as const;

/** Whether `next` publishes what `present` does not: such a change is an offer ([P2]). */
export function publishesMore(present: Role, next: Role): boolean {
  return next.publish.some((source) => !present.publish.includes(source));
}

/** Whether a move from `present` to `next` gains nothing: such a move of oneself needs no permission ([P2]). */
export function isLesser(present: Role, next: Role): boolean {
  return (
    !publishesMore(present, next) &&
    WATCH_RANK[next.watch] <= WATCH_RANK[present.watch] &&
    next.permissions.every((permission) => present.permissions.includes(permission))
  );
}

import type {
  BroadcastView,
  ParticipantId,
  ParticipantView,
  Permission,
  RoleDefinition,
  RoleOffer,
  Source,
  StreamView,
} from '../protocol/index.ts';
import type { Store } from './store.ts';

/** Questions that need more than one slice. Reading them inside a signal watcher subscribes to what they read. */
export function self(store: Store): ParticipantView | null {
  const id = store.participants.selfId.value;
  return id === null ? null : (store.participants.byId.value.get(id) ?? null);
}

export function selfRole(store: Store): RoleDefinition | null {
  const role = self(store)?.role;
  return role === undefined ? null : (store.connection.roles.value[role] ?? null);
}

export function may(store: Store, permission: Permission): boolean {
  return store.connection.permissions.value.includes(permission);
}

/** Whether a role has no permission that one lacks: it may be given, and who has it moved, removed and muted ([P8]). */
export function reaches(store: Store, role: string): boolean {
  return store.connection.roles.value[role]?.permissions.every((permission) => may(store, permission)) ?? false;
}

export function mayPublish(store: Store, source: Source): boolean {
  return selfRole(store)?.publish.includes(source) ?? false;
}

/** The role offered to oneself and not yet answered. */
export function ownOffer(store: Store): RoleOffer | null {
  const id = store.participants.selfId.value;
  for (const offer of store.participants.offers.value.values()) if (offer.participantId === id) return offer;
  return null;
}

/** What one publishes, and what one would in the role offered: whoever is invited looks at themselves first. */
export function mayOpen(store: Store, source: Source): boolean {
  const offered = ownOffer(store)?.role;
  const roles = store.connection.roles.value;
  return mayPublish(store, source) || (offered !== undefined && (roles[offered]?.publish.includes(source) ?? false));
}

export function streamOf(store: Store, participantId: ParticipantId, source: Source): StreamView | null {
  for (const stream of store.stage.streams.value.values())
    if (stream.participantId === participantId && stream.source === source) return stream;
  return null;
}

/** Those on stage: their role publishes. In order of joining. */
export function onStage(store: Store): readonly ParticipantView[] {
  const roles = store.connection.roles.value;
  return [...store.participants.byId.value.values()]
    .filter((participant) => (roles[participant.role]?.publish.length ?? 0) > 0)
    .sort((a, b) => a.joinedAt - b.joinedAt || a.id.localeCompare(b.id));
}

/** The broadcast that is on, or the last one; what is recorded only is none. */
export function airedBroadcast(store: Store): BroadcastView | null {
  const view = store.broadcast.view.value;
  return view?.options.recordOnly ? null : view;
}

/** Whether there is a broadcast to be watched. One that failed and is being restarted goes on. */
export function broadcastPlays(store: Store): boolean {
  const view = airedBroadcast(store);
  if (view === null) return false;
  const { state, retrying } = view;
  return state === 'HLS_PLAYABLE' || state === 'HLS_STOPPING' || (state === 'HLS_FAILED' && retrying);
}

export function totalParticipants(store: Store): number {
  return Object.values(store.participants.counts.value).reduce((sum, count) => sum + count, 0);
}

import { signal } from '@preact/signals-core';
import type { Permission, RoleDefinition, WireError } from '../protocol/index.ts';

/**
 * Where the connection stands.
 * `idle` (not asked to join) → `connecting` → `joined` ⇄ `reconnecting`;
 * ends: `left`, `removed`, `ended`, `denied` (token refused), `failed` (any other fatal error).
 */
export type ConnectionState =
  'idle' | 'connecting' | 'joined' | 'reconnecting' | 'left' | 'removed' | 'ended' | 'denied' | 'failed';

export function createConnectionSlice() {
  return {
    state: signal<ConnectionState>('idle'),
    /** Why the state is what it is: the last error while reconnecting, the fatal one at the end. */
    error: signal<WireError | null>(null),
    /** When the next attempt starts; milliseconds since the epoch by this machine's clock. */
    retryAt: signal<number | null>(null),
    /** The token in hand says that one will watch by WebRTC: what that needs may be loaded ahead. */
    aboutToWatch: signal(false),
    /** Origin of the room server: what its paths are resolved against. */
    server: signal(''),
    title: signal(''),
    roomId: signal(''),
    /** Add to `Date.now()` for the server's time. Milliseconds. */
    serverOffsetMs: signal(0),
    roundTripMs: signal<number | null>(null),
    roles: signal<Readonly<Record<string, RoleDefinition>>>({}),
    permissions: signal<readonly Permission[]>([]),
  };
}
export type ConnectionSlice = ReturnType<typeof createConnectionSlice>;

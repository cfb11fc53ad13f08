import type { RoomActions } from '../actions/room-actions.ts';
import type { FeatureName } from '../store/features.ts';
import type { Store } from '../store/store.ts';

/** Asked for a token: at the join, shortly before expiry, and when the server refused the last one. */
export type TokenReason = 'join' | 'expiring' | 'refused';
export type TokenProvider = (reason: TokenReason) => Promise<string> | string;

export interface RoomOptions {
  /** Origin of the room server, `https://live.example`. */
  readonly server: string;
  readonly room: string;
  readonly tokenProvider: TokenProvider;
  /** A token that is in hand before the join: what its role will need is fetched ahead. It is not shown to the server. */
  readonly token?: string;
  /** Shown where the token names nobody. */
  readonly name?: string;
}

/** One room, headless: what `<ils-room>` holds and what pages without elements may hold themselves. */
export interface Room {
  readonly store: Store;
  readonly actions: RoomActions;
  /** Follows what few pages show: `store.features.loaded` has it soon. Again does nothing. */
  use(feature: FeatureName): void;
  /** Ends everything the room holds: socket, transports, devices, timers. Any number of times, in any state. */
  close(): void;
}

import type { TokenClaims } from '../auth/token.ts';
import type { ExternalFilter } from '../filter/external-filter.ts';
import type { ExternalWallet } from '../wallet/external-wallet.ts';
import type { Media } from '../media/media.ts';
import type { RoomBroadcastOptions } from '../broadcast/room-broadcast.ts';
import type { BroadcastPolicy } from '../store/broadcast-store.ts';
import type { StoredLobby } from '../store/lobby-store.ts';
import type { StoredBreakouts } from '../store/breakout-store.ts';
import type { StoredModeration } from '../store/moderation-store.ts';
import type { RoomStore, StoredRoom } from '../store/room-store.ts';
import type { Announcer } from './announcer.ts';
import type { Breakouts } from './breakouts.ts';
import type { RoomDirectory } from './breakouts/room-directory.ts';
import type { Clock } from './clock.ts';
import type { ServerLimits } from './limits.ts';
import type { Link } from './link.ts';
import type { Logger } from './logger.ts';
import type { RoomMetrics } from './metrics.ts';
import type { Room } from './room.ts';
import type { OpenTemplate } from './templates.ts';

export interface RoomOptions extends OpenTemplate {
  readonly stored: StoredRoom;
  readonly wallet: ExternalWallet | undefined;
  readonly filter: ExternalFilter | undefined;
  readonly store: RoomStore;
  readonly moderation: StoredModeration;
  readonly lobby: StoredLobby;
  readonly breakouts: StoredBreakouts;
  /** Of the room that this one belongs to. */
  readonly home: Breakouts | null;
  readonly rooms: RoomDirectory;
  readonly template: string;
  readonly media: Media;
  readonly clock: Clock;
  readonly limits: ServerLimits;
  readonly logger: Logger;
  readonly metrics: RoomMetrics;
  readonly announcer: Announcer;
  readonly broadcast: Pick<RoomBroadcastOptions, 'parts' | 'stored' | 'save'> & { readonly policy: BroadcastPolicy };
  /** Called when nobody has been in the room for a while. */
  readonly onEmpty: (room: Room) => void;
  readonly onEnded: (room: Room) => void;
}

export interface JoinOptions {
  readonly claims: TokenClaims;
  /** Shown where the token names nobody. */
  readonly name: string | undefined;
  readonly link: Link;
  readonly version: number;
  readonly resume: { readonly sessionKey: string; readonly lastSeq: number } | undefined;
}

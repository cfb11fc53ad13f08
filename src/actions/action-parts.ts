import type { ProgramMedia } from '../media/program/program-media.ts';
import type { RoomMedia } from '../media/room-media.ts';
import type { ChatLedger } from '../room/chat-ledger.ts';
import type { Clock } from '../room/clock.ts';
import type { RoomConnection } from '../room/room-connection.ts';
import type { Request } from '../room/rpc.ts';
import type { WritableStore } from '../store/store.ts';

/** What the actions of one room have at hand. */
export interface ActionParts {
  readonly store: WritableStore;
  readonly connection: Pick<RoomConnection, 'join' | 'leave'>;
  /** Sends a request; a refusal is noted in the store before it is thrown. */
  readonly request: Request;
  /** What a loaded feature does for a verb, where it does more than ask. */
  readonly verb: (name: string) => unknown;
  readonly createKey: () => string;
  readonly ledger: ChatLedger;
  readonly media: RoomMedia;
  readonly program: ProgramMedia;
  readonly clock: Clock;
}

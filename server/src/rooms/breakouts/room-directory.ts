import type { RoomId } from '../../../../src/protocol/index.ts';
import type { Room } from '../room.ts';

/** The other rooms of the server, as far as the rooms of a room need them. */
export interface RoomDirectory {
  /** Throws `conflict` where the room exists or existed. */
  create(options: { readonly id: RoomId; readonly title: string; readonly template: string }): Promise<unknown>;
  open(id: RoomId): Promise<Room>;
  /** The room if it is in memory. */
  peek(id: RoomId): Room | undefined;
  end(id: RoomId): Promise<void>;
  /** Nothing but people keeps the room in memory any more. */
  letGo(id: RoomId): void;
}

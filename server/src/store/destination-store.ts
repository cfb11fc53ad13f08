import type { RoomId } from '../../../src/protocol/index.ts';

/** An RTMP(S) server that a room's broadcast is sent on to. */
export interface DestinationRecord {
  readonly id: string;
  readonly roomId: RoomId;
  /** Without the key. */
  readonly url: string;
  /** A secret between the site and that server: it leaves the store for the relay alone. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface DestinationStore {
  addDestination(record: DestinationRecord): Promise<void>;
  /** In the order they were added. */
  listDestinations(roomId: RoomId): Promise<readonly DestinationRecord[]>;
  /** `false` where there is no such destination. */
  removeDestination(roomId: RoomId, id: string): Promise<boolean>;
}

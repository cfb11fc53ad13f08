import type { BroadcastView, RoomId } from '../../../src/protocol/index.ts';

/** What is kept of a room's broadcast. */
export interface StoredBroadcast {
  readonly broadcastId: string;
  /** It is wanted: after a restart of the server it is taken up again. */
  readonly on: boolean;
  readonly view: BroadcastView;
}

/** When a room's broadcast starts and stops by itself. */
export interface BroadcastPolicy {
  /** With the first participant whose role watches by HLS. */
  readonly startWithAudience: boolean;
  /** So long after the last of them has gone; `null`: never. Milliseconds. */
  readonly stopAfterMs: number | null;
}

/** The broadcast of each room, the present one or the last. Failures are thrown as `ProtocolError` `unavailable`. */
export interface BroadcastStore {
  loadBroadcast(roomId: RoomId): Promise<StoredBroadcast | null>;
  saveBroadcast(roomId: RoomId, broadcast: StoredBroadcast): Promise<void>;
  /** Rooms whose broadcast is on. */
  listBroadcasting(): Promise<readonly RoomId[]>;
  /** `null` where the room has none of its own. */
  loadPolicy(roomId: RoomId): Promise<BroadcastPolicy | null>;
  savePolicy(roomId: RoomId, policy: BroadcastPolicy): Promise<void>;
}

/** Remembers nothing. */
export const noBroadcastStore: BroadcastStore = {
  loadBroadcast: async () => null,
  saveBroadcast: async () => {},
  listBroadcasting: async () => [],
  loadPolicy: async () => null,
  savePolicy: async () => {},
};

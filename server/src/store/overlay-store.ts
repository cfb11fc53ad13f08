import type { CueId, LiveOverlay, OverlayCue, RoomId } from '../../../src/protocol/index.ts';

/** All of a room's overlays, and which requests made them so. */
export interface StoredShow {
  readonly revision: number;
  readonly cues: readonly OverlayCue[];
  /** The cue that was taken last. */
  readonly current: CueId | null;
  readonly live: readonly LiveOverlay[];
  /** Who changed it last and under which keys, oldest first ([O2]). */
  readonly changes: readonly string[];
}

/** A promise that resolved is on disk. Failures are thrown as `ProtocolError` `unavailable`. */
export interface OverlayStore {
  loadShow(roomId: RoomId): Promise<StoredShow | null>;
  saveShow(roomId: RoomId, show: StoredShow): Promise<void>;
}

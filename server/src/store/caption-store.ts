import type { Caption, RoomId } from '../../../src/protocol/index.ts';

export type CaptionRecord = Omit<Caption, 'index'>;

/** A promise that resolved is on disk. Failures are thrown as `ProtocolError` `unavailable`. */
export interface CaptionStore {
  /**
   * Appends a caption, giving it the room's next index; `null` where one of that id is there already. Captions get their
   * index in the order of the calls, and the promises resolve in that order.
   */
  appendCaption(roomId: RoomId, record: CaptionRecord): Promise<Caption | null>;
  /** Up to `limit` captions before index `before`, oldest first. */
  loadCaptions(roomId: RoomId, before: number, limit: number): Promise<readonly Caption[]>;
}

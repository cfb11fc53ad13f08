import type { BreakoutPerson, BreakoutsView, RoomId } from '../../../src/protocol/index.ts';

/** The rooms of a room as they are kept. */
export interface StoredDesk extends Pick<
  BreakoutsView,
  'isOpen' | 'assignment' | 'role' | 'closesAt' | 'announcement'
> {
  /** Idempotency key of the request that drafted them ([Q2]). */
  readonly key: string;
  readonly rooms: readonly { readonly id: RoomId; readonly name: string; readonly size: number | null }[];
}

export interface StoredBreakouts {
  readonly desk: StoredDesk | null;
  readonly people: readonly BreakoutPerson[];
  /** The room that this one belongs to, where it is one of another's that are open. */
  readonly homeId: RoomId | null;
}

/** Rooms of rooms, and who belongs where. A promise that resolved is on disk; failures are `unavailable`. */
export interface BreakoutStore {
  load(roomId: RoomId): Promise<StoredBreakouts>;
  /** Together with who belongs elsewhere now. */
  save(roomId: RoomId, desk: StoredDesk, people: readonly BreakoutPerson[]): Promise<void>;
  /** There are none any more, nobody belongs anywhere. */
  clear(roomId: RoomId): Promise<void>;
}

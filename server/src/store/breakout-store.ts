import type { BreakoutPerson, BreakoutsView, ParticipantId, RoomId } from '../../../src/protocol/index.ts';

/** A request that sent people by chance ([F7]), so that a repeat sends no others ([Q2]). */
export interface StoredFill {
  /** `null`: the site's back end. */
  readonly author: ParticipantId | null;
  readonly key: string;
  readonly sent: number;
}

/** The rooms of a room as they are kept. */
export interface StoredDesk extends Pick<
  BreakoutsView,
  'isOpen' | 'assignment' | 'role' | 'closesAt' | 'announcement'
> {
  /** Idempotency key of the request that drafted them ([Q2]). */
  readonly key: string;
  /** The latest ones, oldest first. */
  readonly fills?: readonly StoredFill[];
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

import type {
  Gift,
  GiftCatalogue,
  Gifter,
  GiftGoal,
  GiftGoalInput,
  GiftTotals,
  ParticipantId,
  RoomId,
} from '../../../src/protocol/index.ts';

/** Where the money of a gift comes from: the wallet here, or the site's, which has charged it under that id. */
export type GiftFunds = { readonly from: 'wallet' } | { readonly from: 'external'; readonly chargeId: string };

export interface GiftDraft extends Pick<Gift, 'id' | 'item' | 'count' | 'amount' | 'from' | 'to' | 'sentAt'> {
  readonly roomId: RoomId;
  /** Idempotency key of the request ([Q2]). */
  readonly key: string;
  readonly funds: GiftFunds;
}

/** A gift and what stands in the room with it. */
export interface SentGift {
  readonly gift: Gift;
  readonly totals: GiftTotals;
  readonly gifter: Gifter;
}

export interface AppendedGift extends SentGift {
  /** The key was known: nothing was charged. */
  readonly repeated: boolean;
}

export interface StoredGifts {
  /** `null` where the room has none of its own. */
  readonly catalogue: GiftCatalogue | null;
  readonly goal: GiftGoal | null;
  readonly totals: GiftTotals;
  /** The most generous first. */
  readonly top: readonly Gifter[];
  /** Oldest first. */
  readonly latest: readonly Gift[];
}

export interface GiftReceiver {
  readonly id: ParticipantId;
  readonly amount: number;
  readonly gifts: number;
}

/** The gifts of rooms. Failures of the storage are thrown as `ProtocolError` `unavailable`. */
export interface GiftStore {
  loadGifts(roomId: RoomId): Promise<StoredGifts>;
  findGift(roomId: RoomId, senderId: ParticipantId, key: string): Promise<Gift | null>;
  /**
   * Charges the gift and stores it, in one transaction with whatever `handleSent` writes. The same key of the same sender does
   * so once. Gifts get their index in the order of the calls, and the promises resolve in that order.
   * Throws `insufficientFunds`, or `conflict` where a sum is more than can be counted exactly.
   */
  appendGift(draft: GiftDraft, handleSent: (sent: SentGift) => void): Promise<AppendedGift>;
  /** Up to `limit` gifts before index `before`, the newest first. */
  listGifts(roomId: RoomId, before: number, limit: number): Promise<readonly Gift[]>;
  /** Those who were given most in this room, besides the room itself. */
  listReceivers(roomId: RoomId, limit: number): Promise<readonly GiftReceiver[]>;
  saveCatalogue(roomId: RoomId, catalogue: GiftCatalogue): Promise<void>;
  /** Counts from the room's total of this moment on. */
  saveGoal(roomId: RoomId, goal: GiftGoalInput | null): Promise<GiftGoal | null>;
}

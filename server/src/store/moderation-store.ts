import type {
  ChatPin,
  ModerationEntry,
  ParticipantId,
  Permission,
  RoleName,
  RoomId,
  Sanction,
} from '../../../src/protocol/index.ts';

/** What holds for everyone in a room. */
export interface ModerationRules {
  readonly slowModeMs: number;
  /** Roles that may write besides those who moderate; `null`: all. */
  readonly writers: readonly RoleName[] | null;
  readonly locked: boolean;
  readonly pins: readonly ChatPin[];
}

/** A sanction with what its giver may do: it does not bind who may more ([D9]). */
export interface StoredSanction extends Sanction {
  /** `null`: the site's back end, which reaches everyone. */
  readonly reach: readonly Permission[] | null;
}

export interface StoredModeration {
  readonly rules: ModerationRules;
  readonly sanctions: readonly StoredSanction[];
}

export type ModerationEntryDraft = Omit<ModerationEntry, 'number'>;

/** What is changed by an act of moderation. */
export interface ModerationChange {
  readonly rules?: ModerationRules;
  readonly sanction?: StoredSanction;
  readonly lifted?: { readonly kind: Sanction['kind']; readonly participantId: ParticipantId };
}

/** What moderation keeps across restarts. */
export interface ModerationStore {
  load(roomId: RoomId): Promise<StoredModeration>;
  /** Stores the change and its entry of the log together ([D7]). */
  record(roomId: RoomId, change: ModerationChange, entry: ModerationEntryDraft): Promise<void>;
  /** Stores what time or a deletion changed: no act of moderation, not logged. */
  saveRules(roomId: RoomId, rules: ModerationRules): Promise<void>;
  /** Newest first, of numbers below `before`. */
  listLog(roomId: RoomId, before: number, limit: number): Promise<readonly ModerationEntry[]>;
}

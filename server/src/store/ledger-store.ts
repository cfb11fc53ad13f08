import type { GiftBalance, ParticipantId } from '../../../src/protocol/index.ts';

/**
 * Whose money a row is about. `wallet:ada`: what Ada has to spend. `earned:ada`: what was given to her. `room:launch`: what was
 * given to the room. `issued`: what the site has credited, below zero. `external`: what came out of the site's own wallets, below zero.
 */
export type LedgerAccount = `${'wallet' | 'earned' | 'room'}:${string}` | 'issued' | 'external';

export const LEDGER_KINDS = ['credit', 'gift'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** One movement of money: what it takes from one account it gives to another. */
export interface LedgerTransaction {
  /** Counts up from 1. */
  readonly number: number;
  readonly kind: LedgerKind;
  /** Id of the gift, or the key of the credit. */
  readonly reference: string;
  readonly note: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** They sum to zero. */
  readonly entries: readonly { readonly account: LedgerAccount; readonly amount: number }[];
}

export interface CreditDraft {
  readonly ownerId: ParticipantId;
  /** Whole and above zero. */
  readonly amount: number;
  /** The same key credits once. */
  readonly key: string;
  readonly note: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Credited {
  readonly number: number;
  /** What the wallet holds now. */
  readonly balance: GiftBalance;
  /** The key was known: nothing was credited. */
  readonly repeated: boolean;
}

export interface LedgerPageQuery {
  readonly account: string | undefined;
  /** Only those of a lower number: the newest come first. */
  readonly before: number;
  readonly limit: number;
}

/**
 * Wallets, and every movement between accounts as rows that sum to zero. Wallets are a person's, not a room's: they outlive every
 * room. Failures of the storage are thrown as `ProtocolError` `unavailable`.
 */
export interface LedgerStore {
  loadWallet(ownerId: ParticipantId): Promise<{ readonly balance: GiftBalance; readonly earned: number }>;
  /** Throws `conflict` where the key credited something else, or the sum is more than can be counted exactly. */
  credit(draft: CreditDraft): Promise<Credited>;
  /** The newest first. */
  listLedger(query: LedgerPageQuery): Promise<readonly LedgerTransaction[]>;
  /** Calls back with every balance that has changed and is on disk, until the returned function is called. */
  watchWallets(handleBalance: (ownerId: ParticipantId, balance: GiftBalance) => void): () => void;
}

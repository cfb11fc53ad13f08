/** Money that the site's wallets were asked for, and of which it is not certain that a gift came of it. */
export interface Charge {
  readonly id: string;
  readonly roomId: string;
  readonly participantId: string;
  readonly amount: number;
  /** It is to be given back, as soon as the site takes that. */
  readonly refunding: boolean;
  /** When giving back is tried next. Milliseconds since the epoch. */
  readonly dueAt: number;
  readonly attempts: number;
}

/** Charges outlive the process, so that none is left without a gift or a refund. */
export interface ChargeStore {
  /** Settles once it is on disk: only then may the site be asked. */
  openCharge(charge: Charge): Promise<void>;
  /** Nothing is owed: it was refused, or has been given back. */
  closeCharge(id: string): Promise<void>;
  saveRefund(charge: Pick<Charge, 'id' | 'dueAt' | 'attempts'>): Promise<void>;
  /** After a start: what was under way is given back. */
  refundAll(now: number): Promise<void>;
  /** Those to give back now, the oldest first. */
  dueRefunds(now: number, limit: number): Promise<readonly Charge[]>;
  /** When the next refund falls due; `null` where none waits. */
  nextDueAt(): Promise<number | null>;
}

import { randomUUID } from 'node:crypto';
import { ProtocolError } from '../../../src/protocol/index.ts';
import type { Clock } from '../rooms/clock.ts';
import type { Logger } from '../rooms/logger.ts';
import type { ChargeStore } from '../store/charge-store.ts';
import type { GiftDraft } from '../store/gift-store.ts';
import { postSigned } from '../webhooks/post-signed.ts';

/** Waits before each further attempt to give money back; the last of them again and again. Milliseconds. */
const REFUND_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000] as const;
const REFUND_TIMEOUT_MS = 10_000;
/** Refunds looked at in one go. */
const WINDOW = 64;
/** When the store could not be read. Milliseconds. */
const STORE_RETRY_MS = 5_000;

export interface ExternalWalletOptions {
  readonly url: string;
  /** As Standard Webhooks writes it: `whsec_` and base64. */
  readonly secret: string;
  /** How long the site may take to say whether it pays. Milliseconds. */
  readonly timeoutMs: number;
  readonly store: ChargeStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Order = Omit<GiftDraft, 'funds' | 'sentAt'>;

/**
 * The site's own wallets, asked by signed webhook: `wallet.charge` is answered with 2xx where it was paid, with 402 where there is not
 * enough. No answer in time, or any other, is no payment: `wallet.refund` with the same id follows until it is answered with 2xx,
 * whether the charge ever arrived or not.
 */
export class ExternalWallet {
  readonly #options: ExternalWalletOptions;
  readonly #closing = new AbortController();
  #refunding: Promise<void>;
  #cancelTimer: (() => void) | null = null;

  constructor(options: ExternalWalletOptions) {
    this.#options = options;
    // What the last process had under way is given back.
    this.#refunding = options.store.refundAll(options.clock.now()).then(
      () => this.#refundDue(),
      () => this.#wakeAfter(STORE_RETRY_MS),
    );
  }

  /** Gives the id of the charge. Throws `insufficientFunds`, or `unavailable` where it is not certain that it was paid. */
  async charge({ roomId, id: giftId, from, to, item, count, amount }: Order): Promise<string> {
    const { store, clock } = this.#options;
    const id = `charge_${randomUUID()}`;
    await store.openCharge({
      id,
      roomId,
      participantId: from.id,
      amount,
      refunding: false,
      dueAt: clock.now(),
      attempts: 0,
    });
    const data = { chargeId: id, participantId: from.id, amount, giftId, itemId: item.id, count, to: to?.id ?? null };
    const status = await this.#post('wallet.charge', id, roomId, data, this.#options.timeoutMs);
    if (status !== null && status >= 200 && status < 300) return id;
    if (status === 402) {
      await store.closeCharge(id);
      throw new ProtocolError('insufficientFunds', 'The wallet does not hold that much.');
    }
    this.refund(id);
    throw new ProtocolError('unavailable', 'The wallet does not answer. Nothing was paid.', 1_000);
  }

  /** No gift came of it. */
  refund(id: string): void {
    const { store, clock } = this.#options;
    store.saveRefund({ id, dueAt: clock.now(), attempts: 0 }).then(
      () => this.#wakeAfter(0),
      // It is given back after the next start.
      () => {},
    );
  }

  /** What is owed is given back after the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancelTimer?.();
    await this.#refunding;
  }

  #wakeAfter(delayMs: number): void {
    if (this.#closing.signal.aborted) return;
    if (delayMs === 0) {
      this.#refunding = this.#refunding.then(() => this.#refundDue());
      return;
    }
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(delayMs, () => this.#wakeAfter(0));
  }

  async #refundDue(): Promise<void> {
    const { store, clock, logger } = this.#options;
    if (this.#closing.signal.aborted) return;
    try {
      for (const { id, roomId, participantId, amount, attempts } of await store.dueRefunds(clock.now(), WINDOW)) {
        const data = { chargeId: id, participantId, amount };
        const status = await this.#post('wallet.refund', id, roomId, data, REFUND_TIMEOUT_MS);
        if (this.#closing.signal.aborted) return;
        if (status !== null && status >= 200 && status < 300) {
          await store.closeCharge(id);
          continue;
        }
        const delayMs = REFUND_DELAYS_MS[Math.min(attempts, REFUND_DELAYS_MS.length - 1)] ?? 0;
        logger.warn({ chargeId: id, attempts: attempts + 1, status }, 'a charge is not given back yet');
        await store.saveRefund({ id, dueAt: clock.now() + delayMs, attempts: attempts + 1 });
      }
      const dueAt = await store.nextDueAt();
      if (dueAt !== null) this.#wakeAfter(Math.max(1, dueAt - clock.now()));
    } catch {
      // The store has logged why.
      this.#wakeAfter(STORE_RETRY_MS);
    }
  }

  /** The status of the answer; `null` where none came. */
  async #post(type: string, id: string, roomId: string, data: object, timeoutMs: number): Promise<number | null> {
    const { url, secret, clock } = this.#options;
    const at = clock.now();
    try {
      const response = await postSigned({
        url,
        secret,
        id: `${type === 'wallet.refund' ? 'refund' : 'pay'}_${id}`,
        body: JSON.stringify({ type, roomId, at, data }),
        sentAt: new Date(at),
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(timeoutMs)]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return null;
    }
  }
}

import type { Clock } from '../rooms/clock.ts';
import type { Logger } from '../rooms/logger.ts';
import type { WebhookDelivery, WebhookStore } from '../store/webhook-store.ts';
import { postWebhook } from './post-webhook.ts';

/** Waits before each further attempt: eight in about a day, then the delivery has failed. Milliseconds. */
const RETRY_DELAYS_MS = [5_000, 30_000, 120_000, 600_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000] as const;
/** Posts under way to one address. */
const MOST_AT_ONCE = 8;
/** How many of those that wait are looked at in one go. */
const WINDOW = 256;
/** When the store could not be read. Milliseconds. */
const STORE_RETRY_MS = 5_000;

export interface DeliveryQueueOptions {
  readonly url: string;
  readonly secret: string;
  readonly store: WebhookStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onAttempt: (outcome: 'delivered' | 'retried' | 'failed') => void;
}

/** Works off what waits for one address. What happened in one room is told in its order while all goes well. */
export class DeliveryQueue {
  readonly #options: DeliveryQueueOptions;
  readonly #posting = new Map<number, { readonly roomId: string; readonly done: Promise<void> }>();
  readonly #closing = new AbortController();
  #cancelTimer: (() => void) | null = null;
  #looking = false;
  #lookAgain = false;

  constructor(options: DeliveryQueueOptions) {
    this.#options = options;
    this.wake();
  }

  /** There may be something to deliver. */
  wake(): void {
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    if (this.#closing.signal.aborted) return;
    this.#looking = true;
    void this.#look().finally(() => {
      this.#looking = false;
      if (!this.#lookAgain) return;
      this.#lookAgain = false;
      this.wake();
    });
  }

  /** Breaks off what is under way; it is delivered after the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancelTimer?.();
    await Promise.allSettled(Array.from(this.#posting.values(), ({ done }) => done));
  }

  async #look(): Promise<void> {
    const { store, url, clock } = this.#options;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    try {
      for (const delivery of await store.dueDeliveries(url, clock.now(), WINDOW)) this.#begin(delivery);
      const dueAt = await store.nextDueAt(url);
      if (dueAt !== null && dueAt > clock.now()) this.#wakeAfter(dueAt - clock.now());
    } catch {
      // The store has logged why.
      this.#wakeAfter(STORE_RETRY_MS);
    }
  }

  #wakeAfter(delayMs: number): void {
    if (this.#closing.signal.aborted) return;
    this.#cancelTimer = this.#options.clock.after(delayMs, () => this.wake());
  }

  #begin(delivery: WebhookDelivery): void {
    const { number, roomId } = delivery;
    const isBusy = [...this.#posting.values()].some((other) => other.roomId === roomId);
    if (isBusy || this.#posting.size >= MOST_AT_ONCE || this.#closing.signal.aborted) return;
    const done = this.#post(delivery).finally(() => {
      this.#posting.delete(number);
      this.wake();
    });
    this.#posting.set(number, { roomId, done });
  }

  async #post(delivery: WebhookDelivery): Promise<void> {
    const { store, clock, secret, logger, onAttempt } = this.#options;
    const { signal } = this.#closing;
    const failure = await postWebhook(delivery, { secret, sentAt: new Date(clock.now()), signal });
    if (signal.aborted && failure !== null) return;
    const attempts = delivery.attempts + 1;
    const retryAfterMs = failure === null ? undefined : RETRY_DELAYS_MS[attempts - 1];
    const settled = failure === null ? 'delivered' : 'failed';
    const state = retryAfterMs === undefined ? settled : 'waiting';
    const at = clock.now() + (retryAfterMs ?? 0);
    onAttempt(state === 'waiting' ? 'retried' : state);
    if (failure !== null) {
      const { id, type, roomId } = delivery;
      logger.warn({ id, type, roomId, attempts, failure, retryAfterMs }, 'webhook not delivered');
    }
    // Not stored means told again: the receiver knows a repeat by its id.
    const { number, at: dueAt } = delivery;
    await store.saveOutcome({ number, dueAt, attempts, state, at, failure }).catch(() => {});
  }
}

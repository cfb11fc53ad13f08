import { randomUUID } from 'node:crypto';
import type { RoomId } from '../../../src/protocol/index.ts';
import type { Announcements, AnnouncementType, Announcer } from '../rooms/announcer.ts';
import type { Clock } from '../rooms/clock.ts';
import type { Logger } from '../rooms/logger.ts';
import type { WebhookStore } from '../store/webhook-store.ts';
import { DeliveryQueue, type DeliveryQueueOptions } from './delivery-queue.ts';

const HOUR_MS = 3_600_000;
/** How long settled deliveries can be read and replayed. Milliseconds. */
const KEPT_MS = 7 * 24 * HOUR_MS;

export interface WebhooksOptions {
  /** Each is told everything. */
  readonly urls: readonly string[];
  /** As Standard Webhooks writes it: `whsec_` and base64. */
  readonly secret: string;
  readonly store: WebhookStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onAttempt: DeliveryQueueOptions['onAttempt'];
}

/** Tells the addresses of a site what happens in its rooms: stored first, then delivered until each has taken it. */
export class Webhooks implements Announcer {
  readonly #options: WebhooksOptions;
  readonly #queues: readonly DeliveryQueue[];
  readonly #cancelPruning: () => void;

  constructor(options: WebhooksOptions) {
    this.#options = options;
    const { urls, store, clock } = options;
    this.#queues = urls.map((url) => new DeliveryQueue({ ...options, url }));
    const prune = () => void store.pruneDeliveries(clock.now() - KEPT_MS).catch(() => {});
    this.#cancelPruning = clock.every(HOUR_MS, prune);
  }

  announce<T extends AnnouncementType>(type: T, roomId: RoomId, data: Announcements[T]): void {
    const { urls, store, clock } = this.#options;
    // Most servers tell nobody: a join costs them nothing here.
    if (urls.length === 0) return;
    const id = `evt_${randomUUID()}`;
    const createdAt = clock.now();
    const body = JSON.stringify({ id, type, roomId, at: createdAt, data });
    void store
      .addDeliveries(urls.map((url) => ({ id, url, type, roomId, body, createdAt })))
      .then(() => this.wake())
      .catch(() => {}); // The store has logged why.
  }

  /** There may be something to deliver. */
  wake(): void {
    for (const queue of this.#queues) queue.wake();
  }

  /** What was not delivered is after the next start. */
  async close(): Promise<void> {
    this.#cancelPruning();
    await Promise.all(this.#queues.map((queue) => queue.close()));
  }
}

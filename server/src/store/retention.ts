import type { Clock } from '../rooms/clock.ts';
import type { RoomStore } from './room-store.ts';

const DAY_MS = 86_400_000;
const INTERVAL_MS = 6 * 3_600_000;

export interface RetentionOptions {
  readonly store: Pick<RoomStore, 'pruneRooms'>;
  /** How long ended rooms are kept; 0 is for ever. */
  readonly days: number;
  readonly clock: Clock;
}

/** Erases rooms that ended long ago: at once, and every six hours until closed. */
export class Retention {
  readonly #options: RetentionOptions;
  readonly #cancel: () => void;
  #closed = false;
  #pruning: Promise<void> = Promise.resolve();

  constructor(options: RetentionOptions) {
    this.#options = options;
    if (options.days === 0) {
      this.#cancel = () => {};
      return;
    }
    this.#cancel = options.clock.every(INTERVAL_MS, () => this.#begin());
    this.#begin();
  }

  /** Settles when the store is left alone. */
  close(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    return this.#pruning;
  }

  #begin(): void {
    // The store has logged what went wrong; the next time may go well.
    this.#pruning = this.#pruning.then(() => this.#prune()).catch(() => {});
  }

  async #prune(): Promise<void> {
    const { store, days, clock } = this.#options;
    const endedBefore = clock.now() - days * DAY_MS;
    while (!this.#closed && (await store.pruneRooms(endedBefore)));
  }
}

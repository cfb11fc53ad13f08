import type { Clock } from '../../../rooms/clock.ts';

interface Waiter {
  isMet(): boolean;
  settle(met: boolean): void;
}

/** Lets readers wait until something that changes has got far enough. */
export class Changes {
  readonly #clock: Clock;
  readonly #waiters = new Set<Waiter>();
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Readers that wait. */
  get waiting(): number {
    return this.#waiters.size;
  }

  /** Something has changed. */
  notify(): void {
    for (const waiter of this.#waiters) if (waiter.isMet()) waiter.settle(true);
  }

  /** Whether it was met in time; not if the reader goes away before. */
  until(isMet: () => boolean, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    if (isMet()) return Promise.resolve(true);
    if (this.#isClosed || signal?.aborted === true) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (met: boolean) => {
        this.#waiters.delete(waiter);
        cancel();
        signal?.removeEventListener('abort', giveUp);
        resolve(met);
      };
      const giveUp = () => settle(false);
      const waiter: Waiter = { isMet, settle };
      const cancel = this.#clock.after(timeoutMs, giveUp);
      signal?.addEventListener('abort', giveUp);
      this.#waiters.add(waiter);
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const waiter of this.#waiters) waiter.settle(false);
  }
}

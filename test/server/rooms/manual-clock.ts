import type { Clock } from '../../../server/src/rooms/clock.ts';

interface Timer {
  dueAt: number;
  readonly intervalMs: number | null;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(now = Date.UTC(2030, 0, 1)) {
    this.#now = now;
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    return this.#add({ dueAt: this.#now + delayMs, intervalMs: null, run });
  }

  every(intervalMs: number, run: () => void): () => void {
    return this.#add({ dueAt: this.#now + intervalMs, intervalMs, run });
  }

  /** Moves on, running what falls due in its order. */
  advance(byMs: number): void {
    const until = this.#now + byMs;
    for (;;) {
      const next = [...this.#timers].sort((one, other) => one.dueAt - other.dueAt)[0];
      if (!next || next.dueAt > until) break;
      this.#now = Math.max(this.#now, next.dueAt);
      if (next.intervalMs === null) this.#timers.delete(next);
      else next.dueAt += next.intervalMs;
      next.run();
    }
    this.#now = until;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}

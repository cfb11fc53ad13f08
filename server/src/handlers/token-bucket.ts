import type { Clock } from '../rooms/clock.ts';
import type { RateLimit } from '../rooms/limits.ts';

/** A budget that allows bursts and refills steadily ([L2]). */
export class TokenBucket {
  readonly #limit: RateLimit;
  readonly #clock: Clock;
  #tokens: number;
  #filledAt: number;

  constructor(limit: RateLimit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
    this.#tokens = limit.burst;
    this.#filledAt = clock.now();
  }

  /** Takes one and gives 0; or takes none and gives the milliseconds until there is one. */
  take(): number {
    return this.takeUpTo(1) === 1 ? 0 : this.waitMs;
  }

  /** Takes as many as there are, up to `count`, and gives how many. */
  takeUpTo(count: number): number {
    this.#refill();
    const taken = Math.min(count, Math.floor(this.#tokens));
    this.#tokens -= taken;
    return taken;
  }

  /** Until there is one to take. Milliseconds. */
  get waitMs(): number {
    return Math.ceil((Math.max(0, 1 - this.#tokens) / this.#limit.perSecond) * 1_000);
  }

  #refill(): void {
    const { burst, perSecond } = this.#limit;
    const now = this.#clock.now();
    const refill = (Math.max(0, now - this.#filledAt) / 1_000) * perSecond;
    this.#tokens = Math.min(burst, this.#tokens + refill);
    this.#filledAt = now;
  }
}

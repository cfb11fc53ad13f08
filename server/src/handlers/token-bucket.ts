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
    const { burst, perSecond } = this.#limit;
    const now = this.#clock.now();
    const refill = (Math.max(0, now - this.#filledAt) / 1_000) * perSecond;
    this.#tokens = Math.min(burst, this.#tokens + refill);
    this.#filledAt = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) / perSecond) * 1_000);
    this.#tokens -= 1;
    return 0;
  }
}

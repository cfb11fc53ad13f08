import { ProtocolError, type ParticipantId } from '../../../src/protocol/index.ts';
import type { Clock } from './clock.ts';

/** Above so many those who may write again are forgotten. */
const REMEMBERED = 10_000;

/** When each last wrote: by person, so that to come back shortens no wait ([D3]). */
export class SlowMode {
  readonly #clock: Clock;
  readonly #wroteAt = new Map<ParticipantId, number>();
  /** 0: off. Milliseconds. */
  intervalMs: number;

  constructor(clock: Clock, intervalMs: number) {
    this.#clock = clock;
    this.intervalMs = intervalMs;
  }

  /** When they last wrote in slow mode, as far as that is remembered. */
  wroteAt(participantId: ParticipantId): number | null {
    return this.#wroteAt.get(participantId) ?? null;
  }

  /** Throws `rateLimited`, or takes note that they write now. */
  take(participantId: ParticipantId): void {
    if (this.intervalMs === 0) return;
    const now = this.#clock.now();
    const waitMs = (this.#wroteAt.get(participantId) ?? Number.NEGATIVE_INFINITY) + this.intervalMs - now;
    if (waitMs > 0) throw new ProtocolError('rateLimited', 'The chat is in slow mode.', waitMs);
    if (this.#wroteAt.size >= REMEMBERED) this.#forget(now);
    this.#wroteAt.set(participantId, now);
  }

  #forget(now: number): void {
    for (const [id, at] of this.#wroteAt) if (at + this.intervalMs <= now) this.#wroteAt.delete(id);
  }
}

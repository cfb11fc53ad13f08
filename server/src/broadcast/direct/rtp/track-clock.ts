import { readSenderReport } from './rtp-packet.ts';
import { UnwrappedCounter } from './unwrapped-counter.ts';

/** How long arrivals are measured before their offset is kept. Milliseconds. */
const MEASURED_MS = 1_000;
/** No packet is on its way for so long. Milliseconds. */
const FARTHEST_MS = 3_000;

/**
 * Tells the time of what a track carries, from its timestamps: by arrival in the first second, where the packet that was
 * on its way for the shortest time counts, and by the sender's reports as soon as there is one.
 */
export class TrackClock {
  readonly #rate: number;
  readonly #counter = new UnwrappedCounter(32);
  #firstAtMs: number | null = null;
  #offsetMs = Number.POSITIVE_INFINITY;
  #isReported = false;

  /** `rate`: ticks a second. */
  constructor(rate: number) {
    this.#rate = rate;
  }

  /** A packet with that timestamp has come. Returns the timestamp, counted on. */
  arrive(timestamp: number, nowMs: number): number {
    const ticks = this.#counter.read(timestamp);
    // A sender that began to count anew, or a report that was none.
    if (Math.abs(this.timeOf(ticks) - nowMs) > FARTHEST_MS) this.#forget();
    this.#firstAtMs ??= nowMs;
    if (!this.#isReported && nowMs - this.#firstAtMs < MEASURED_MS) {
      this.#offsetMs = Math.min(this.#offsetMs, nowMs - this.#toMs(ticks));
    }
    return ticks;
  }

  /** A packet of RTCP has come. */
  report(bytes: Buffer): void {
    const report = readSenderReport(bytes);
    if (report === null || this.#firstAtMs === null) return;
    this.#isReported = true;
    this.#offsetMs = report.atMs - this.#toMs(this.#counter.near(report.timestamp));
  }

  /** Whether it is known as well as it will be. */
  isSettled(nowMs: number): boolean {
    return this.#isReported || (this.#firstAtMs !== null && nowMs - this.#firstAtMs >= MEASURED_MS);
  }

  /** A timestamp as it stands in packets, counted on. */
  ticksNear(timestamp: number): number {
    return this.#counter.near(timestamp);
  }

  /** Milliseconds since the epoch. */
  timeOf(ticks: number): number {
    return this.#toMs(ticks) + this.#offsetMs;
  }

  #forget(): void {
    this.#firstAtMs = null;
    this.#isReported = false;
    this.#offsetMs = Number.POSITIVE_INFINITY;
  }

  #toMs(ticks: number): number {
    return (ticks * 1_000) / this.#rate;
  }
}

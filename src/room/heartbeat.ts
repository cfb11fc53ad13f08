import { HEARTBEAT } from '../protocol/limits.ts';
import type { Clock } from './clock.ts';

/** How long an answer may take where the browser hinted at trouble. Milliseconds. */
const PROBE_MS = 2_000;

export interface HeartbeatListener {
  ping(): void;
  /** Nothing was heard for too long ([B1]). */
  dead(): void;
}

/** Pings, and notices that nothing comes back. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #listener: HeartbeatListener;
  #heardAt: number;
  /** When the first ping went out that nothing was heard after. */
  #askedAt: number | null = null;
  /** Asked by `probe`, and nothing heard since. */
  #probing = false;
  #cancelTimer: () => void = () => {};
  #cancelProbe: () => void = () => {};

  constructor(clock: Clock, listener: HeartbeatListener) {
    this.#clock = clock;
    this.#listener = listener;
    this.#heardAt = clock.now();
    // The hello just sent asks as well as a ping does.
    this.#askedAt = this.#heardAt;
    this.#wait();
  }

  /** Something came from the other end. */
  heard(): void {
    this.#heardAt = this.#clock.now();
    this.#askedAt = null;
    this.#probing = false;
  }

  /** Asks now, and gives up sooner than usual. */
  probe(): void {
    this.#probing = true;
    this.#ask();
    this.#cancelProbe();
    this.#cancelProbe = this.#clock.after(PROBE_MS, () => {
      if (this.#probing) this.#listener.dead();
    });
  }

  stop(): void {
    this.#cancelTimer();
    this.#cancelProbe();
  }

  #ask(): void {
    this.#askedAt ??= this.#clock.now();
    this.#listener.ping();
  }

  /** When the link counts as dead. A page whose timers slept has heard nothing because it asked nothing: only an unanswered ping counts. */
  get #deadAt(): number {
    if (this.#askedAt === null) return Number.POSITIVE_INFINITY;
    const { deadAfterMs, intervalMs } = HEARTBEAT;
    return Math.max(this.#heardAt + deadAfterMs, this.#askedAt + deadAfterMs - intervalMs);
  }

  #wait(): void {
    const delayMs = Math.min(HEARTBEAT.intervalMs, this.#deadAt - this.#clock.now());
    this.#cancelTimer = this.#clock.after(delayMs, () => this.#look());
  }

  #look(): void {
    if (this.#clock.now() >= this.#deadAt) {
      this.#listener.dead();
      return;
    }
    this.#ask();
    this.#wait();
  }
}

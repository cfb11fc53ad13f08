import type { Clock } from './clock.ts';

/** Calls back for what is due: at once after a quiet time, and then once in `intervalMs` however much is due. */
export class Pace {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #tell: () => void;
  #toldAt = -Infinity;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, intervalMs: number, tell: () => void) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#tell = tell;
  }

  due(): void {
    if (this.#cancel) return;
    const dueInMs = this.#toldAt + this.#intervalMs - this.#clock.now();
    if (dueInMs <= 0) this.#run();
    else this.#cancel = this.#clock.after(dueInMs, () => this.#run());
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #run(): void {
    this.#cancel = null;
    this.#toldAt = this.#clock.now();
    this.#tell();
  }
}

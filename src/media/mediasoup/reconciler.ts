import { Backoff } from './backoff.ts';
import { mayRetry, retryAfterMs } from './refusal.ts';

/**
 * Brings what is closer to what should be, one step at a time and never two at once.
 * A step answers whether there may be more to do. One that fails is tried again after a growing pause; one that is refused for good waits for `restart`.
 */
export class Reconciler {
  readonly #step: () => Promise<'settled' | 'again'>;
  #running = false;
  #poked = false;
  #refused = false;
  #restarted = false;
  readonly #backoff = new Backoff();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(step: () => Promise<'settled' | 'again'>) {
    this.#step = step;
  }

  /** Something changed: look again now. */
  poke(): void {
    if (this.#closed || this.#refused) return;
    clearTimeout(this.#timer);
    this.#poked = true;
    if (!this.#running) void this.#run();
  }

  /** What was refused or failed may succeed now, or after a pause. */
  restart(delayMs = 0): void {
    if (this.#closed) return;
    this.#refused = false;
    this.#backoff.clear();
    if (delayMs > 0) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.poke(), delayMs);
      return;
    }
    this.#restarted = true;
    this.poke();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#poked && !this.#closed) {
      this.#poked = false;
      this.#restarted = false;
      try {
        if ((await this.#step()) === 'again') this.#poked = true;
        this.#backoff.clear();
      } catch (error) {
        // What failed was begun before the restart; its failure says nothing of now.
        if (!this.#restarted) this.#handleFailure(error);
      }
    }
    this.#running = false;
  }

  #handleFailure(error: unknown): void {
    if (this.#closed) return;
    this.#poked = false;
    if (!mayRetry(error)) {
      this.#refused = true;
      return;
    }
    const delayMs = this.#backoff.nextDelayMs();
    this.#timer = setTimeout(() => this.poke(), retryAfterMs(error) ?? delayMs);
  }
}

import type { ReplyData, RequestData, RequestName } from '../../protocol/index.ts';
import type { MediaSignaling } from '../media-engine.ts';
import { refusalCode, retryAfterMs } from './refusal.ts';

const MOST_AT_ONCE = 24;
const DEFAULT_PAUSE_MS = 500;

/** Keeps within the server's budget: so many requests at once, in the order asked, and a pause when told to slow down. */
export class PacedSignaling implements MediaSignaling {
  readonly #signaling: MediaSignaling;
  #underWay = 0;
  #pausedUntilMs = 0;
  #waiting: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(signaling: MediaSignaling) {
    this.#signaling = signaling;
  }

  async request<N extends RequestName>(name: N, data: RequestData<N>): Promise<ReplyData<N>> {
    for (;;) {
      if (!this.#tryStart()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      try {
        return await this.#signaling.request(name, data);
      } catch (error) {
        if (refusalCode(error) !== 'rateLimited') throw error;
        this.#pause(retryAfterMs(error) ?? DEFAULT_PAUSE_MS);
      } finally {
        this.#underWay -= 1;
        this.#startWaiting();
      }
    }
  }

  #tryStart(): boolean {
    const free =
      this.#underWay < MOST_AT_ONCE && this.#waiting.length === 0 && performance.now() >= this.#pausedUntilMs;
    if (free) this.#underWay += 1;
    return free;
  }

  #pause(pauseMs: number): void {
    this.#pausedUntilMs = performance.now() + pauseMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#pausedUntilMs = 0;
      this.#startWaiting();
    }, pauseMs);
  }

  #startWaiting(): void {
    if (performance.now() < this.#pausedUntilMs) return;
    const started = this.#waiting.splice(0, Math.max(0, MOST_AT_ONCE - this.#underWay));
    this.#underWay += started.length;
    for (const start of started) start();
  }
}

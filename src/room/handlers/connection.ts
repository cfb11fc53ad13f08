import { ProtocolError } from '../../protocol/errors.ts';
import type { Clock } from '../clock.ts';
import type { RoomConnection } from '../room-connection.ts';
import type { Request } from '../rpc.ts';
import type { TokenKeeper } from '../token-keeper.ts';
import type { WritableStore } from '../../store/store.ts';
import type { EventHandlers, SignalHandlers } from './handlers.ts';

/** The wait after a fresh token could not be had. Milliseconds. */
const TOKEN_RETRY_MS = 5_000;

export function createConnectionEvents(connection: RoomConnection): Pick<EventHandlers, 'roomEnded'> {
  return {
    roomEnded() {
      connection.end('ended', { code: 'roomEnded', message: 'the room has ended' });
    },
  };
}

/** Gives the server a fresh token in time, with no rejoin ([T3]). */
export class TokenRenewal {
  readonly #tokens: TokenKeeper;
  readonly #clock: Clock;
  readonly #request: Request;
  readonly #store: WritableStore;
  /** The renewal under way; what another began is not carried on. */
  #run = 0;
  #running = false;
  /** By `clock.now()`. */
  #renewedAt = Number.NEGATIVE_INFINITY;
  #cancelRetry: () => void = () => {};

  constructor(tokens: TokenKeeper, clock: Clock, request: Request, store: WritableStore) {
    this.#store = store;
    this.#tokens = tokens;
    this.#clock = clock;
    this.#request = request;
  }

  readonly signals: Pick<SignalHandlers, 'tokenExpiring'> = {
    tokenExpiring: ({ expiresAt }) => {
      if (this.#running) return;
      // A fresh token that is short-lived serves half its time first: else one would be asked for without end.
      const leftMs = expiresAt - this.#serverTime;
      const ageMs = this.#clock.now() - this.#renewedAt;
      if (leftMs <= ageMs) void this.#renew('expiring');
      else this.#renewLater('expiring', (leftMs - ageMs) / 2);
    },
  };

  /** The connection broke: the next one shows a token by itself. */
  stop(): void {
    this.#run++;
    this.#running = false;
    this.#cancelRetry();
  }

  get #serverTime(): number {
    return this.#clock.epoch() + this.#store.connection.serverOffsetMs.value;
  }

  #renewLater(reason: 'expiring' | 'refused', delayMs: number): void {
    this.#running = true;
    this.#cancelRetry = this.#clock.after(delayMs, () => void this.#renew(reason));
  }

  async #renew(reason: 'expiring' | 'refused'): Promise<void> {
    this.#running = true;
    const run = ++this.#run;
    try {
      const token = await this.#tokens.ask(reason);
      if (run !== this.#run) return;
      const { expiresAt } = await this.#request('refreshToken', { token });
      if (run !== this.#run) return;
      this.#tokens.accepted(expiresAt === null ? null : expiresAt - this.#serverTime);
      this.#renewedAt = this.#clock.now();
      this.#running = false;
    } catch (error) {
      if (run !== this.#run) return;
      const next = error instanceof ProtocolError && error.fatal ? 'refused' : 'expiring';
      this.#renewLater(next, TOKEN_RETRY_MS);
    }
  }
}

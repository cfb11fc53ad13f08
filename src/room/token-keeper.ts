import { ProtocolError, type WireError } from '../protocol/errors.ts';
import type { Clock } from './clock.ts';
import type { TokenProvider, TokenReason } from './room.ts';

/** How long a provider may take before it counts as failed. Milliseconds. */
const PROVIDER_TIMEOUT_MS = 65_000;
/** A token with less than this left is not shown any more. Milliseconds. */
const LEAST_LEFT_MS = 1_000;

/** Holds the token and asks for another when it is needed, never twice at one time. */
export class TokenKeeper {
  readonly #provider: TokenProvider;
  readonly #clock: Clock;
  #token: string | null = null;
  /** By `clock.now()`. */
  #expiresAt = Number.POSITIVE_INFINITY;
  #refusal: { readonly token: string | null; readonly error: WireError } | null = null;
  #asking: Promise<string> | null = null;
  /** Counts the resets: what was asked for before one is not kept after it. */
  #generation = 0;
  #abandon: (() => void) | null = null;

  constructor(provider: TokenProvider, clock: Clock) {
    this.#provider = provider;
    this.#clock = clock;
  }

  /** A token to show now: the one in hand while it is good, else a new one. */
  async take(): Promise<string> {
    if (this.#token === null) return this.ask(this.#refusal ? 'refused' : 'join');
    return this.#expiresAt - this.#clock.now() < LEAST_LEFT_MS ? this.ask('expiring') : this.#token;
  }

  /** Asks for a new one. Rejects with what the provider threw, or with the refusal if it only has the token that was refused. */
  ask(reason: TokenReason): Promise<string> {
    if (this.#asking) return this.#asking;
    const asking = this.#fetch(reason).finally(() => {
      if (this.#asking === asking) this.#asking = null;
    });
    this.#asking = asking;
    return asking;
  }

  /** The server took the token in hand, which is good for so long. Milliseconds. */
  accepted(leftMs: number | null): void {
    this.#refusal = null;
    this.#expiresAt = leftMs === null ? Number.POSITIVE_INFINITY : this.#clock.now() + leftMs;
  }

  /** The server refused the token in hand. Returns whether another may be asked for: once, until one is accepted. */
  refused(error: WireError): boolean {
    if (this.#refusal) return false;
    this.#refusal = { token: this.#token, error };
    this.#token = null;
    return true;
  }

  /** Forgets all, and what is being asked for. */
  reset(): void {
    this.#token = null;
    this.#expiresAt = Number.POSITIVE_INFINITY;
    this.#refusal = null;
    this.#asking = null;
    this.#generation++;
    this.#abandon?.();
  }

  async #fetch(reason: TokenReason): Promise<string> {
    const generation = this.#generation;
    let giveUp = (): void => {};
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = () => reject(new Error('the token provider gave no answer'));
    });
    this.#abandon = giveUp;
    const cancelTimeout = this.#clock.after(PROVIDER_TIMEOUT_MS, giveUp);
    try {
      const token = await Promise.race([this.#provider(reason), givenUp]);
      if (typeof token !== 'string' || token === '') throw new TypeError('the token provider gave no token');
      if (generation !== this.#generation) return token;
      if (token === this.#refusal?.token) throw ProtocolError.fromWire(this.#refusal.error);
      this.#token = token;
      this.#expiresAt = Number.POSITIVE_INFINITY;
      return token;
    } finally {
      cancelTimeout();
      if (this.#abandon === giveUp) this.#abandon = null;
    }
  }
}

import { ProtocolError, REACTIONS_INTERVAL_MS } from '../../../src/protocol/index.ts';
import type { Channel } from './channel.ts';
import type { Clock } from './clock.ts';

/** What the room feels: counted here, told in batches, kept nowhere ([X1]). */
export class Reactions {
  /** Those that may be sent. */
  readonly available: readonly string[];
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #counts = new Map<string, number>();
  #cancelTelling: (() => void) | null = null;

  constructor(channel: Channel, clock: Clock, available: readonly string[]) {
    this.#channel = channel;
    this.#clock = clock;
    this.available = available;
  }

  /** Throws `badRequest` for an emoji that is not among the room's. */
  assertAvailable(emoji: string): void {
    if (!this.available.includes(emoji)) throw new ProtocolError('badRequest', 'That is not a reaction of this room.');
  }

  add(emoji: string, count: number): void {
    this.#counts.set(emoji, (this.#counts.get(emoji) ?? 0) + count);
    this.#cancelTelling ??= this.#clock.after(REACTIONS_INTERVAL_MS, () => this.#tell());
  }

  close(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = null;
  }

  #tell(): void {
    this.#cancelTelling = null;
    this.#channel.signal('reactionsCounted', { counts: [...this.#counts] });
    this.#counts.clear();
  }
}

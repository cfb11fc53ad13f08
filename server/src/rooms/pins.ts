import { ProtocolError, MOST_PINS, type ChatPin, type MessageId } from '../../../src/protocol/index.ts';
import type { Clock } from './clock.ts';

/** What stands over the chat, oldest first, and goes by itself when its time is over ([D2]). */
export class Pins {
  readonly #clock: Clock;
  readonly #handleExpired: () => void;
  #pins: readonly ChatPin[];
  #cancelExpiry: (() => void) | null = null;

  constructor(clock: Clock, stored: readonly ChatPin[], handleExpired: () => void) {
    this.#clock = clock;
    this.#pins = stored;
    this.#handleExpired = handleExpired;
    this.#watchExpiry();
  }

  get view(): ChatPin[] {
    const now = this.#clock.now();
    return this.#pins.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
  }

  /** Those there would be with one more; a message is pinned once. */
  with(pin: ChatPin): ChatPin[] {
    const others = this.view.filter(({ message }) => message === null || message.id !== pin.message?.id);
    return [...others, pin].slice(-MOST_PINS);
  }

  /** Those there would be without one. Throws `notFound`. */
  without(pinId: string): ChatPin[] {
    const left = this.view.filter(({ id }) => id !== pinId);
    if (left.length === this.view.length) throw new ProtocolError('notFound', 'That is not pinned.');
    return left;
  }

  /** Those there would be without a message; `null` where it is not pinned. */
  withoutMessage(messageId: MessageId): ChatPin[] | null {
    const left = this.#pins.filter(({ message }) => message?.id !== messageId);
    return left.length === this.#pins.length ? null : left;
  }

  set(pins: readonly ChatPin[]): void {
    this.#pins = pins;
    this.#watchExpiry();
  }

  close(): void {
    this.#cancelExpiry?.();
    this.#cancelExpiry = null;
  }

  #watchExpiry(): void {
    this.close();
    const times = this.#pins.flatMap(({ expiresAt }) => expiresAt ?? []);
    if (times.length === 0) return;
    const delayMs = Math.max(0, Math.min(...times) - this.#clock.now());
    // A timer of the machine takes no more than 24 days.
    this.#cancelExpiry = this.#clock.after(Math.min(delayMs, 2 ** 31 - 1), () => {
      const left = this.view;
      const expired = left.length < this.#pins.length;
      this.set(left);
      if (expired) this.#handleExpired();
    });
  }
}

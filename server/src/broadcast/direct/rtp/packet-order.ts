import type { RtpPacket } from './rtp-packet.ts';
import { UnwrappedCounter } from './unwrapped-counter.ts';

interface PacketOrderOptions {
  /** How long a packet that is missing is waited for: it may be sent again. Milliseconds. */
  readonly patienceMs: number;
  readonly handlePacket: (packet: RtpPacket) => void;
  /** Packets are lost for good; what comes next follows a hole. */
  readonly handleLoss: () => void;
}

interface Waiting {
  readonly packet: RtpPacket;
  readonly atMs: number;
}

/** Hands packets on in the order in which they were sent, each once. */
export class PacketOrder {
  readonly #options: PacketOrderOptions;
  readonly #numbers = new UnwrappedCounter(16);
  readonly #waiting = new Map<number, Waiting>();
  #next: number | null = null;

  constructor(options: PacketOrderOptions) {
    this.#options = options;
  }

  add(packet: RtpPacket, nowMs: number): void {
    const number = this.#numbers.read(packet.sequence);
    this.#next ??= number;
    if (number < this.#next) return;
    this.#waiting.set(number, { packet, atMs: nowMs });
    this.#drain();
    const oldest = this.#oldest();
    if (oldest === null || nowMs - oldest.atMs < this.#options.patienceMs) return;
    this.#next = oldest.number;
    this.#options.handleLoss();
    this.#drain();
  }

  #drain(): void {
    for (let next = this.#next; next !== null; next = this.#next) {
      const found = this.#waiting.get(next);
      if (found === undefined) return;
      this.#waiting.delete(next);
      this.#next = next + 1;
      this.#options.handlePacket(found.packet);
    }
  }

  #oldest(): { readonly number: number; readonly atMs: number } | null {
    let number: number | null = null;
    let atMs = Number.POSITIVE_INFINITY;
    for (const [candidate, waiting] of this.#waiting) {
      if (number === null || candidate < number) number = candidate;
      atMs = Math.min(atMs, waiting.atMs);
    }
    return number === null ? null : { number, atMs };
  }
}

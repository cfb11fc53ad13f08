import type { ChatMessage, MessageId } from '../../../../src/protocol/index.ts';
import type { Clock } from '../clock.ts';

/** How long messages beyond the rate are gathered before some of them are chosen. Milliseconds. */
export const GATHERED_MS = 250;

export interface SampledChat {
  /** In the order of index. */
  readonly told: readonly ChatMessage[];
  readonly skipped: readonly ChatMessage[];
}

/**
 * Chooses which messages of a crowd everyone is told ([C5]). Up to the rate each goes at once; beyond it they are gathered, and
 * authors take turns by lot, so that who writes much is not read more. Work grows with the messages, never with the audience.
 */
export class CrowdSample {
  readonly #clock: Clock;
  readonly #tell: (sampled: SampledChat) => void;
  readonly #random: () => number;
  #gathered: { readonly message: ChatMessage; readonly always: boolean }[] = [];
  #cancel: (() => void) | null = null;
  #mostPerSecond = 0;
  #budget = 0;
  #filledAt = -Infinity;

  constructor(clock: Clock, tell: (sampled: SampledChat) => void, random: () => number = Math.random) {
    this.#clock = clock;
    this.#tell = tell;
    this.#random = random;
  }

  /** `null`: no bound. `always`: it is told whatever the rate. Messages come in the order of index. */
  add(message: ChatMessage, mostPerSecond: number | null, always: boolean): void {
    this.#refill(mostPerSecond ?? Infinity);
    const isFree = this.#cancel === null;
    if (isFree && (always || this.#budget >= 1)) {
      this.#budget -= 1;
      this.#tell({ told: [message], skipped: [] });
      return;
    }
    this.#gathered.push({ message, always: always || mostPerSecond === null });
    this.#cancel ??= this.#clock.after(GATHERED_MS, () => this.#choose());
  }

  /** Deleted before it was told: nobody is. */
  forget(messageId: MessageId): void {
    this.#gathered = this.#gathered.filter(({ message }) => message.id !== messageId);
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #choose(): void {
    this.#cancel = null;
    const gathered = this.#gathered;
    this.#gathered = [];
    this.#refill(this.#mostPerSecond);
    const chosen = new Set<ChatMessage>(gathered.filter(({ always }) => always).map(({ message }) => message));
    const places = Math.max(0, Math.floor(this.#budget) - chosen.size);
    for (const message of this.#draw(
      gathered.flatMap(({ message, always }) => (always ? [] : message)),
      places,
    )) {
      chosen.add(message);
    }
    this.#budget -= chosen.size;
    const messages = gathered.map(({ message }) => message);
    this.#tell({
      told: messages.filter((message) => chosen.has(message)),
      skipped: messages.filter((message) => !chosen.has(message)),
    });
  }

  /** One of each author by lot, then a second of each, while there is room. */
  #draw(messages: readonly ChatMessage[], places: number): ChatMessage[] {
    const turns = new Map<string, number>();
    const lots = this.#shuffled(messages).map((message) => {
      const turn = turns.get(message.author.id) ?? 0;
      turns.set(message.author.id, turn + 1);
      return { message, turn };
    });
    return lots
      .sort((one, other) => one.turn - other.turn)
      .slice(0, places)
      .map(({ message }) => message);
  }

  #shuffled(messages: readonly ChatMessage[]): ChatMessage[] {
    const lots = messages.map((message) => ({ message, lot: this.#random() }));
    return lots.sort((one, other) => one.lot - other.lot).map(({ message }) => message);
  }

  #refill(mostPerSecond: number): void {
    const now = this.#clock.now();
    const most = Math.max(1, mostPerSecond);
    const seconds = (now - this.#filledAt) / 1_000;
    this.#budget = mostPerSecond === Infinity ? Infinity : Math.min(most, finite(this.#budget, most) + seconds * most);
    this.#mostPerSecond = mostPerSecond;
    this.#filledAt = now;
  }
}

const finite = (budget: number, otherwise: number): number => (Number.isFinite(budget) ? budget : otherwise);

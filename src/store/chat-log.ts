import { signal, type ReadonlySignal } from '@preact/signals-core';

/** What elements may read of the log. */
export interface ReadonlyChatLog<T> {
  /** How long the whole history is, loaded or not. */
  readonly total: number;
  /** Grows with every change; read it to be told of changes. */
  readonly revision: ReadonlySignal<number>;
  /** The message at `index`, or `undefined` where it is not loaded. */
  at(index: number): T | undefined;
}

/**
 * The history by index, with holes where it is not loaded.
 * One mutable map and a revision, because a new array for each of 1,000 messages a second would be all that the page does.
 */
export class ChatLog<T extends { readonly index: number }> implements ReadonlyChatLog<T> {
  readonly revision = signal(0);
  readonly #messages = new Map<number, T>();
  /** Goes on where it was: a new one would step over all that was ever deleted, at every message of a full log. */
  readonly #oldest = this.#messages.keys();
  readonly #capacity: number;
  #total = 0;

  /** `capacity`: how many messages stay loaded; beyond it the first that came become holes again. */
  constructor(capacity = 150_000) {
    this.#capacity = capacity;
  }

  get total(): number {
    return this.#total;
  }

  at(index: number): T | undefined {
    return this.#messages.get(index);
  }

  /** Puts messages in their places, old ones replaced. `total` says how long the history is, where that is known. */
  put(messages: Iterable<T>, total?: number): void {
    for (const message of messages) {
      this.#messages.set(message.index, message);
      this.#total = Math.max(this.#total, message.index + 1);
    }
    if (total !== undefined) this.#total = Math.max(this.#total, total);
    while (this.#messages.size > this.#capacity) {
      const { value, done } = this.#oldest.next();
      if (done === true) break;
      this.#messages.delete(value);
    }
    this.revision.value++;
  }

  /** Starts again from what is true now: all else becomes holes. */
  reset(messages: Iterable<T>, total: number): void {
    this.#messages.clear();
    this.#total = 0;
    this.put(messages, total);
  }
}

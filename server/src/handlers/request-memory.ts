import { ERRORS, type WireError } from '../../../src/protocol/index.ts';

/** A reply without its id. */
export type Outcome = { readonly data: unknown } | { readonly error: WireError };

/** A participant's latest keys and what became of them ([Q2]). */
export class RequestMemory {
  readonly #capacity: number;
  readonly #outcomes = new Map<string, Promise<Outcome>>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The outcome under this key: of a request done, or of one under way. */
  get(key: string): Promise<Outcome> | undefined {
    return this.#outcomes.get(key);
  }

  /**
   * Remembers a request from its beginning; its end too, if `lasting`. A failure that may be retried is forgotten, or
   * the same key could never succeed.
   */
  add(key: string, outcome: Promise<Outcome>, lasting: boolean): void {
    this.#outcomes.set(key, outcome);
    if (this.#outcomes.size > this.#capacity) this.#forgetOldest();
    void outcome.then((done) => {
      const retriable = 'error' in done && ERRORS[done.error.code].retriable;
      if ((retriable || !lasting) && this.#outcomes.get(key) === outcome) this.#outcomes.delete(key);
    });
  }

  #forgetOldest(): void {
    for (const key of this.#outcomes.keys()) {
      this.#outcomes.delete(key);
      return;
    }
  }
}

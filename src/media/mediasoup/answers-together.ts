/** How long the first answer may wait for the others. */
const PATIENCE_MS = 50;

/** Holds answers back until all that was asked side by side is answered, so that one negotiation serves them all. */
export class AnswersTogether {
  readonly #asking = new Set<Promise<unknown>>();
  #turn: Promise<void> | undefined;

  async wait<T>(asking: Promise<T>): Promise<T> {
    this.#asking.add(asking);
    try {
      const answer = await asking;
      this.#turn ??= this.#takeTurn();
      await this.#turn;
      return answer;
    } finally {
      this.#asking.delete(asking);
    }
  }

  async #takeTurn(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([Promise.allSettled(this.#asking), patience]);
    clearTimeout(timer);
    this.#turn = undefined;
  }
}

/** Runs tasks one after another, in the order given. A task that fails does not stop the next. */
export class Lane {
  #tail: Promise<unknown> = Promise.resolve();

  /** When everything given so far is done. */
  get idle(): Promise<unknown> {
    return this.#tail;
  }

  run<T>(task: () => T | Promise<T>): Promise<T> {
    const result = this.#tail.then(task);
    this.#tail = result.then(noop, noop);
    return result;
  }
}

function noop(): void {}

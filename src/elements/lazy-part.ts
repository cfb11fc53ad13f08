/** Something whose code is loaded when it is first needed. After a failure it may be tried again. */
export class LazyPart<T> {
  readonly #load: () => Promise<T>;
  readonly #handleChange: () => void;
  #state: 'absent' | 'loading' | 'ready' | 'failed' = 'absent';
  #value: T | undefined;

  constructor(load: () => Promise<T>, handleChange: () => void) {
    this.#load = load;
    this.#handleChange = handleChange;
  }

  /** `undefined` until it is there. */
  get value(): T | undefined {
    return this.#value;
  }

  get hasFailed(): boolean {
    return this.#state === 'failed';
  }

  need(): void {
    if (this.#state === 'absent') this.retry();
  }

  retry(): void {
    if (this.#state === 'loading' || this.#state === 'ready') return;
    this.#state = 'loading';
    this.#load().then(
      (value) => {
        this.#value = value;
        this.#settle('ready');
      },
      () => this.#settle('failed'),
    );
  }

  #settle(state: 'ready' | 'failed'): void {
    this.#state = state;
    this.#handleChange();
  }
}

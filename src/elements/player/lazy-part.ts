/** Code that is loaded when it is first needed. Loading it again after a failure starts anew. */
export class LazyPart {
  readonly #load: () => Promise<void>;
  readonly #handleChange: () => void;
  #state: 'absent' | 'loading' | 'ready' | 'failed' = 'absent';

  constructor(load: () => Promise<void>, handleChange: () => void) {
    this.#load = load;
    this.#handleChange = handleChange;
  }

  get isReady(): boolean {
    return this.#state === 'ready';
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
      () => this.#settle('ready'),
      () => this.#settle('failed'),
    );
  }

  #settle(state: 'ready' | 'failed'): void {
    this.#state = state;
    this.#handleChange();
  }
}

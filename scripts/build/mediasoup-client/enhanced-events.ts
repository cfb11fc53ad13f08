type Listener = (...values: unknown[]) => void;

/** Stands for the library's class of this name: what it and we use of that, without the emitter of Node below it. */
export class EnhancedEventEmitter {
  /** A list is replaced, never changed: whoever is telling goes on with the one it began with. */
  readonly #listeners = new Map<string, readonly Listener[]>();

  on(name: string, listener: Listener): this {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  emit(name: string, ...values: unknown[]): boolean {
    const listeners = this.#listeners.get(name);
    for (const listener of listeners ?? []) listener(...values);
    return listeners !== undefined;
  }

  /** A listener that throws keeps nothing from going on; whoever listens to `listenererror` hears of it. */
  safeEmit(name: string, ...values: unknown[]): boolean {
    try {
      return this.emit(name, ...values);
    } catch (error) {
      try {
        this.emit('listenererror', name, error);
      } catch {
        // There is nobody left to tell.
      }
      return true;
    }
  }

  listenerCount(name: string): number {
    return this.#listeners.get(name)?.length ?? 0;
  }

  close(): void {
    this.#listeners.clear();
  }
}

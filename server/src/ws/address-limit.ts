/** Counts the sockets that each address opens, second by second ([L4]). */
export class AddressLimit {
  readonly #perSecond: number;
  readonly #counts = new Map<string, number>();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Whether the address may open one more. */
  admit(address: string): boolean {
    const count = (this.#counts.get(address) ?? 0) + 1;
    this.#counts.set(address, count);
    return count <= this.#perSecond;
  }

  /** Begins the next second. */
  reset(): void {
    this.#counts.clear();
  }
}

import type { DatabaseSync } from 'node:sqlite';

interface Write {
  /** One statement, so that a failure undoes itself and leaves the others of the transaction alone. */
  run(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Joins all writes of one turn of the event loop into one transaction. A write's promise settles after the commit,
 * in the order of the calls.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  #writes: Write[] = [];

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Runs `statement` in the next transaction and gives its result once that is on disk. */
  add<T>(statement: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: () => void = () => {};
      if (this.#writes.length === 0) setImmediate(() => this.commit());
      this.#writes.push({
        run() {
          try {
            const value = statement();
            result = () => resolve(value);
          } catch (error) {
            result = () => reject(error);
          }
        },
        resolve: () => result(),
        reject,
      });
    });
  }

  /** Commits what is waiting. */
  commit(): void {
    const writes = this.#writes;
    if (writes.length === 0) return;
    this.#writes = [];
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const write of writes) write.run();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
      for (const write of writes) write.reject(error);
      return;
    }
    for (const write of writes) write.resolve();
  }
}

import type { DatabaseSync } from 'node:sqlite';

interface Write {
  /** Undoes itself where it fails, and leaves the others of the transaction alone. */
  run(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Joins all writes of one turn of the event loop into one transaction, and with them what they write in turn while they run.
 * A write's promise settles after the commit, in the order of the calls.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  #writes: Write[] = [];

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Runs one statement in the next transaction and gives its result once that is on disk. */
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

  /** The same for several statements, which happen together or not at all. */
  addTogether<T>(statements: () => T): Promise<T> {
    return this.add(() => {
      this.#database.exec('SAVEPOINT together');
      try {
        const result = statements();
        this.#database.exec('RELEASE together');
        return result;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK TO together; RELEASE together');
        throw error;
      }
    });
  }

  /** Commits what is waiting. */
  commit(): void {
    const writes = this.#writes;
    if (writes.length === 0) return;
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      // One that writes something itself makes this list longer.
      for (const write of writes) {
        write.run();
        // A full disk ends the transaction: what is written after would stand alone.
        if (!this.#database.isTransaction) throw new Error('The transaction was rolled back.');
      }
      this.#database.exec('COMMIT');
      this.#writes = [];
    } catch (error) {
      this.#writes = [];
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
      for (const write of writes) write.reject(error);
      return;
    }
    for (const write of writes) write.resolve();
  }
}

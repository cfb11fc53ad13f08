import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { ProtocolError } from '../../../../src/protocol/index.ts';
import type { Logger } from '../../rooms/logger.ts';
import { GroupCommit } from './group-commit.ts';
import { migrate } from './migrations.ts';

/** How long a lock held by another process is waited for. The event loop stands still meanwhile. */
const BUSY_TIMEOUT_MS = 2_000;
const RETRY_AFTER_MS = 1_000;

/** One SQLite file in WAL mode, shared by all that is stored in it: what is written in one turn is one transaction. */
export class SqliteFile {
  readonly #database: DatabaseSync;
  readonly #writes: GroupCommit;
  readonly #logger: Logger;

  /** Opens the file, made with its folder where there is none; `:memory:` for none. Throws where it cannot be used. */
  constructor(path: string, logger: Logger) {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    this.#database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    // In WAL mode NORMAL loses nothing when the process dies; a power cut may cost the last moments, never the file.
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    migrate(this.#database);
    this.#writes = new GroupCommit(this.#database);
    this.#logger = logger;
  }

  prepare(sql: string): StatementSync {
    return this.#database.prepare(sql);
  }

  /** Throws `ProtocolError` `unavailable` where the storage fails. */
  async read<T>(select: () => T): Promise<T> {
    try {
      return select();
    } catch (error) {
      throw this.#toUnavailable(error);
    }
  }

  /** Settles once it is on disk. Throws `ProtocolError` `unavailable` where the storage fails. */
  write<T>(statement: () => T): Promise<T> {
    return this.#writes.add(statement).catch((error: unknown) => {
      throw this.#toUnavailable(error);
    });
  }

  /** The same for several statements, which happen together or not at all. A `ProtocolError` of theirs is thrown as it is. */
  writeTogether<T>(statements: () => T): Promise<T> {
    return this.#writes.addTogether(statements).catch((error: unknown) => {
      throw error instanceof ProtocolError ? error : this.#toUnavailable(error);
    });
  }

  /** Finishes what is under way and closes. */
  close(): void {
    if (!this.#database.isOpen) return;
    this.#writes.commit();
    this.#database.close();
  }

  #toUnavailable(error: unknown): ProtocolError {
    this.#logger.error({ err: error }, 'the store failed');
    return new ProtocolError('unavailable', 'The store cannot be reached now.', RETRY_AFTER_MS);
  }
}

import type { Charge, ChargeStore } from '../charge-store.ts';
import type { Row } from './rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

interface ChargeRow extends Row {
  id: string;
  room_id: string;
  participant_id: string;
  amount: number;
  refunding: number;
  due_at: number;
  attempts: number;
}

export class SqliteChargeStore implements ChargeStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  async openCharge({ refunding, ...charge }: Charge): Promise<void> {
    await this.#file.write(() => this.#statements.open.run({ ...charge, refunding: refunding ? 1 : 0 }));
  }

  async closeCharge(id: string): Promise<void> {
    await this.#file.write(() => this.close(id));
  }

  async saveRefund({ id, dueAt, attempts }: Pick<Charge, 'id' | 'dueAt' | 'attempts'>): Promise<void> {
    await this.#file.write(() => this.#statements.refund.run({ id, dueAt, attempts }));
  }

  async refundAll(now: number): Promise<void> {
    await this.#file.write(() => this.#statements.refundAll.run(now));
  }

  dueRefunds(now: number, limit: number): Promise<readonly Charge[]> {
    return this.#file.read(() => this.#statements.due.all({ now, limit }).map(toCharge));
  }

  nextDueAt(): Promise<number | null> {
    return this.#file.read(() => {
      const at = this.#statements.nextDue.get()?.['at'];
      return typeof at === 'number' ? at : null;
    });
  }

  /** Within a transaction of the file: a gift came of it. `false` where it is not open any more. */
  close(id: string): boolean {
    return this.#statements.close.run(id).changes > 0;
  }
}

function prepareStatements(file: SqliteFile) {
  return {
    open: file.prepare(
      'INSERT INTO charges VALUES (:id, :roomId, :participantId, :amount, :refunding, :dueAt, :attempts)',
    ),
    close: file.prepare('DELETE FROM charges WHERE id = ?'),
    refund: file.prepare('UPDATE charges SET refunding = 1, due_at = :dueAt, attempts = :attempts WHERE id = :id'),
    refundAll: file.prepare('UPDATE charges SET refunding = 1, due_at = ? WHERE refunding = 0'),
    due: file.prepare('SELECT * FROM charges WHERE refunding = 1 AND due_at <= :now ORDER BY due_at LIMIT :limit'),
    nextDue: file.prepare('SELECT min(due_at) AS at FROM charges WHERE refunding = 1'),
  };
}

function toCharge(row: Row): Charge {
  const { id, room_id, participant_id, amount, refunding, due_at, attempts } = row as ChargeRow;
  const isRefunding = refunding === 1;
  return {
    id,
    roomId: room_id,
    participantId: participant_id,
    amount,
    refunding: isRefunding,
    dueAt: due_at,
    attempts,
  };
}

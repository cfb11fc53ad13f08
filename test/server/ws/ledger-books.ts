import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';

export interface Books {
  /** Ids of the gifts that somebody was told of, each once. */
  readonly given: ReadonlySet<string>;
  /** What all wallets together were credited with. */
  readonly credited: number;
}

/** Asserts that the ledger in this file sums to zero in every way, and that each gift is in it once. */
export function assertBooks(path: string, { given, credited }: Books): void {
  const database = new DatabaseSync(path);
  const number = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  assert.equal(number('SELECT sum(amount) FROM ledger_entries'), 0);
  assert.equal(number('SELECT sum(balance) FROM ledger_accounts'), 0);
  assert.equal(
    number('SELECT count(*) FROM (SELECT 1 FROM ledger_entries GROUP BY transaction_number HAVING sum(amount) <> 0)'),
    0,
  );
  const wrong = `SELECT count(*) FROM ledger_accounts a
    WHERE balance <> (SELECT sum(amount) FROM ledger_entries e WHERE e.account = a.account)`;
  assert.equal(number(wrong), 0);
  assert.equal(number("SELECT count(*) FROM ledger_transactions WHERE kind = 'gift'"), given.size);
  assert.equal(number(`SELECT -balance FROM ledger_accounts WHERE account = 'issued'`), credited);
  const stored = database
    .prepare('SELECT id FROM gifts')
    .all()
    .map(({ id }) => String(id));
  assert.equal(stored.length, given.size);
  assert.ok(stored.every((id) => given.has(id)));
  database.close();
}

import { ProtocolError, type GiftBalance, type ParticipantId } from '../../../../src/protocol/index.ts';
import type {
  CreditDraft,
  Credited,
  LedgerAccount,
  LedgerKind,
  LedgerPageQuery,
  LedgerStore,
  LedgerTransaction,
} from '../ledger-store.ts';
import type { Row } from './rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

export interface Transfer {
  readonly kind: LedgerKind;
  readonly reference: string;
  readonly note: string | null;
  readonly from: LedgerAccount;
  readonly to: LedgerAccount;
  readonly amount: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

interface TransactionRow extends Row {
  number: number;
  kind: string;
  reference: string;
  note: string | null;
  at: number;
}

type WalletListener = (ownerId: ParticipantId, balance: GiftBalance) => void;

/** Nobody has anything yet. */
const EMPTY: GiftBalance = { amount: 0, version: 0 };

export class SqliteLedger implements LedgerStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #listeners = new Set<WalletListener>();

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  loadWallet(ownerId: ParticipantId): Promise<{ balance: GiftBalance; earned: number }> {
    return this.#file.read(() => ({
      balance: this.balanceOf(`wallet:${ownerId}`),
      earned: this.balanceOf(`earned:${ownerId}`).amount,
    }));
  }

  async credit({ ownerId, amount, key, note, at }: CreditDraft): Promise<Credited> {
    const to = `wallet:${ownerId}` as const;
    const credited = await this.#file.writeTogether((): Credited => {
      const first = this.#statements.findTransaction.get('credit', key);
      if (first === undefined) {
        const number = this.transfer({ kind: 'credit', reference: key, note, from: 'issued', to, amount, at });
        return { number, balance: this.balanceOf(to), repeated: false };
      }
      const { number, entries } = this.#toTransaction(first);
      const isSame = entries.some((entry) => entry.account === to && entry.amount === amount);
      if (!isSame) throw new ProtocolError('conflict', 'The key has credited something else.');
      return { number, balance: this.balanceOf(to), repeated: true };
    });
    if (!credited.repeated) this.announceWallet(ownerId, credited.balance);
    return credited;
  }

  listLedger({ account, before, limit }: LedgerPageQuery): Promise<readonly LedgerTransaction[]> {
    return this.#file.read(() =>
      (account === undefined
        ? this.#statements.list.all({ before, limit })
        : this.#statements.listOfAccount.all({ account, before, limit })
      ).map((row) => this.#toTransaction(row)),
    );
  }

  watchWallets(handleBalance: WalletListener): () => void {
    this.#listeners.add(handleBalance);
    return () => this.#listeners.delete(handleBalance);
  }

  /**
   * Moves money and gives the transaction's number. It belongs into a transaction of the file, which undoes all of it when it throws:
   * `insufficientFunds`, or `conflict` where a sum is more than can be counted exactly.
   */
  transfer({ kind, reference, note, from, to, amount, at }: Transfer): number {
    if (!Number.isSafeInteger(amount) || amount <= 0) throw new Error(`${amount} is no amount.`);
    const { lastInsertRowid } = this.#statements.addTransaction.run({ kind, reference, note, at });
    const number = Number(lastInsertRowid);
    this.#move(number, from, -amount);
    this.#move(number, to, amount);
    return number;
  }

  /** What an account holds, as of what is written so far. */
  balanceOf(account: LedgerAccount): GiftBalance {
    const row = this.#statements.findBalance.get(account);
    return row === undefined ? EMPTY : { amount: Number(row['balance']), version: Number(row['version']) };
  }

  /** For those who watch; called once it is on disk. */
  announceWallet(ownerId: ParticipantId, balance: GiftBalance): void {
    for (const handleBalance of this.#listeners) handleBalance(ownerId, balance);
  }

  #move(number: number, account: LedgerAccount, amount: number): void {
    const before = this.balanceOf(account).amount;
    const balance = before + amount;
    const mayOwe = account === 'issued' || account === 'external';
    if (balance < 0 && !mayOwe) throw new ProtocolError('insufficientFunds', 'The wallet does not hold that much.');
    if (!Number.isSafeInteger(balance)) throw new ProtocolError('conflict', 'The sum is more than can be counted.');
    this.#statements.addEntry.run({ number, account, amount });
    this.#statements.saveBalance.run({ account, balance, number });
  }

  #toTransaction(row: Row): LedgerTransaction {
    const { number, kind, reference, note, at } = row as TransactionRow;
    const entries = this.#statements.entries
      .all(number)
      .map((entry) => ({ account: entry['account'] as LedgerAccount, amount: Number(entry['amount']) }));
    return { number, kind: kind as LedgerKind, reference, note, at, entries };
  }
}

function prepareStatements(file: SqliteFile) {
  return {
    findTransaction: file.prepare('SELECT * FROM ledger_transactions WHERE kind = ? AND reference = ?'),
    addTransaction: file.prepare(
      'INSERT INTO ledger_transactions (kind, reference, note, at) VALUES (:kind, :reference, :note, :at)',
    ),
    addEntry: file.prepare('INSERT INTO ledger_entries VALUES (:number, :account, :amount)'),
    findBalance: file.prepare('SELECT balance, version FROM ledger_accounts WHERE account = ?'),
    saveBalance: file.prepare(
      `INSERT INTO ledger_accounts VALUES (:account, :balance, :number)
       ON CONFLICT DO UPDATE SET balance = excluded.balance, version = excluded.version`,
    ),
    // The debit first.
    entries: file.prepare('SELECT account, amount FROM ledger_entries WHERE transaction_number = ? ORDER BY amount'),
    list: file.prepare('SELECT * FROM ledger_transactions WHERE number < :before ORDER BY number DESC LIMIT :limit'),
    listOfAccount: file.prepare(
      `SELECT t.* FROM ledger_entries e JOIN ledger_transactions t ON t.number = e.transaction_number
       WHERE e.account = :account AND e.transaction_number < :before ORDER BY e.transaction_number DESC LIMIT :limit`,
    ),
  };
}

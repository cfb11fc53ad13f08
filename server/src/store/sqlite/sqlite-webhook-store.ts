import type {
  WebhookDelivery,
  WebhookDraft,
  WebhookOutcome,
  WebhookPageQuery,
  WebhookState,
  WebhookStore,
} from '../webhook-store.ts';
import type { Row } from './rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

interface DeliveryRow extends Row {
  number: number;
  id: string;
  url: string;
  type: string;
  room_id: string;
  body: string;
  created_at: number;
  attempts: number;
  state: string;
  at: number;
  failure: string | null;
}

export class SqliteWebhookStore implements WebhookStore {
  readonly #file: SqliteFile;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#statements = prepareStatements(file);
  }

  async addDeliveries(drafts: readonly WebhookDraft[]): Promise<void> {
    await Promise.all(drafts.map((draft) => this.#file.write(() => this.#statements.add.run({ ...draft }))));
  }

  dueDeliveries(url: string, now: number, limit: number): Promise<readonly WebhookDelivery[]> {
    return this.#file.read(() => this.#statements.due.all({ url, now, limit }).map(toDelivery));
  }

  nextDueAt(url: string): Promise<number | null> {
    return this.#file.read(() => {
      const at = this.#statements.nextDue.get({ url })?.['at'];
      return typeof at === 'number' ? at : null;
    });
  }

  async saveOutcome({ number, dueAt, attempts, state, at, failure }: WebhookOutcome): Promise<void> {
    await this.#file.write(() => this.#statements.saveOutcome.run({ number, dueAt, attempts, state, at, failure }));
  }

  listDeliveries({ state, roomId, before, limit }: WebhookPageQuery): Promise<readonly WebhookDelivery[]> {
    const query = { state: state ?? null, roomId: roomId ?? null, before, limit };
    return this.#file.read(() => this.#statements.list.all(query).map(toDelivery));
  }

  async replayDelivery(number: number, now: number): Promise<boolean> {
    const { changes } = await this.#file.write(() => this.#statements.replay.run({ number, now }));
    return changes > 0;
  }

  async pruneDeliveries(settledBefore: number): Promise<void> {
    await this.#file.write(() => this.#statements.prune.run({ settledBefore }));
  }
}

function prepareStatements(file: SqliteFile) {
  return {
    add: file.prepare(
      `INSERT INTO webhook_deliveries (id, url, type, room_id, body, created_at, attempts, state, at)
       VALUES (:id, :url, :type, :roomId, :body, :createdAt, 0, 'waiting', :createdAt)`,
    ),
    due: file.prepare(
      `SELECT * FROM webhook_deliveries WHERE state = 'waiting' AND url = :url AND at <= :now
       ORDER BY number LIMIT :limit`,
    ),
    nextDue: file.prepare(`SELECT min(at) AS at FROM webhook_deliveries WHERE state = 'waiting' AND url = :url`),
    saveOutcome: file.prepare(
      `UPDATE webhook_deliveries SET attempts = :attempts, state = :state, at = :at, failure = :failure
       WHERE number = :number AND at = :dueAt`,
    ),
    list: file.prepare(
      `SELECT * FROM webhook_deliveries
       WHERE number < :before AND (:state IS NULL OR state = :state) AND (:roomId IS NULL OR room_id = :roomId)
       ORDER BY number DESC LIMIT :limit`,
    ),
    replay: file.prepare(
      `UPDATE webhook_deliveries SET attempts = 0, state = 'waiting', at = :now, failure = NULL WHERE number = :number`,
    ),
    prune: file.prepare(`DELETE FROM webhook_deliveries WHERE state <> 'waiting' AND at < :settledBefore`),
  };
}

function toDelivery(row: Row): WebhookDelivery {
  const { number, id, url, type, room_id, body, created_at, attempts, state, at, failure } = row as DeliveryRow;
  return {
    number,
    id,
    url,
    type,
    roomId: room_id,
    body,
    createdAt: created_at,
    attempts,
    state: state as WebhookState,
    at,
    failure,
  };
}

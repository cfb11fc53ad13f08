import {
  COMBO_MS,
  LATEST_GIFTS,
  ProtocolError,
  TOP_GIFTERS,
  type Gift,
  type GiftCatalogue,
  type Gifter,
  type GiftGoal,
  type GiftGoalInput,
  type GiftTotals,
  type ParticipantId,
  type RoleName,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import type { AppendedGift, GiftDraft, GiftReceiver, GiftStore, SentGift, StoredGifts } from '../gift-store.ts';
import type { Row } from './rows.ts';
import type { SqliteChargeStore } from './sqlite-charge-store.ts';
import type { SqliteFile } from './sqlite-file.ts';
import type { SqliteLedger } from './sqlite-ledger.ts';

interface GiftRow extends Row {
  id: string;
  gift_index: number;
  sender_id: string;
  sender_name: string;
  sender_role: string;
  recipient_id: string | null;
  recipient_name: string | null;
  item: string;
  count: number;
  amount: number;
  combo: number;
  sent_at: number;
}

export class SqliteGiftStore implements GiftStore {
  readonly #file: SqliteFile;
  readonly #ledger: SqliteLedger;
  readonly #charges: SqliteChargeStore;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: SqliteFile, ledger: SqliteLedger, charges: SqliteChargeStore) {
    this.#file = file;
    this.#ledger = ledger;
    this.#charges = charges;
    this.#statements = prepareStatements(file);
  }

  loadGifts(roomId: RoomId): Promise<StoredGifts> {
    return this.#file.read(() => {
      const room = this.#statements.findRoom.get(roomId);
      return {
        catalogue: parseJson<GiftCatalogue>(room?.['catalogue']),
        goal: parseJson<GiftGoal>(room?.['goal']),
        totals: toTotals(room),
        top: this.#statements.top.all(roomId, TOP_GIFTERS).map(toGifter),
        latest: this.#selectGifts(roomId, Number.MAX_SAFE_INTEGER, LATEST_GIFTS).reverse(),
      };
    });
  }

  findGift(roomId: RoomId, senderId: ParticipantId, key: string): Promise<Gift | null> {
    return this.#file.read(() => {
      const row = this.#statements.find.get({ roomId, senderId, key });
      return row ? toGift(row) : null;
    });
  }

  async appendGift(draft: GiftDraft, handleSent: (sent: SentGift) => void): Promise<AppendedGift> {
    const { roomId, from, key } = draft;
    const { balance, ...appended } = await this.#file.writeTogether(() => {
      const first = this.#statements.find.get({ roomId, senderId: from.id, key });
      if (first) return { ...this.#standing(roomId, toGift(first)), repeated: true, balance: null };
      this.#charge(draft);
      const sent = this.#append(draft);
      handleSent(sent);
      return { ...sent, repeated: false, balance: this.#ledger.balanceOf(`wallet:${from.id}`) };
    });
    if (balance && draft.funds.from === 'wallet') this.#ledger.announceWallet(from.id, balance);
    return appended;
  }

  listGifts(roomId: RoomId, before: number, limit: number): Promise<readonly Gift[]> {
    return this.#file.read(() => this.#selectGifts(roomId, before, limit));
  }

  listReceivers(roomId: RoomId, limit: number): Promise<readonly GiftReceiver[]> {
    return this.#file.read(() =>
      this.#statements.receivers.all(roomId, limit).map((row) => ({
        id: row['recipient_id'] as ParticipantId,
        amount: Number(row['amount']),
        gifts: Number(row['gifts']),
      })),
    );
  }

  async saveCatalogue(roomId: RoomId, catalogue: GiftCatalogue): Promise<void> {
    await this.#file.write(() => this.#statements.saveCatalogue.run({ roomId, catalogue: JSON.stringify(catalogue) }));
  }

  saveGoal(roomId: RoomId, goal: GiftGoalInput | null): Promise<GiftGoal | null> {
    return this.#file.writeTogether(() => {
      const since = toTotals(this.#statements.findRoom.get(roomId)).amount;
      const saved = goal && { ...goal, since };
      this.#statements.saveGoal.run({ roomId, goal: saved && JSON.stringify(saved) });
      return saved;
    });
  }

  #charge({ id, roomId, from, to, amount, funds, sentAt }: GiftDraft): void {
    if (funds.from === 'external' && !this.#charges.close(funds.chargeId)) {
      throw new ProtocolError('unavailable', 'The charge is being given back.');
    }
    this.#ledger.transfer({
      kind: 'gift',
      reference: id,
      note: null,
      from: funds.from === 'wallet' ? `wallet:${from.id}` : 'external',
      to: to === null ? `room:${roomId}` : `earned:${to.id}`,
      amount,
      at: sentAt,
    });
  }

  #append({ roomId, id, key, item, count, amount, from, to, sentAt }: GiftDraft): SentGift {
    const totals = toTotals(this.#statements.addToRoom.get({ roomId, amount }));
    const index = totals.gifts - 1;
    const gifter = toGifter(
      this.#statements.addToGifter.get({ roomId, participantId: from.id, name: from.name, amount, index }) ?? {},
    );
    const before = this.#statements.findCombo.get({
      roomId,
      senderId: from.id,
      recipientId: to?.id ?? null,
      itemId: item.id,
      since: sentAt - COMBO_MS,
    });
    const gift: Gift = {
      id,
      index,
      item,
      count,
      amount,
      combo: Number(before?.['combo'] ?? 0) + count,
      from,
      to,
      sentAt,
    };
    this.#statements.append.run({
      roomId,
      index,
      id,
      key,
      senderId: from.id,
      senderName: from.name,
      senderRole: from.role,
      recipientId: to?.id ?? null,
      recipientName: to?.name ?? null,
      itemId: item.id,
      item: JSON.stringify(item),
      count,
      amount,
      combo: gift.combo,
      sentAt,
    });
    return { gift, totals, gifter };
  }

  /** A gift of before, and how the room stands now. */
  #standing(roomId: RoomId, gift: Gift): SentGift {
    const gifter = this.#statements.findGifter.get({ roomId, participantId: gift.from.id });
    return { gift, totals: toTotals(this.#statements.findRoom.get(roomId)), gifter: toGifter(gifter ?? {}) };
  }

  #selectGifts(roomId: RoomId, before: number, limit: number): Gift[] {
    return this.#statements.list.all({ roomId, before, limit }).map(toGift);
  }
}

function prepareStatements(file: SqliteFile) {
  return {
    findRoom: file.prepare('SELECT * FROM gift_rooms WHERE room_id = ?'),
    addToRoom: file.prepare(
      `INSERT INTO gift_rooms (room_id, gifts, amount) VALUES (:roomId, 1, :amount)
       ON CONFLICT DO UPDATE SET gifts = gifts + 1, amount = amount + excluded.amount RETURNING gifts, amount`,
    ),
    saveCatalogue: file.prepare(
      `INSERT INTO gift_rooms (room_id, catalogue) VALUES (:roomId, :catalogue)
       ON CONFLICT DO UPDATE SET catalogue = excluded.catalogue`,
    ),
    saveGoal: file.prepare(
      `INSERT INTO gift_rooms (room_id, goal) VALUES (:roomId, :goal) ON CONFLICT DO UPDATE SET goal = excluded.goal`,
    ),
    findGifter: file.prepare('SELECT * FROM gifters WHERE room_id = :roomId AND participant_id = :participantId'),
    addToGifter: file.prepare(
      `INSERT INTO gifters VALUES (:roomId, :participantId, :name, :amount, 1, :index)
       ON CONFLICT DO UPDATE SET name = excluded.name, amount = amount + excluded.amount, gifts = gifts + 1,
         last_index = excluded.last_index RETURNING *`,
    ),
    top: file.prepare('SELECT * FROM gifters WHERE room_id = ? ORDER BY amount DESC, last_index LIMIT ?'),
    find: file.prepare('SELECT * FROM gifts WHERE room_id = :roomId AND sender_id = :senderId AND request_key = :key'),
    findCombo: file.prepare(
      `SELECT combo FROM gifts WHERE room_id = :roomId AND sender_id = :senderId AND recipient_id IS :recipientId
         AND item_id = :itemId AND sent_at >= :since ORDER BY sent_at DESC, gift_index DESC LIMIT 1`,
    ),
    append: file.prepare(
      `INSERT INTO gifts VALUES (:roomId, :index, :id, :key, :senderId, :senderName, :senderRole, :recipientId,
         :recipientName, :itemId, :item, :count, :amount, :combo, :sentAt)`,
    ),
    list: file.prepare(
      'SELECT * FROM gifts WHERE room_id = :roomId AND gift_index < :before ORDER BY gift_index DESC LIMIT :limit',
    ),
    receivers: file.prepare(
      `SELECT recipient_id, sum(amount) AS amount, count(*) AS gifts FROM gifts
       WHERE room_id = ? AND recipient_id IS NOT NULL GROUP BY recipient_id ORDER BY 2 DESC, 1 LIMIT ?`,
    ),
  };
}

/** What this store itself wrote. */
function parseJson<T>(text: unknown): T | null {
  return typeof text === 'string' ? JSON.parse(text) : null;
}

function toTotals(row: Row | undefined): GiftTotals {
  return { gifts: Number(row?.['gifts'] ?? 0), amount: Number(row?.['amount'] ?? 0) };
}

function toGifter(row: Row): Gifter {
  return {
    id: row['participant_id'] as ParticipantId,
    name: String(row['name']),
    amount: Number(row['amount']),
    gifts: Number(row['gifts']),
  };
}

function toGift(row: Row): Gift {
  const { id, gift_index, item, count, amount, combo, sent_at, ...who } = row as GiftRow;
  return {
    id,
    index: gift_index,
    item: JSON.parse(item),
    count,
    amount,
    combo,
    from: { id: who.sender_id as ParticipantId, name: who.sender_name, role: who.sender_role as RoleName },
    to: who.recipient_id === null ? null : { id: who.recipient_id as ParticipantId, name: who.recipient_name ?? '' },
    sentAt: sent_at,
  };
}

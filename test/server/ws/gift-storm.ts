import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gift, GiftTotals, ParticipantId, ReplyData, RoomId } from '../../../src/protocol/index.ts';
import { mintToken } from '../../../server/src/auth/mint-token.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { startBreakProcess } from './break-process.ts';
import { ChatClient } from './chat-client.ts';
import { assertBooks } from './ledger-books.ts';
import { SECRET } from './test-server.ts';

export interface GiftStorm {
  readonly rooms: number;
  readonly clientsInRoom: number;
  /** That each client gives, one coin each. */
  readonly gifts: number;
  /** How often the server is killed. */
  readonly kills: number;
  /** How often a tenth of the sockets is cut. */
  readonly cuts: number;
}

export interface StormReport {
  readonly given: number;
  /** Refused for want of money, as they had to be. */
  readonly refused: number;
  /** Requests sent again because the reply was lost. */
  readonly repeated: number;
  readonly seconds: number;
}

/** Gifts that a client has under way at a time. */
const PIPELINED = 3;
/** Every so many clients have less than they want to give. */
const POOR_EVERY = 10;

/** One who gives, and sees what the others give. */
class Giver {
  readonly client: ChatClient;
  readonly id: string;
  readonly answered = new Map<string, Gift>();
  refused = 0;
  #totals: GiftTotals = { gifts: 0, amount: 0 };
  /** Index of the last gift that an event brought. */
  #lastIndex = -1;

  constructor(id: string, room: string, token: string, url: string) {
    this.id = id;
    this.client = new ChatClient({
      url,
      room,
      token,
      handleEvent: ({ name, data }) => {
        if (name !== 'giftSent' || !('totals' in data)) return;
        const { index } = data.gift;
        if (index <= this.#lastIndex) this.client.violations.push(`gift ${index} after ${this.#lastIndex}`);
        this.#lastIndex = index;
        this.#totals = data.totals;
      },
    });
  }

  get totals(): GiftTotals {
    return this.#totals;
  }

  /** Sends one gift, every third time twice at once, until it is answered. */
  async give(number: number, to: string | null): Promise<void> {
    const key = randomUUID();
    const copies = number % 3 === 0 ? 2 : 1;
    const data = { giftId: 'heart', price: 1, count: 1, to };
    const replies = await Promise.all(Array.from({ length: copies }, () => this.client.request('sendGift', data, key)));
    const first = replies[0]!;
    for (const reply of replies) assert.deepEqual([reply.data, reply.error], [first.data, first.error]);
    if (first.error) {
      assert.equal(first.error.code, 'insufficientFunds');
      this.refused += 1;
      return;
    }
    const { gift } = first.data as ReplyData<'sendGift'>;
    assert.ok(!this.answered.has(gift.id), 'two requests made one gift');
    this.answered.set(gift.id, gift);
  }
}

/**
 * Gives while sockets are cut, requests are doubled and the server is killed, and asserts that each gift was charged once and told
 * once, that the ledger sums to zero and that everybody's totals are those of the server.
 */
export async function runGiftStorm({ rooms, clientsInRoom, gifts, kills, cuts }: GiftStorm): Promise<StormReport> {
  const folder = await mkdtemp(join(tmpdir(), 'ils-gift-storm-'));
  const database = join(folder, 'rooms.db');
  const names = Array.from({ length: rooms * clientsInRoom }, (_, index) => ({
    id: `p${index}`,
    room: `room-${index % rooms}`,
    funds: index % POOR_EVERY === 0 ? Math.floor(gifts / 2) : gifts,
  }));
  await creditAll(database, names);
  let server = await startBreakProcess(database, 0);
  const url = `ws://127.0.0.1:${server.port}/ws`;
  const givers: Giver[] = [];
  try {
    for (const { id, room } of names) givers.push(new Giver(id, room, await tokenOf(id, room), url));
    await Promise.all(givers.map(({ client }) => client.until(() => client.isWelcome)));
    const startedAt = performance.now();
    const total = givers.length * gifts;
    let done = 0;
    let reached = (_done: number): void => {};
    const giving = Promise.all(
      givers.flatMap((giver) =>
        Array.from({ length: PIPELINED }, async (_, lane) => {
          for (let number = lane; number < gifts; number += PIPELINED) {
            await giver.give(number, null);
            reached((done += 1));
          }
        }),
      ),
    );
    const until = (count: number) =>
      new Promise<void>((resolve) => {
        if (done >= count) return resolve();
        reached = (now) => now >= count && resolve();
      });
    const steps = [
      ...Array.from({ length: kills }, (_, index) => ({ at: (index + 1) / (kills + 1), kill: true })),
      ...Array.from({ length: cuts }, (_, index) => ({ at: (index + 0.5) / cuts, kill: false })),
    ].sort((one, other) => one.at - other.at);
    for (const [step, { at, kill }] of steps.entries()) {
      await Promise.race([until(Math.floor(at * total)), giving]);
      if (kill) {
        await server.kill();
        server = await startBreakProcess(database, server.port);
      } else {
        for (const [index, { client }] of givers.entries()) if (index % 10 === step % 10) client.cut();
      }
    }
    await giving;
    const seconds = (performance.now() - startedAt) / 1_000;
    await assertOneTruth(givers, names);
    await server.kill();
    const given = new Set(givers.flatMap(({ answered }) => [...answered.keys()]));
    assertBooks(database, { given, credited: names.reduce((sum, { funds }) => sum + funds, 0) });
    return {
      given: givers.reduce((sum, { answered }) => sum + answered.size, 0),
      refused: givers.reduce((sum, { refused }) => sum + refused, 0),
      repeated: givers.reduce((sum, { client }) => sum + client.repeated, 0),
      seconds,
    };
  } finally {
    for (const { client } of givers) client.stop();
    await rm(folder, { recursive: true });
  }
}

interface Name {
  readonly id: string;
  readonly room: string;
  readonly funds: number;
}

async function creditAll(database: string, names: readonly Name[]): Promise<void> {
  const store = SqliteRoomStore.open(database);
  await Promise.all(
    names.map(({ id, funds }) =>
      store.features.ledger.credit({ ownerId: id as ParticipantId, amount: funds, key: id, note: null, at: 0 }),
    ),
  );
  await store.close();
}

/** What the server says now is what each client has summed up by events, or would be given on its return. */
async function assertOneTruth(givers: readonly Giver[], names: readonly Name[]): Promise<void> {
  await Promise.all(
    givers.map(async ({ client, totals, answered, refused, id }, index) => {
      const { funds, room } = names[index]!;
      assert.deepEqual(client.violations, []);
      assert.equal(answered.size, funds, `${id} gave what was there`);
      const { data } = await client.request('getGifts', {});
      const whole = data as ReplyData<'getGifts'>;
      const inRoom = givers.filter((_, other) => names[other]!.room === room);
      const given = inRoom.reduce((sum, giver) => sum + giver.answered.size, 0);
      assert.deepEqual(whole.totals, { gifts: given, amount: given });
      assert.equal(whole.balance?.amount, 0);
      assert.ok(totals.gifts <= given && refused >= 0);
      const latest = whole.latest.at(-1);
      assert.equal(latest?.index, given - 1);
    }),
  );
}

async function tokenOf(participantId: string, room: string): Promise<string> {
  const options = { roomId: room as RoomId, participantId: participantId as ParticipantId, role: 'viewer' };
  return (await mintToken(SECRET, options)).token;
}

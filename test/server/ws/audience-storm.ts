import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { ParticipantId, PollId, PollView, ReplyFrame, RoomId } from '../../../src/protocol/index.ts';
import { ProtocolError } from '../../../src/protocol/errors.ts';
import { mintToken } from '../../../server/src/auth/mint-token.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { startBreakProcess } from './break-process.ts';
import { ChatClient } from './chat-client.ts';
import { KitClient } from './kit-client.ts';
import { assertBooks } from './ledger-books.ts';
import { SECRET } from './test-server.ts';

export interface AudienceStorm {
  readonly clients: number;
  /** That each client gives, one coin each, and how often each answers a poll. */
  readonly gifts: number;
  readonly votes: number;
  /** How often the server is killed. */
  readonly kills: number;
  /** How often a tenth of the sockets is cut. */
  readonly cuts: number;
}

export interface AudienceReport {
  readonly given: number;
  /** Refused for want of money, as they had to be. */
  readonly refused: number;
  readonly voted: number;
  readonly doubled: number;
  /** Sockets beyond the first of each client. */
  readonly returns: number;
  readonly seconds: number;
}

const ROOM = 'launch';
const POLLS = 10;
const OPTIONS = ['a', 'b', 'c', 'd'];
/** Gifts that a client has under way at a time. */
const GIFT_LANES = 3;
/** Every so many clients have half of what they want to give. */
const POOR_EVERY = 10;
const SETTLING_MS = 20_000;

/** One who gives and votes through the kit's own client. */
class Participant {
  readonly kit: KitClient;
  readonly funds: number;
  readonly given = new Set<string>();
  readonly choices = new Map<PollId, number>();
  refused = 0;

  constructor(kit: KitClient, funds: number) {
    this.kit = kit;
    this.funds = funds;
  }

  async join(): Promise<void> {
    const { room } = this.kit;
    room.use('gifts');
    room.use('polls');
    await room.actions.join();
    await until('the features', () => {
      const { gifts, polls } = room.store.features.loaded.peek();
      return gifts?.catalogue.peek() != null && polls?.known.peek() === true;
    });
  }

  async give(): Promise<void> {
    try {
      const { gift } = await this.kit.room.actions.sendGift({ giftId: 'heart', price: 1, count: 1, to: null });
      assert.ok(!this.given.has(gift.id), 'two requests made one gift');
      this.given.add(gift.id);
    } catch (error) {
      assert.ok(error instanceof ProtocolError, String(error));
      assert.equal(error.code, 'insufficientFunds');
      this.refused += 1;
    }
  }

  async vote(pollId: PollId, choice: number): Promise<void> {
    const { vote } = await this.kit.room.actions.vote({ pollId, answer: { type: 'choices', choices: [choice] } });
    assert.deepEqual(vote.answer, { type: 'choices', choices: [choice] });
    this.choices.set(pollId, choice);
  }

  /** Asserts that its store is what the server says now. */
  async assertTrue(): Promise<void> {
    const { store, actions } = this.kit.room;
    const { gifts, polls } = store.features.loaded.peek();
    assert.ok(gifts && polls);
    const [toldGifts, toldPolls] = await Promise.all([actions.getGifts({}), actions.getPolls({})]);
    const { totals, top, latest, balance } = toldGifts;
    assert.deepEqual(
      {
        totals: gifts.totals.peek(),
        top: gifts.top.peek(),
        latest: gifts.latest.peek(),
        balance: gifts.balance.peek(),
        // Those refused stay, to be sent again or let go.
        sending: gifts.pending.peek().filter(({ state }) => state === 'sending'),
        polls: [...polls.byId.peek().values()],
        votes: byPoll([...polls.votes.peek().values()]),
        tallies: byPoll([...polls.tallies.peek().values()]),
      },
      {
        totals,
        top,
        latest,
        balance,
        sending: [],
        polls: toldPolls.polls,
        votes: byPoll(toldPolls.votes),
        tallies: byPoll(toldPolls.tallies),
      },
    );
  }
}

/**
 * Gives and votes at once, through the kit's own client, while sockets are cut, requests are doubled and the server is killed; and
 * asserts that each request had one effect, that the ledger sums to zero and that every client's store is what the server says.
 */
export async function runAudienceStorm({ clients, gifts, votes, kills, cuts }: AudienceStorm): Promise<AudienceReport> {
  const folder = await mkdtemp(join(tmpdir(), 'ils-audience-storm-'));
  const database = join(folder, 'rooms.db');
  const funds = Array.from({ length: clients }, (_, index) =>
    index % POOR_EVERY === 0 ? Math.floor(gifts / 2) : gifts,
  );
  await credit(database, funds);
  let server = await startBreakProcess(database, 0);
  const { port } = server;
  const options = { roomId: ROOM as RoomId, participantId: 'host' as ParticipantId, role: 'host' };
  const { token } = await mintToken(SECRET, options);
  const host = new ChatClient({ url: `ws://127.0.0.1:${port}/ws`, room: ROOM, token });
  const people = funds.map((amount, index) => new Participant(new KitClient(port, ROOM, `p${index}`), amount));
  try {
    const polls = await openPolls(host);
    await Promise.all(people.map((person) => person.join()));
    const startedAt = performance.now();
    const total = clients * (gifts + votes);
    let done = 0;
    const working = Promise.all(
      people.flatMap((person, index) => [
        ...Array.from({ length: GIFT_LANES }, async (_, lane) => {
          for (let number = lane; number < gifts; number += GIFT_LANES) {
            await person.give();
            done += 1;
          }
        }),
        (async () => {
          for (let number = 0; number < votes; number += 1) {
            await person.vote(polls[number % POLLS]!, choiceOf(index, number));
            done += 1;
          }
        })(),
      ]),
    );
    const steps = [
      ...Array.from({ length: kills }, (_, index) => ({ at: (index + 1) / (kills + 1), kill: true })),
      ...Array.from({ length: cuts }, (_, index) => ({ at: (index + 0.5) / cuts, kill: false })),
    ].sort((one, other) => one.at - other.at);
    for (const [step, { at, kill }] of steps.entries()) {
      await Promise.race([until('the work', () => done >= at * total, Number.POSITIVE_INFINITY), working]);
      if (kill) {
        await server.kill();
        server = await startBreakProcess(database, port);
      } else {
        for (const [index, { kit }] of people.entries()) if (index % 10 === step % 10) kit.cut();
      }
    }
    await working;
    const seconds = (performance.now() - startedAt) / 1_000;
    await assertTruth(people);
    await assertTallies(host, polls, people);
    await server.kill();
    const given = people.flatMap((person) => [...person.given]);
    assert.equal(new Set(given).size, given.length, 'one gift for two');
    assertBooks(database, { given: new Set(given), credited: funds.reduce((sum, amount) => sum + amount, 0) });
    assertVotes(database, clients * votes);
    const sum = (of: (person: Participant) => number) => people.reduce((total_, person) => total_ + of(person), 0);
    return {
      given: given.length,
      refused: sum(({ refused }) => refused),
      voted: clients * votes,
      doubled: sum(({ kit }) => kit.doubled),
      returns: sum(({ kit }) => kit.sockets - 1),
      seconds,
    };
  } finally {
    for (const { kit } of people) kit.room.close();
    host.stop();
    await server.kill();
    await rm(folder, { recursive: true });
  }
}

const choiceOf = (person: number, number: number): number => (person * 7 + number * 3) % OPTIONS.length;

function byPoll<T extends { readonly pollId: PollId }>(entries: readonly T[]): readonly T[] {
  return entries.toSorted((one, other) => (one.pollId < other.pollId ? -1 : 1));
}

async function openPolls(host: ChatClient): Promise<PollId[]> {
  const polls: PollId[] = [];
  for (let index = 0; index < POLLS; index += 1) {
    const input = { question: `${index}?`, kind: 'single', options: OPTIONS, changeable: true, results: 'live' };
    const { id } = pollOf(await host.request('createPoll', input));
    pollOf(await host.request('launchPoll', { pollId: id }));
    polls.push(id);
  }
  return polls;
}

function pollOf({ data, error }: ReplyFrame): PollView {
  assert.equal(error, undefined);
  return (data as { poll: PollView }).poll;
}

async function credit(database: string, funds: readonly number[]): Promise<void> {
  const store = SqliteRoomStore.open(database);
  await Promise.all(
    funds.map((amount, index) =>
      store.features.ledger.credit({
        ownerId: `p${index}` as ParticipantId,
        amount,
        key: `credit-${index}`,
        note: null,
        at: 0,
      }),
    ),
  );
  await store.close();
}

async function assertTruth(people: readonly Participant[]): Promise<void> {
  for (const person of people) {
    const { kit, given, funds, refused, choices } = person;
    await settled(() => person.assertTrue());
    const { gifts, polls } = kit.room.store.features.loaded.peek();
    assert.equal(given.size, funds, `${kit.id} gave what was there`);
    assert.ok(refused >= 0);
    assert.equal(gifts?.balance.peek()?.amount, 0);
    assert.equal(
      gifts?.totals.peek().gifts,
      people.reduce((sum, each) => sum + each.given.size, 0),
    );
    for (const [pollId, choice] of choices) {
      assert.deepEqual(polls?.votes.peek().get(pollId)?.answer, { type: 'choices', choices: [choice] });
    }
  }
}

async function assertTallies(host: ChatClient, polls: readonly PollId[], people: readonly Participant[]) {
  for (const pollId of polls) {
    const { tally } = pollOf(await host.request('closePoll', { pollId }));
    const expected = OPTIONS.map(() => 0);
    for (const { choices } of people) expected[choices.get(pollId)!]! += 1;
    assert.equal(tally?.voters, people.length);
    assert.deepEqual(
      tally?.counts.map(({ count }) => count),
      expected,
    );
  }
  assert.deepEqual(host.violations, []);
}

function assertVotes(path: string, voted: number): void {
  const database = new DatabaseSync(path);
  assert.equal(database.prepare('SELECT count(*) AS votes FROM poll_votes').get()?.['votes'], voted);
  database.close();
}

/** Tries again and again until it holds; what does not in the end is thrown. */
async function settled(check: () => Promise<void>): Promise<void> {
  const endsAt = performance.now() + SETTLING_MS;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() >= endsAt) throw error;
      await wait(100);
    }
  }
}

/** Looks again and again until it is so. */
async function until(
  what: string,
  check: () => boolean | Promise<boolean>,
  limitMs: number = SETTLING_MS,
): Promise<void> {
  const endsAt = performance.now() + limitMs;
  while (!(await check())) {
    assert.ok(performance.now() < endsAt, `${what} did not come`);
    await wait(20);
  }
}

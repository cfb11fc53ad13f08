import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ChatMessage, ParticipantId, RoomId } from '../../../src/protocol/index.ts';
import { mintToken } from '../../../server/src/auth/mint-token.ts';
import { startBreakProcess } from './break-process.ts';
import { ChatClient } from './chat-client.ts';
import { SECRET, TestServer } from './test-server.ts';

const CUTS = 200;
const KILLS = 3;
/** Messages that each client has under way at a time. */
const PIPELINED = 3;
const plenty = { burst: 1_000_000, perSecond: 1_000_000 };

interface Talk {
  /** Stops talking, waits for the last answers, and gives what each said, in order. */
  finish(): Promise<string[][]>;
}

/** Lets each client talk without a pause. */
function startTalking(clients: readonly ChatClient[]): Talk {
  let talking = true;
  const said = clients.map((): string[] => []);
  const talks = clients.flatMap((client, speaker) =>
    Array.from({ length: PIPELINED }, async () => {
      while (talking) {
        const text = `${speaker}:${said[speaker]!.length}`;
        said[speaker]!.push(text);
        await client.say(text);
      }
    }),
  );
  return {
    async finish() {
      talking = false;
      await Promise.all(talks);
      return said;
    },
  };
}

/** Nothing lost, nothing twice, one order for all. */
async function assertOneHistory(clients: readonly ChatClient[], said: readonly string[][]): Promise<void> {
  const total = said.flat().length;
  const histories: ChatMessage[][] = [];
  for (const client of clients) {
    await client.until(() => client.messages.has(total - 1));
    await client.catchUp(total);
    assert.deepEqual(client.violations, []);
    assert.deepEqual(
      client.announced,
      client.announced.toSorted((one, other) => one - other),
    );
    assert.equal(new Set(client.announced).size, client.announced.length);
    const history = Array.from({ length: total }, (_, index) => client.messages.get(index)!);
    assert.equal(client.messages.size, total);
    histories.push(history);
  }
  for (const history of histories) assert.deepEqual(history, histories[0]);
  for (const [speaker, texts] of said.entries()) {
    const heard = histories[0]!.filter(({ author }) => author.id === `p${speaker}`).map(({ text }) => text);
    assert.deepEqual(heard, texts);
  }
}

async function tokenOf(participantId: string, room = 'launch', role = 'guest'): Promise<string> {
  const options = { roomId: room as RoomId, participantId: participantId as ParticipantId, role };
  return (await mintToken(SECRET, options)).token;
}

describe('breaks', () => {
  it('[R3] [Q2] [C1] lose, double and reorder nothing when every socket is cut 200 times in mid-chat', async () => {
    const server = await TestServer.start({ limits: { requests: plenty, chatMessages: plenty } });
    server.clock.advance(Date.now() - server.clock.now());
    const { url } = server;
    const clients = await Promise.all(
      Array.from(
        { length: 5 },
        async (_, index) => new ChatClient({ url, room: 'launch', token: await tokenOf(`p${index}`) }),
      ),
    );
    const elsewhere = new ChatClient({ url, room: 'elsewhere', token: await tokenOf('p0', 'elsewhere') });
    await elsewhere.until(() => elsewhere.isWelcome);
    const talk = startTalking(clients);
    for (let cuts = 0; cuts < CUTS; cuts += 1) {
      await Promise.all(
        clients.map((client) => {
          const { size } = client.messages;
          return client.until(() => client.isWelcome && client.messages.size > size);
        }),
      );
      if (cuts % 20 === 0) await elsewhere.say(`${cuts}`);
      for (const client of clients) client.cut();
    }
    const said = await talk.finish();
    await assertOneHistory(clients, said);
    for (const client of clients) {
      assert.equal(client.welcomes.length, CUTS + 1);
      assert.ok(client.repeated >= CUTS, `${client.repeated} requests were repeated`);
      assert.ok(client.welcomes.slice(1).every(({ resumed, snapshot }) => resumed && snapshot === null));
    }
    assert.equal(elsewhere.welcomes.length, 1);
    assert.equal(elsewhere.messages.size, CUTS / 20);
    assert.deepEqual(elsewhere.violations, []);
    for (const client of [...clients, elsewhere]) client.stop();
    await server.stop();
  });

  it('[C2] [T2] [R3] come back whole when the server is killed in mid-chat', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ils-breaks-'));
    const database = join(folder, 'rooms.db');
    let server = await startBreakProcess(database, 0);
    const url = `ws://127.0.0.1:${server.port}/ws`;
    const clients = await Promise.all(
      Array.from(
        { length: 4 },
        async (_, index) => new ChatClient({ url, room: 'launch', token: await tokenOf(`p${index}`) }),
      ),
    );
    const host = new ChatClient({ url, room: 'launch', token: await tokenOf('host', 'launch', 'host') });
    await Promise.all([host, ...clients].map((client) => client.until(() => client.isWelcome)));
    const moved = await host.request('changeRole', { participantId: 'p0', role: 'viewer' });
    assert.deepEqual(moved.data, { status: 'changed' });
    await host.request('spotlight', { participantId: 'p1' });

    const talk = startTalking(clients);
    for (let kills = 0; kills < KILLS; kills += 1) {
      const { size } = host.messages;
      await host.until(() => host.messages.size >= size + 50);
      await server.kill();
      const before = [host, ...clients].map(({ welcomes }) => welcomes.length);
      server = await startBreakProcess(database, server.port);
      const startedAt = performance.now();
      await Promise.all(
        [host, ...clients].map((client, index) => client.until(() => client.welcomes.length > before[index]!)),
      );
      assert.ok(performance.now() - startedAt < 5_000, 'back within 5 s');
    }
    const said = await talk.finish();
    await assertOneHistory(clients, said);
    for (const { welcomes } of clients) {
      assert.equal(welcomes.length, KILLS + 1);
      assert.equal(welcomes.at(-1)?.resumed, false);
      assert.equal(welcomes.at(-1)?.snapshot?.spotlight, 'p1');
    }
    assert.equal(clients[0]?.welcomes.at(-1)?.snapshot?.self.participant.role, 'viewer');
    for (const client of [host, ...clients]) client.stop();
    await server.kill();
    await rm(folder, { recursive: true });
  });
});

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Room } from '../../src/room/room.ts';
import { FakeClock, settle, type Direction, type SocketPair } from '../../src/testing/index.ts';
import { openRoom } from './open-room.ts';
import { ScriptedServer } from './scripted-server.ts';

/** One turn; what a turn does not need it does not look at. */
interface Step {
  readonly do: 'send' | 'deliver' | 'drop' | 'double' | 'reorder' | 'cut' | 'wait' | 'retry' | 'forget' | 'delete';
  readonly client: number;
  readonly way: Direction;
  readonly at: number;
  readonly told: 'both' | 'client' | 'server' | 'nobody';
  readonly ms: number;
}

/** Up to 80 turns, of kinds by weight. */
function turns(weights: Partial<Record<Step['do'], number>>): fc.Arbitrary<Step[]> {
  const kinds = Object.entries(weights) as [Step['do'], number][];
  const kind = fc.oneof(...kinds.map(([name, weight]) => ({ weight, arbitrary: fc.constant(name) })));
  return fc.array(
    fc.record({
      do: kind,
      client: fc.nat(1),
      way: fc.constantFrom<Direction>('toServer', 'toClient'),
      at: fc.nat(5),
      told: fc.constantFrom<Step['told']>('both', 'client', 'server', 'nobody'),
      ms: fc.nat(3_000),
    }),
    { maxLength: 80, size: 'max' },
  );
}

const calm = { send: 6, deliver: 8, wait: 2, retry: 1 };
const cuts = turns({ ...calm, cut: 4 });
const anything = turns({ ...calm, cut: 2, drop: 2, double: 2, reorder: 2, forget: 1, delete: 1 });

interface Client {
  readonly name: string;
  readonly room: Room;
  readonly sent: string[];
  pair(): SocketPair | undefined;
}

/** Two clients and a server on one clock; nothing moves by itself. */
async function openScene(sameText: boolean) {
  const clock = new FakeClock();
  const server = new ScriptedServer(() => clock.epoch());
  server.replayLimit = 8;
  server.snapshotMessages = 4;
  const owners = new Map<SocketPair, string>();
  const clients: Client[] = [];
  for (const name of ['ada', 'grace']) {
    const { room, join } = openRoom({
      server,
      clock,
      tokenProvider: () => name,
      openSocket(url, listener) {
        const socket = server.network.openSocket(url, listener);
        owners.set(server.network.latest, name);
        return socket;
      },
    });
    await join();
    const pair = (): SocketPair | undefined =>
      server.network.pairs.findLast((other) => owners.get(other) === name && other.clientOpen);
    clients.push({ name, room, sent: [], pair });
  }

  const check = ({ room, name, sent }: Client): void => {
    const { log, pending } = room.store.chat;
    const texts = new Map<string, number>();
    const count = (text: string): void => void texts.set(text, (texts.get(text) ?? 0) + 1);
    for (let index = 0; index < log.total; index++) {
      const message = log.at(index);
      if (!message) continue;
      expect(message.index, 'in its place').to.equal(index);
      expect(message.id, 'the one of that place').to.equal(server.messages[index]?.id);
      if (message.author.id === name && !message.deleted) count(message.text);
    }
    for (const { text } of pending.value) count(text);
    for (const [text, times] of texts)
      expect(times, `"${text}" of ${name} is not shown twice`).to.be.at.most(
        sent.filter((other) => other === text).length,
      );
  };

  let next = 0;
  const run = async (step: Step): Promise<void> => {
    if (step.do === 'wait') {
      // What was sent on links that were given up arrives late.
      for (const pair of server.network.pairs) if (!pair.clientOpen) pair.deliver('toServer', Infinity);
      await clock.advance(step.ms);
    } else if (step.do === 'forget') {
      server.forgetPlaces();
    } else if (step.do === 'delete') {
      const message = server.messages.findLast(({ deleted }) => !deleted);
      if (message) {
        server.messages[message.index] = { ...message, text: '', deleted: true };
        server.emit('chatDeleted', { messageId: message.id, index: message.index, deletedBy: message.author.id });
      }
    } else {
      const target = clients[step.client]!;
      const pair = target.pair();
      if (step.do === 'send') {
        const text = sameText ? 'hi' : `${target.name} ${next++}`;
        target.sent.push(text);
        target.room.actions.sendChat(text).catch(() => {});
      } else if (step.do === 'retry') {
        for (const { key, state } of target.room.store.chat.pending.value)
          if (state === 'failed') target.room.actions.retryChat(key).catch(() => {});
      } else if (pair) {
        if (step.do === 'deliver') {
          pair.open();
          pair.deliver(step.way, step.at);
        } else if (step.do === 'cut') pair.cut(step.told);
        else if (step.do === 'drop') pair.drop(step.way, step.at);
        else if (step.do === 'double') pair.double(step.way, step.at);
        else pair.reorder(step.way, step.at, 0);
      }
    }
    await settle();
    for (const each of clients) check(each);
  };

  /** No more trouble: everything is delivered, what failed is sent again, holes are loaded. */
  const heal = async (): Promise<void> => {
    const calmDown = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 500) {
        for (let turn = 0; turn < 4; turn++) {
          for (const pair of server.network.pairs) pair.deliverAll();
          await settle();
        }
        await clock.advance(500);
      }
    };
    await calmDown(20_000);
    // Of two with one text, the one that comes to light when the other is confirmed needs another try.
    const failed = (): (() => Promise<void>)[] =>
      clients.flatMap(({ room }) =>
        room.store.chat.pending.value
          .filter(({ state }) => state === 'failed')
          .map(
            ({ key }) =>
              () =>
                room.actions.retryChat(key),
          ),
      );
    for (let tries = failed(), round = 0; tries.length > 0 && round < 80; tries = failed(), round++) {
      for (const retry of tries) retry().catch(() => {});
      await calmDown(1_000);
    }
    // What was lost at the very end shows by the number of the next event.
    server.say('somebody', 'the end');
    await calmDown(2_000);
    for (const { room } of clients)
      for (let index = room.store.chat.log.total; index > 0; index--)
        if (!room.store.chat.log.at(index - 1)) {
          void room.actions.loadChat(index);
          await calmDown(500);
        }
  };

  return { server, clients, run, heal, check };
}

interface Expectations {
  readonly sameText?: boolean;
  /** Each author's messages stand in the order in which they were sent. */
  readonly inOrder?: boolean;
}

async function checkChat(steps: readonly Step[], { sameText = false, inOrder = false }: Expectations): Promise<void> {
  const scene = await openScene(sameText);
  for (const step of steps) await scene.run(step);
  await scene.heal();
  const { messages } = scene.server;
  for (const each of scene.clients) {
    scene.check(each);
    const { log, pending } = each.room.store.chat;
    expect(each.room.store.connection.state.value).to.equal('joined');
    expect(pending.value.map(({ text }) => text)).to.deep.equal([]);
    expect(log.total).to.equal(messages.length);
    expect(messages.map(({ index }) => log.at(index))).to.deep.equal(messages);
    const own = messages.filter(({ author }) => author.id === each.name);
    expect(own, 'one message for each that was sent').to.have.length(each.sent.length);
    if (inOrder) expect(own.map(({ text }) => text)).to.deep.equal(each.sent);
    each.room.close();
  }
}

describe('chat under every kind of trouble', () => {
  it('[Q2] [Q3] [N1] [R3] [C1] loses nothing, doubles nothing and keeps the order over cuts', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, (steps) => checkChat(steps, { inOrder: true })),
      { numRuns: 120 },
    );
  }).timeout(60_000);

  it('[Q2] [N4] loses and doubles nothing when frames are dropped, doubled and reordered', async () => {
    await fc.assert(
      fc.asyncProperty(anything, (steps) => checkChat(steps, {})),
      { numRuns: 120 },
    );
  }).timeout(60_000);

  it('tells messages of the same text apart', async () => {
    await fc.assert(
      fc.asyncProperty(anything, (steps) => checkChat(steps, { sameText: true })),
      { numRuns: 120 },
    );
  }).timeout(60_000);
});

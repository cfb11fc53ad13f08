import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { ERRORS, REQUESTS } from '../../../src/protocol/index.ts';
import { TestServer, type JoinedClient, type TestServerOptions } from '../ws/test-server.ts';
import { message, request } from './arbitraries.ts';

const SEED = 20_300_101;
const MESSAGES_PER_RUN = 50;
const plenty = { burst: 1_000_000, perSecond: 1_000_000 };
const withoutLimits = {
  requests: plenty,
  mediaRequests: plenty,
  chatMessages: plenty,
  refusalsPerSecond: 1_000_000,
  deadAfterMs: 1_000_000,
};
const nobody = { name: 'nobody', publish: [], watch: 'none', permissions: [] } as const;

/** Sends each message, on a new socket where the server has closed the last. */
class Attacker {
  readonly #server: TestServer;
  readonly #role: string;
  #client: JoinedClient | null = null;
  readonly codes = new Map<string, number>();

  constructor(server: TestServer, role: string) {
    this.#server = server;
    this.#role = role;
  }

  async send(messages: readonly (string | Buffer)[]): Promise<void> {
    for (const each of messages) {
      if (!this.#client || this.#client.closeCode !== null) {
        // A token issued after a removal opens again.
        this.#server.clock.advance(1);
        this.#client = await this.#server.join('attacker', { role: this.#role });
      }
      await this.#exchange(this.#client, each);
    }
  }

  /** A frame is answered, or it ends the socket with a word. */
  async #exchange(client: JoinedClient, each: string | Buffer): Promise<void> {
    const heard = client.frames.length;
    client.send(each);
    client.send({ type: 'ping', at: heard });
    const since = () => client.frames.slice(heard);
    const isAnswered = () => since().some(({ type }) => type === 'reply' || type === 'bye');
    const isPing = () => !isRequest(each) && since().some((frame) => frame.type === 'pong');
    await client.until(
      () => isAnswered() || isPing() || client.closeCode !== null,
      `an answer to ${String(each)}`,
      'open',
    );
    if (since().some(({ type }) => type === 'bye')) await client.closed();
    for (const frame of since()) {
      if (frame.type !== 'reply' && frame.type !== 'bye') continue;
      const code = frame.error?.code ?? 'ok';
      assert.ok(code === 'ok' || Object.hasOwn(ERRORS, code), code);
      this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    }
  }
}

function isRequest(each: string | Buffer): boolean {
  try {
    const frame: unknown = JSON.parse(String(each));
    return typeof frame === 'object' && frame !== null && 'type' in frame && frame.type === 'request';
  } catch {
    return false;
  }
}

describe('10,000 random messages', () => {
  let server: TestServer;
  let witness: JoinedClient;

  async function start(options: TestServerOptions): Promise<void> {
    server = await TestServer.start(options);
    witness = await server.join('host', { role: 'host' });
    await witness.ask('sendChat', { text: 'All is well' });
  }

  before(async () => {
    await start({ limits: withoutLimits, templates: [{ name: 'default', roles: [nobody] }] });
  });

  after(async () => {
    await server.stop();
  });

  it('[P1] [Q5] [L1] have no effect where the sender may do nothing', async () => {
    const attacker = new Attacker(server, 'nobody');
    const room = await server.rooms.open(witness.welcome.snapshot!.room.id);
    const state = () => [room.channel.seq, room.chat.view, room.stage.streams, room.stage.spotlight, room.offers.views];
    const before = state();
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: MESSAGES_PER_RUN, maxLength: MESSAGES_PER_RUN }),
        async (messages) => {
          await attacker.send(messages);
          assert.deepEqual(state(), before);
          assert.equal(witness.closeCode, null);
        },
      ),
      { numRuns: 200, seed: SEED },
    );
    assert.deepEqual(server.errors, []);
    assert.deepEqual(Object.keys(Object.prototype), []);
    assert.equal(await witness.codeOf('sendChat', { text: 'All is still well' }), null);
    for (const code of ['ok', 'badFrame', 'badRequest', 'unknownRequest', 'forbidden', 'expired', 'notFound']) {
      assert.ok((attacker.codes.get(code) ?? 0) > 0, `${code} was among the answers`);
    }
  });

  it('[E1] are answered as the protocol says where the sender may do everything', async () => {
    const attacker = new Attacker(server, 'host');
    const harmless = request.filter(({ name }) => name !== 'endRoom').map((each) => JSON.stringify(each));
    await fc.assert(
      fc.asyncProperty(
        fc.array(harmless, { minLength: MESSAGES_PER_RUN, maxLength: MESSAGES_PER_RUN }),
        async (messages) => {
          await attacker.send(messages);
        },
      ),
      { numRuns: 40, seed: SEED },
    );
    assert.deepEqual(server.errors, []);
    assert.deepEqual(witness.violations, []);
  });

  it('[Q5] never read keys that every object has', async () => {
    const client = await server.join('proto', { role: 'host' });
    for (const name of Object.keys(REQUESTS)) {
      if (name === 'leave' || name === 'endRoom') continue;
      client.send(
        `{"type":"request","id":1000000,"key":"proto-${name}","name":"${name}","data":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}`,
      );
    }
    await client.settle();
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
    assert.equal(client.closeCode, null);
    assert.deepEqual(server.errors, []);
  });
});

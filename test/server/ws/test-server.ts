import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ParticipantId, Permission, RoomId, WelcomeFrame } from '../../../src/protocol/index.ts';
import { mintToken, type TokenOptions } from '../../../server/src/auth/mint-token.ts';
import { createTokenVerifier } from '../../../server/src/auth/token-verifier.ts';
import type { BroadcastParts } from '../../../server/src/broadcast/broadcast-run.ts';
import { ComposerTokens } from '../../../server/src/broadcast/composer/composer-tokens.ts';
import { FakeMedia } from '../../../server/src/media/fake/fake-media.ts';
import type { ServerLimits } from '../../../server/src/rooms/limits.ts';
import type { Logger } from '../../../server/src/rooms/logger.ts';
import { Rooms, type RoomsOptions } from '../../../server/src/rooms/rooms.ts';
import type { RoomStore } from '../../../server/src/store/room-store.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { RoomSocketServer } from '../../../server/src/ws/room-socket-server.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { RawClient, type HelloOptions } from './raw-client.ts';

export const SECRET = 'a secret that is only for tests, 32+';

export interface TestServerOptions {
  readonly limits?: Partial<ServerLimits>;
  readonly templates?: NonNullable<RoomsOptions['templates']>;
  readonly createOnJoin?: boolean;
  readonly store?: RoomStore;
  readonly broadcastParts?: BroadcastParts;
}

/** What a token says; the rest is of no matter to the test. */
export interface Bearer extends Partial<Omit<TokenOptions, 'roomId' | 'participantId'>> {
  readonly room?: string;
  readonly permissions?: readonly Permission[];
}

/** A server on a real port of loopback, with a clock that the test moves. */
export class TestServer {
  readonly clock: ManualClock;
  readonly media = new FakeMedia();
  readonly rooms: Rooms;
  readonly composerTokens: ComposerTokens;
  readonly sockets: RoomSocketServer;
  readonly store: RoomStore;
  /** Whatever was logged as an error. */
  readonly errors: object[] = [];
  readonly #http: Server;
  readonly #clients: RawClient[] = [];

  private constructor(options: TestServerOptions, tokens: ComposerTokens, store: RoomStore, clock: ManualClock) {
    this.clock = clock;
    this.store = store;
    this.composerTokens = tokens;
    const logger: Logger = { debug() {}, info() {}, warn() {}, error: (details) => this.errors.push(details) };
    this.rooms = new Rooms({
      store,
      media: this.media,
      clock,
      logger,
      limits: { socketsPerAddressPerSecond: 10_000, ...options.limits },
      ...(options.broadcastParts ? { broadcastParts: options.broadcastParts } : {}),
      ...(options.templates ? { templates: options.templates } : {}),
      ...(options.createOnJoin === undefined ? {} : { createOnJoin: options.createOnJoin }),
    });
    this.sockets = new RoomSocketServer({ rooms: this.rooms, tokens });
    this.#http = createServer((_, response) => response.writeHead(404).end());
    this.sockets.attach(this.#http);
  }

  static async start(options: TestServerOptions = {}): Promise<TestServer> {
    const clock = new ManualClock();
    const tokens = new ComposerTokens(await createTokenVerifier({ keys: { secret: SECRET }, clock }), clock);
    const server = new TestServer(options, tokens, options.store ?? SqliteRoomStore.open(':memory:'), clock);
    server.#http.listen(0, '127.0.0.1');
    await once(server.#http, 'listening');
    return server;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  async token(participantId: string, { room = 'launch', role = 'viewer', ...rest }: Bearer = {}): Promise<string> {
    const { token } = await mintToken(SECRET, {
      now: this.clock.now(),
      ...rest,
      role,
      roomId: room as RoomId,
      participantId: participantId as ParticipantId,
    });
    return token;
  }

  /** A socket that has not said hello. */
  async open(autoPong = false): Promise<RawClient> {
    const client = await RawClient.open(this.url, autoPong);
    this.#clients.push(client);
    return client;
  }

  /** A client that has joined. */
  async join(participantId: string, bearer: Bearer = {}, hello: Partial<HelloOptions> = {}): Promise<JoinedClient> {
    const client = await this.open();
    const token = hello.token ?? (await this.token(participantId, bearer));
    const welcome = await client.hello({ room: bearer.room ?? 'launch', ...hello, token });
    return Object.assign(client, { welcome, bearer });
  }

  /** Comes back as `client` should: with its key and the last event it applied. */
  async resume(client: JoinedClient, lastSeq = client.lastSeq): Promise<JoinedClient> {
    const { participantId, sessionKey } = client.welcome;
    return this.join(participantId, client.bearer, { resume: { sessionKey, lastSeq } });
  }

  /** Lets time pass while these clients keep their links alive. */
  async elapse(ms: number, ...clients: RawClient[]): Promise<void> {
    for (let remainingMs = ms; remainingMs > 0; remainingMs -= 1_000) {
      this.clock.advance(Math.min(1_000, remainingMs));
      await Promise.all(clients.map((client) => client.settle()));
    }
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.cut();
    await this.sockets.close();
    await this.rooms.close();
    await this.media.close();
    await this.store.close();
    this.#http.close();
    await once(this.#http, 'close');
    for (const { violations } of this.#clients) assert.deepEqual(violations, []);
  }
}

export type JoinedClient = RawClient & { readonly welcome: WelcomeFrame; readonly bearer: Bearer };

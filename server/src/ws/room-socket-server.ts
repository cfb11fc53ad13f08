import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type Server, type ServerOptions } from 'ws';
import { LIMITS, ProtocolError } from '../../../src/protocol/index.ts';
import type { TokenVerifier } from '../auth/token.ts';
import { Requests } from '../handlers/requests.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { AddressLimit } from './address-limit.ts';
import { Connection, SWEEP_INTERVAL_MS, type ConnectionServices } from './connection.ts';
import { Greeter } from './greeter.ts';
import { RoomSocket } from './room-socket.ts';

/** How long a client may take to answer the closing of its socket. */
const CLOSE_TIMEOUT_MS = 2_000;
const SWEEPS_PER_SECOND = 1_000 / SWEEP_INTERVAL_MS;

export interface RoomSocketServerOptions {
  readonly rooms: Rooms;
  readonly tokens: TokenVerifier;
  /** Where the endpoint lies. Default `/ws`. */
  readonly path?: string;
  /** Whom a socket counts for ([L4]). Default: the address it comes from, which behind a proxy is the proxy's. */
  readonly addressOf?: (request: IncomingMessage) => string;
}

/** The WebSocket endpoint: opens sockets, watches over them, closes them. */
export class RoomSocketServer {
  readonly #services: ConnectionServices;
  readonly #path: string;
  readonly #addressOf: (request: IncomingMessage) => string;
  readonly #addressLimit: AddressLimit;
  readonly #sockets: Server<typeof RoomSocket>;
  readonly #connections = new Set<Connection>();
  readonly #stopSweeping: () => void;
  #sweeps = 0;
  #closed: PromiseWithResolvers<void> | null = null;

  constructor({ rooms, tokens, path = '/ws', addressOf }: RoomSocketServerOptions) {
    this.#services = { rooms, greeter: new Greeter(rooms, tokens), requests: new Requests(rooms, tokens) };
    this.#path = path;
    this.#addressOf = addressOf ?? ((request) => request.socket.remoteAddress ?? '');
    this.#addressLimit = new AddressLimit(rooms.limits.socketsPerAddressPerSecond);
    const options: ServerOptions<typeof RoomSocket> & { closeTimeout: number } = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: LIMITS.frameBytes,
      closeTimeout: CLOSE_TIMEOUT_MS,
      WebSocket: RoomSocket,
    };
    this.#sockets = new WebSocketServer(options);
    this.#stopSweeping = rooms.clock.every(SWEEP_INTERVAL_MS, () => this.#sweep());
  }

  /** Sockets open now. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Answers the upgrades of an HTTP server. */
  attach(server: HttpServer): void {
    server.on('upgrade', (request, socket, head) => this.handleUpgrade(request, socket, head));
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.url?.split('?', 1)[0] !== this.#path) {
      refuse(socket, '404 Not Found');
    } else if (this.#closed) {
      refuse(socket, '503 Service Unavailable');
    } else if (!this.#addressLimit.admit(this.#addressOf(request))) {
      this.#services.rooms.metrics.socketOpened('refused');
      refuse(socket, '429 Too Many Requests');
    } else {
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#open(webSocket, socket));
    }
  }

  /** Tells every client to come back later, and waits until all have gone. */
  close(): Promise<void> {
    if (this.#closed) return this.#closed.promise;
    this.#closed = Promise.withResolvers();
    const goingDown = new ProtocolError('unavailable', 'The server is going down.');
    for (const connection of this.#connections) connection.end(goingDown);
    this.#finishIfEmpty();
    return this.#closed.promise;
  }

  #open(webSocket: RoomSocket, stream: Duplex): void {
    this.#services.rooms.metrics.socketOpened('accepted');
    const connection = new Connection(this.#services, webSocket, stream, (closed) => {
      this.#connections.delete(closed);
      this.#finishIfEmpty();
    });
    this.#connections.add(connection);
  }

  #sweep(): void {
    this.#sweeps += 1;
    const isNewSecond = this.#sweeps % SWEEPS_PER_SECOND === 0;
    if (isNewSecond) this.#addressLimit.reset();
    for (const connection of this.#connections) connection.sweep(isNewSecond);
  }

  #finishIfEmpty(): void {
    if (!this.#closed || this.#connections.size > 0) return;
    this.#stopSweeping();
    this.#sockets.close();
    this.#closed.resolve();
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\nRetry-After: 1\r\n\r\n`);
}

import type { Duplex } from 'node:stream';
import { WebSocket, type RawData } from 'ws';
import {
  HEARTBEAT,
  LIMITS,
  PROTOCOL_VERSIONS,
  ProtocolError,
  type ErrorCode,
  type HelloFrame,
  type RequestFrame,
} from '../../../src/protocol/index.ts';
import type { Outcome } from '../handlers/request-memory.ts';
import type { Requests } from '../handlers/requests.ts';
import { encodeFrame, type Channel } from '../rooms/channel.ts';
import type { Link, Seat } from '../rooms/link.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { parseClientFrame } from './client-frame.ts';
import type { Greeter } from './greeter.ts';
import type { RoomSocket } from './room-socket.ts';

/** How often every connection is looked at. */
export const SWEEP_INTERVAL_MS = 250;
/** A silent socket is pinged: the browser answers also for a hidden page, whose own timers are throttled ([B1]). */
const SWEEPS_PER_HEARTBEAT = HEARTBEAT.intervalMs / SWEEP_INTERVAL_MS;

/** Requests that may come right behind the hello ([H1]). */
const EARLY_REQUESTS = 4;

export interface ConnectionServices {
  readonly rooms: Rooms;
  readonly greeter: Greeter;
  readonly requests: Requests;
}

/** One client's socket: hello first, then requests, until either end lets go. Kept small: there may be thousands. */
export class Connection implements Link {
  readonly #services: ConnectionServices;
  readonly #socket: RoomSocket;
  /** Written to directly: a frame is built once for all sockets. */
  readonly #stream: Duplex;
  #seat: Seat | null = null;
  #greeted = false;
  #closing = false;
  #closeCode: ErrorCode | 'dead' | 'slow' | null = null;
  /** Sweeps since the last frame. */
  #silence = 0;
  /** Sweeps since the socket opened. */
  #age = 0;
  #refusalsThisSecond = 0;
  #pendingRequests = 0;
  /** Bytes that were missed and are on their way. */
  #openingBytes = 0;
  /** The end of the token that was told to come. */
  #toldExpiry = 0;
  /** Requests that came before the welcome; made with the first, given up with the last. */
  #early: RequestFrame[] | null = null;

  constructor(
    services: ConnectionServices,
    socket: RoomSocket,
    stream: Duplex,
    onClosed: (closed: Connection) => void,
  ) {
    this.#services = services;
    this.#socket = socket;
    this.#stream = stream;
    socket.onRefusedFrame = (tooLarge) => this.#handleRefusedFrame(tooLarge);
    socket.on('message', (data, isBinary) => this.#handleMessage(data, isBinary));
    socket.on('pong', () => (this.#silence = 0));
    socket.on('error', () => this.#socket.terminate());
    socket.on('close', () => {
      this.#handleClose();
      onClosed(this);
    });
  }

  get isOpen(): boolean {
    return !this.#closing && this.#socket.readyState === WebSocket.OPEN;
  }

  open(frames: readonly Buffer[]): void {
    if (!this.isOpen) return;
    this.#stream.cork();
    for (const frame of frames) {
      this.#openingBytes += frame.length;
      this.#stream.write(frame);
    }
    this.#stream.uncork();
    if (!this.#stream.writableNeedDrain) this.#openingBytes = 0;
    else this.#stream.once('drain', () => (this.#openingBytes = 0));
  }

  write(frames: Buffer): void {
    if (!this.isOpen) return;
    if (this.#stream.writableLength > this.#services.rooms.limits.unsentBytes + this.#openingBytes) {
      this.#cut('slow');
      return;
    }
    this.#stream.write(frames);
  }

  end(error: ProtocolError): void {
    if (!this.isOpen) return;
    this.#sayBye(error);
    this.#socket.close(1000);
  }

  close(): void {
    if (!this.isOpen) return;
    this.#closing = true;
    this.#socket.close(1000);
  }

  moveTo(join: (version: number) => Seat): void {
    this.#seat = join(PROTOCOL_VERSIONS[0]);
    this.#toldExpiry = 0;
  }

  /** Looks after what takes time: hello ([H1]), heartbeat ([B1]), token ([T3]). */
  sweep(isNewSecond: boolean): void {
    if (!this.isOpen) return;
    const { limits } = this.#services.rooms;
    if (isNewSecond) this.#refusalsThisSecond = 0;
    this.#silence += 1;
    this.#age += 1;
    if (!this.#greeted && this.#age * SWEEP_INTERVAL_MS >= limits.helloTimeoutMs) {
      this.end(new ProtocolError('timeout', 'No hello came.'));
    } else if (this.#greeted && this.#silence * SWEEP_INTERVAL_MS >= limits.deadAfterMs) {
      this.#cut('dead');
    } else {
      if (this.#silence % SWEEPS_PER_HEARTBEAT === 0) this.#socket.ping();
      this.#checkToken();
    }
  }

  #handleMessage(data: RawData, isBinary: boolean): void {
    this.#silence = 0;
    if (!this.isOpen) return;
    try {
      if (isBinary || !Buffer.isBuffer(data)) throw new ProtocolError('badFrame', 'The frame is not text.');
      const frame = parseClientFrame(data);
      if (frame.type === 'ping') this.#handlePing(frame.at);
      else if (frame.type === 'hello') void this.#handleHello(frame);
      else this.#handleRequest(frame);
    } catch (error) {
      this.#fail(error);
    }
  }

  #handlePing(at: number): void {
    if (!this.#greeted) throw new ProtocolError('badFrame', 'The first frame must be hello.');
    this.write(encodeFrame({ type: 'pong', echo: at, at: this.#services.rooms.clock.now() }));
    this.#countRefusal();
  }

  /** Closes a socket that floods ([L2]). */
  #countRefusal(): void {
    this.#refusalsThisSecond += 1;
    if (this.#refusalsThisSecond <= this.#services.rooms.limits.refusalsPerSecond) return;
    this.end(new ProtocolError('rateLimited', 'Far too many frames.', 1_000));
  }

  async #handleHello(hello: HelloFrame): Promise<void> {
    if (this.#greeted) {
      this.end(new ProtocolError('badFrame', 'There was a hello before.'));
      return;
    }
    this.#greeted = true;
    try {
      const seat = await this.#services.greeter.greet(hello, this);
      // Who was moved on at once has another by now.
      this.#seat ??= seat;
      if (this.#seat) for (const request of this.#early ?? []) this.#handleRequest(request);
      this.#early = null;
      this.#checkToken();
    } catch (error) {
      this.#fail(error);
    }
  }

  #handleRequest(frame: RequestFrame): void {
    if (!this.#seat) {
      this.#wait(frame);
      return;
    }
    const { channel, id } = this.#seat.room;
    if (frame.room !== undefined && frame.room !== id) {
      const error = new ProtocolError('conflict', 'It was meant for another room.');
      this.#reply(channel, frame.id, { error: error.toWire() });
      return;
    }
    if (this.#pendingRequests < this.#services.rooms.limits.pendingRequests) {
      void this.#answer(frame, this.#seat);
    } else {
      const error = new ProtocolError('rateLimited', 'Too many requests wait for their reply.', 1_000);
      this.#reply(channel, frame.id, { error: error.toWire() });
    }
  }

  /** Asked right behind the hello: after the welcome it is answered like any other ([H1]). */
  #wait(frame: RequestFrame): void {
    this.#early ??= [];
    if (!this.#greeted || this.#early.length >= EARLY_REQUESTS) {
      throw new ProtocolError('badFrame', 'A request must wait for welcome.');
    }
    this.#early.push(frame);
  }

  async #answer(frame: RequestFrame, { room, participant }: Seat): Promise<void> {
    this.#pendingRequests += 1;
    const outcome = await this.#services.requests.handle(room, participant, frame);
    this.#pendingRequests -= 1;
    this.#reply(room.channel, frame.id, outcome);
  }

  #reply(channel: Channel, id: number, outcome: Outcome): void {
    channel.reply(this, { type: 'reply', id, ...outcome });
    if ('error' in outcome && outcome.error.code === 'rateLimited') this.#countRefusal();
  }

  #handleRefusedFrame(tooLarge: boolean): void {
    if (!this.isOpen) return;
    this.#sayBye(
      tooLarge
        ? new ProtocolError('frameTooLarge', `A frame has at most ${LIMITS.frameBytes} bytes.`)
        : new ProtocolError('badFrame', 'The frame is not text in UTF-8.'),
    );
  }

  #handleClose(): void {
    this.#closing = true;
    this.#services.rooms.metrics.socketClosed(this.#closeCode);
    if (this.#seat) this.#seat.room.disconnect(this.#seat.participant, this);
  }

  #checkToken(): void {
    if (!this.#seat) return;
    const { clock, limits } = this.#services.rooms;
    const { room, participant } = this.#seat;
    const expiresAt = participant.tokenExpiresAt;
    const remainingMs = expiresAt - clock.now();
    if (remainingMs <= 0) {
      this.end(new ProtocolError('tokenExpired', 'The token has expired.'));
    } else if (remainingMs <= limits.tokenNoticeMs && this.#toldExpiry !== expiresAt) {
      this.#toldExpiry = expiresAt;
      room.channel.signalTo(this, 'tokenExpiring', { expiresAt });
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof ProtocolError)) this.#services.rooms.logger.error({ err: error }, 'a frame failed');
    this.end(error instanceof ProtocolError ? error : new ProtocolError('internal', 'Something went wrong.'));
  }

  #sayBye(error: ProtocolError): void {
    this.#closing = true;
    this.#closeCode = error.code;
    this.#stream.write(encodeFrame({ type: 'bye', error: error.toWire() }));
  }

  #cut(why: 'dead' | 'slow'): void {
    this.#closeCode = why;
    this.#closing = true;
    this.#socket.terminate();
  }
}

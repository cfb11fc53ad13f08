import { batch } from '@preact/signals-core';
import { ERRORS, ProtocolError, isErrorCode, type ErrorCode, type WireError } from '../protocol/errors.ts';
import { HEARTBEAT } from '../protocol/limits.ts';
import { PROTOCOL_VERSIONS } from '../protocol/version.ts';
import type {
  ClientFrame,
  EventFrame,
  HelloFrame,
  PongFrame,
  RoomId,
  ServerFrame,
  SignalFrame,
  WelcomeFrame,
} from '../protocol/index.ts';
import type { ConnectionState } from '../store/connection.ts';
import type { WritableStore } from '../store/store.ts';
import type { Clock } from './clock.ts';
import { Heartbeat } from './heartbeat.ts';
import { createJoining, type Joining } from './joining.ts';
import { parseFrame } from './parse-frame.ts';
import { createKey, type Rpc } from './rpc.ts';
import { openSocketAhead } from './socket-ahead.ts';
import type { OpenSocket, Socket, SocketListener } from './socket.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** The wait before the second attempt, doubled for each one after ([R6]). Milliseconds. */
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 2_000;
/** How long an attempt may take to get its welcome; patience grows with the attempts. Milliseconds. */
const LONGEST_ATTEMPT_MS = 10_000;

const IN_ROOM: readonly ConnectionState[] = ['joined', 'reconnecting'];
const TRYING: readonly ConnectionState[] = ['connecting', 'joined', 'reconnecting'];

/** What a fatal error makes of the connection; all others make it `failed`. */
const ENDS: Partial<Record<ErrorCode, ConnectionState>> = {
  removed: 'removed',
  roomEnded: 'ended',
  tokenInvalid: 'denied',
  tokenExpired: 'denied',
};

export interface RoomConnectionParts {
  /** Address of the socket. */
  readonly url: string;
  readonly room: string;
  readonly name: string;
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly store: WritableStore;
  readonly rpc: Rpc;
  readonly tokens: TokenKeeper;
  readonly listener: RoomConnectionListener;
}

/** What the rest of the room hears of the connection. */
export interface RoomConnectionListener {
  /** An attempt with this token begins. */
  connecting(token: string): void;
  /** A newcomer has said hello: what they will ask first may follow at once, by {@link Rpc.askAhead}. */
  greeted(send: (frame: ClientFrame) => void): void;
  /** Within the change of the store that the welcome makes. */
  welcomed(welcome: WelcomeFrame): void;
  /** After that change, and after unanswered requests went out again. */
  connected(resumed: boolean): void;
  disconnected(): void;
  event(frame: EventFrame): void;
  signal(frame: SignalFrame): void;
}

/** How long a hello may take to reach the server after its attempt was given up. Milliseconds. */
const LATE_HELLO_MS = 30_000;

interface Link {
  readonly socket: Socket;
  heartbeat: Heartbeat | null;
  welcomed: boolean;
  readonly startedAt: number;
  quickestMs: number;
  cancelTimeout: () => void;
}

/** Gets into the room and stays there: hello and welcome, heartbeat, coming back, and every way out. */
export class RoomConnection {
  readonly #parts: RoomConnectionParts;
  #name: string;
  /** Our place in the room, once we have one ([R1]). */
  #session: { readonly key: string; lastSeq: number } | null = null;
  #link: Link | null = null;
  #joining: Joining | null = null;
  /** Which attempt is under way: what comes late from another is not heard. */
  #attempt = 0;
  #failures = 0;
  #attemptedAt = Number.NEGATIVE_INFINITY;
  #cancelRetry: (() => void) | null = null;
  #closed = false;
  /** Hellos of attempts that were given up: one that arrives late takes our own place over. */
  #lateHellos = { count: 0, until: 0 };

  constructor(parts: RoomConnectionParts) {
    this.#parts = parts;
    this.#name = parts.name;
  }

  get #state(): ConnectionState {
    return this.#parts.store.connection.state.value;
  }

  /** Resolves once joined, rejects when the server refuses for good. */
  join(name?: string): Promise<void> {
    if (this.#closed) return Promise.reject(new ProtocolError('disconnected', 'the room is closed'));
    if (this.#state === 'joined') return Promise.resolve();
    this.#joining ??= createJoining();
    const { promise } = this.#joining;
    if (TRYING.includes(this.#state)) return promise;
    if (name !== undefined) this.#name = name;
    this.#session = null;
    this.#failures = 0;
    this.#parts.tokens.reset();
    this.#parts.rpc.start();
    batch(() => {
      this.#parts.store.connection.error.value = null;
      this.#parts.store.connection.state.value = 'connecting';
    });
    void this.#connect();
    return promise;
  }

  /** Leaves for good and says so to the server, where it can be reached. */
  leave(): void {
    const { state } = this.#parts.store.connection;
    if (!TRYING.includes(state.value)) return;
    if (this.#link?.welcomed)
      this.#send(this.#link, { type: 'request', id: 0, key: createKey(), name: 'leave', data: {} });
    this.end('left', null);
  }

  /** Leaves, and joins no more. */
  close(): void {
    this.leave();
    this.#closed = true;
  }

  /** Out of the room, for good or until the next `join`. */
  end(state: ConnectionState, error: WireError | null): void {
    const reason = error
      ? ProtocolError.fromWire(error)
      : new ProtocolError('disconnected', `out of the room: ${state}`);
    this.#attempt++;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#closeLink();
    this.#session = null;
    batch(() => {
      const { connection } = this.#parts.store;
      connection.error.value = error;
      connection.retryAt.value = null;
      connection.roundTripMs.value = null;
      connection.state.value = state;
    });
    this.#parts.tokens.reset();
    this.#parts.rpc.end(reason);
    const joining = this.#joining;
    this.#joining = null;
    joining?.reject(reason);
    this.#parts.listener.disconnected();
  }

  /** The network may be back: no more waiting. */
  hurry(): void {
    this.#failures = 0;
    const link = this.#link;
    if (link?.welcomed) {
      link.heartbeat?.probe();
    } else if (this.#cancelRetry) {
      void this.#connect();
    } else if (link && this.#parts.clock.now() - link.startedAt > 1_000) {
      // It was begun without a network and may hang until it is given up.
      void this.#connect();
    }
  }

  /** The network may be gone: find out. */
  doubt(): void {
    if (this.#link?.welcomed) this.#link.heartbeat?.probe();
  }

  async #connect(): Promise<void> {
    const { clock, tokens, listener, openSocket, url } = this.#parts;
    const attempt = ++this.#attempt;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#parts.store.connection.retryAt.value = null;
    this.#closeLink();
    // Side by side with the first token; one that is in hand takes no time.
    const ahead = this.#session === null && this.#failures === 0 ? openSocketAhead(openSocket, url) : null;
    let token: string;
    try {
      token = await tokens.take();
    } catch (error) {
      ahead?.close();
      if (attempt !== this.#attempt) return;
      if (error instanceof ProtocolError && error.fatal) this.end(ENDS[error.code] ?? 'failed', error.toWire());
      else this.#retryLater({ code: 'unavailable', message: 'no token: the token provider failed' });
      return;
    }
    if (attempt !== this.#attempt) {
      ahead?.close();
      return;
    }
    this.#attemptedAt = clock.now();
    listener.connecting(token);
    const socketListener: SocketListener = {
      opened: () => this.#link === link && this.#sayHello(link, token),
      received: (text) => this.#link === link && this.#receive(link, text),
      closed: () => this.#link === link && this.#break(),
    };
    let socket: Socket;
    try {
      socket = ahead ? ahead.take(socketListener) : openSocket(url, socketListener);
    } catch {
      this.end('failed', { code: 'internal', message: `no socket can be opened to ${url}` });
      return;
    }
    const link: Link = {
      socket,
      heartbeat: null,
      welcomed: false,
      startedAt: clock.now(),
      quickestMs: Number.POSITIVE_INFINITY,
      cancelTimeout: clock.after(
        Math.min(LONGEST_ATTEMPT_MS, HEARTBEAT.deadAfterMs + this.#failures * HEARTBEAT.intervalMs),
        () => this.#link === link && this.#break(),
      ),
    };
    this.#link = link;
  }

  #sayHello(link: Link, token: string): void {
    const hello: HelloFrame = {
      type: 'hello',
      // The server answers for what it is.
      room: this.#parts.room as RoomId,
      versions: [...PROTOCOL_VERSIONS],
      token,
    };
    if (this.#name !== '') hello.name = this.#name;
    if (this.#session) hello.resume = { sessionKey: this.#session.key, lastSeq: this.#session.lastSeq };
    this.#send(link, hello);
    if (!this.#session) this.#parts.listener.greeted((request) => this.#send(link, request));
    link.heartbeat = new Heartbeat(this.#parts.clock, {
      ping: () => link.welcomed && this.#send(link, { type: 'ping', at: this.#parts.clock.now() }),
      dead: () => this.#link === link && this.#break(),
    });
  }

  #send(link: Link, frame: ClientFrame): void {
    link.socket.send(JSON.stringify(frame));
  }

  #receive(link: Link, text: string): void {
    link.heartbeat?.heard();
    const frame = parseFrame(text);
    if (frame === null) return;
    if (frame.type === 'welcome') this.#handleWelcome(link, frame);
    else if (frame.type === 'bye') this.#handleBye(frame.error);
    else if (link.welcomed) this.#handleFrame(link, frame);
  }

  #handleFrame(link: Link, frame: ServerFrame): void {
    const { rpc, listener } = this.#parts;
    if (frame.type === 'reply') {
      rpc.handleReply(frame);
    } else if (frame.type === 'event') {
      this.#handleEvent(frame);
    } else if (frame.type === 'signal') {
      guard(() => listener.signal(frame));
    } else if (frame.type === 'pong') {
      this.#measure(link, frame);
    }
  }

  #measure(link: Link, { echo, at }: PongFrame): void {
    const { clock, store } = this.#parts;
    const roundTripMs = Math.round(clock.now() - echo);
    store.connection.roundTripMs.value = roundTripMs;
    // The quickest answer of a link tells the server's time best.
    if (roundTripMs >= link.quickestMs) return;
    link.quickestMs = roundTripMs;
    store.connection.serverOffsetMs.value = at + roundTripMs / 2 - clock.epoch();
  }

  #handleEvent(frame: EventFrame): void {
    const session = this.#session;
    if (!session || frame.seq <= session.lastSeq) return;
    if (frame.seq > session.lastSeq + 1) {
      this.#break({ code: 'disconnected', message: 'an event is missing' });
      return;
    }
    session.lastSeq = frame.seq;
    guard(() => this.#parts.listener.event(frame));
  }

  #handleWelcome(link: Link, frame: WelcomeFrame): void {
    const { rpc, store, clock, listener, tokens } = this.#parts;
    link.cancelTimeout();
    link.welcomed = true;
    this.#failures = 0;
    this.#session = { key: frame.sessionKey, lastSeq: frame.seq };
    tokens.accepted(frame.tokenExpiresAt === null ? null : frame.tokenExpiresAt - frame.at);
    guard(() =>
      batch(() => {
        const { connection, participants } = store;
        connection.serverOffsetMs.value = frame.at - clock.epoch();
        participants.selfId.value = frame.participantId;
        guard(() => listener.welcomed(frame));
        connection.error.value = null;
        connection.state.value = 'joined';
      }),
    );
    rpc.connected((request) => this.#send(link, request), frame.resumed, frame.snapshot?.room.id);
    const joining = this.#joining;
    this.#joining = null;
    joining?.resolve();
    guard(() => listener.connected(frame.resumed));
  }

  #handleBye(error: WireError): void {
    const code = isErrorCode(error.code) ? error.code : 'internal';
    const known: WireError = { ...error, code };
    const refused = code === 'tokenExpired' || code === 'tokenInvalid';
    if (refused && this.#parts.tokens.refused(known)) {
      this.#break(known);
    } else if (code === 'joinedElsewhere' && this.#takeLateHello()) {
      this.#break(known);
    } else if (ERRORS[code].fatal) {
      this.end(ENDS[code] ?? 'failed', known);
    } else {
      this.#break(known);
    }
  }

  /** The link is no good any more: another one. */
  #break(error: WireError = { code: 'disconnected', message: 'the connection broke' }): void {
    this.#closeLink();
    this.#parts.listener.disconnected();
    this.#retryLater(error);
  }

  #retryLater(error: WireError): void {
    const { clock, store } = this.#parts;
    const backoffMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.#failures - 1));
    // At once after a good connection, but never more often than the shortest wait.
    const delayMs =
      this.#failures === 0
        ? Math.max(0, this.#attemptedAt + FIRST_DELAY_MS - clock.now())
        : backoffMs * (0.5 + clock.random() / 2);
    const waitMs = Math.max(delayMs, error.retryAfterMs ?? 0);
    this.#failures++;
    batch(() => {
      const { connection } = store;
      connection.error.value = error;
      connection.retryAt.value = clock.epoch() + waitMs;
      connection.roundTripMs.value = null;
      if (IN_ROOM.includes(connection.state.value)) connection.state.value = 'reconnecting';
    });
    this.#cancelRetry = clock.after(waitMs, () => void this.#connect());
  }

  /** Whether it may have been ourselves who joined elsewhere. */
  #takeLateHello(): boolean {
    const late = this.#lateHellos;
    if (late.count === 0 || this.#parts.clock.now() > late.until) return false;
    late.count--;
    return true;
  }

  #closeLink(): void {
    const link = this.#link;
    this.#link = null;
    if (link?.heartbeat && !link.welcomed) {
      const now = this.#parts.clock.now();
      const count = now > this.#lateHellos.until ? 1 : this.#lateHellos.count + 1;
      this.#lateHellos = { count, until: now + LATE_HELLO_MS };
    }
    link?.cancelTimeout();
    link?.heartbeat?.stop();
    link?.socket.close();
    this.#parts.rpc.disconnected();
  }
}

/** One broken listener must not take the connection down. */
function guard(effect: () => void): void {
  try {
    effect();
  } catch (error) {
    reportError(error);
  }
}

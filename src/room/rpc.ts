import { ProtocolError } from '../protocol/errors.ts';
import { LIMITS, REQUEST_TIMEOUT_MS, RESUME_GRACE_MS } from '../protocol/limits.ts';
import type { ReplyData, ReplyFrame, RequestData, RequestFrame, RequestName, RoomId } from '../protocol/index.ts';
import type { Clock } from './clock.ts';

export interface RequestOptions {
  /** Idempotency key ([Q2]); a new one where none is given. */
  readonly key?: string;
  /** Waits for the connection as long as it takes, instead of failing with `disconnected` after 30 s without one. */
  readonly patient?: boolean;
  /** About transports or what runs over them: it ends with the place in the room ([R4]). */
  readonly ofMedia?: boolean;
}

export type Request = <N extends RequestName>(
  name: N,
  data: RequestData<N>,
  options?: RequestOptions,
) => Promise<ReplyData<N>>;

interface PendingRequest {
  readonly frame: RequestFrame;
  readonly patient: boolean;
  readonly ofMedia: boolean | undefined;
  /** Sent right behind the hello of the connection that is being made. */
  ahead: boolean;
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: ProtocolError) => void;
  sent: boolean;
  cancelTimer: () => void;
}

/** How long what was asked ahead waits for a taker. */
const AHEAD_MS = 5_000;

/** A fresh idempotency key. `randomUUID` would want a secure page. */
export function createKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Matches requests with replies, over as many sockets as it takes. */
export class Rpc {
  readonly #clock: Clock;
  /** In the order in which they were made, which is the order of their effects ([Q3]). */
  readonly #pending = new Map<number, PendingRequest>();
  /** Answers to come of what was asked ahead, by what was asked. */
  readonly #ahead = new Map<string, Promise<unknown>>();
  #aheadUntil = 0;
  #send: ((frame: RequestFrame) => void) | null = null;
  /** The room that one is in: what is asked there is meant for it, wherever one is when it is sent ([F2]). */
  #room: RoomId | undefined;
  #accepting = false;
  #nextId = 1;
  #inFlight = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Sends a request, or keeps it for the next connection. Rejects with a `ProtocolError`. */
  readonly request: Request = <N extends RequestName>(name: N, data: RequestData<N>, options: RequestOptions = {}) => {
    const question = this.#ahead.size > 0 ? name + JSON.stringify(data) : '';
    const ahead = this.#clock.now() < this.#aheadUntil ? this.#ahead.get(question) : undefined;
    this.#ahead.delete(question);
    // Asked by the same name, it was answered in the same shape.
    return ahead ? (ahead as Promise<ReplyData<N>>) : this.#ask(name, data, options);
  };

  /**
   * Asks through `send` right behind the hello, so that the answer comes with the welcome ([H1]). Who requests the same, takes
   * it; without a welcome it is lost.
   */
  askAhead<N extends RequestName>(name: N, data: RequestData<N>, send: (frame: RequestFrame) => void): void {
    const answer = this.#ask(name, data, {});
    // Perhaps nobody takes it.
    answer.catch(() => {});
    this.#aheadUntil = Number.POSITIVE_INFINITY;
    const entry = [...this.#pending.values()].at(-1);
    if (entry === undefined) return;
    entry.ahead = true;
    this.#ahead.set(name + JSON.stringify(data), answer);
    this.#sendEntry(entry, send);
  }

  #ask<N extends RequestName>(name: N, data: RequestData<N>, options: RequestOptions): Promise<ReplyData<N>> {
    return new Promise<ReplyData<N>>((resolve, reject) => {
      if (!this.#accepting) {
        reject(new ProtocolError('disconnected', 'not in the room'));
        return;
      }
      const id = this.#nextId++;
      const frame: RequestFrame = {
        type: 'request',
        id,
        key: options.key ?? createKey(),
        name,
        data,
        room: this.#room,
      };
      // The server would end the connection over it ([L1]).
      if (new TextEncoder().encode(JSON.stringify(frame)).length > LIMITS.frameBytes) {
        reject(new ProtocolError('badRequest', `${name} is too large for a frame`));
        return;
      }
      const entry: PendingRequest = {
        frame,
        patient: options.patient ?? false,
        ofMedia: options.ofMedia,
        ahead: false,
        // The server's answer to this name is of this shape.
        resolve: (reply) => resolve(reply as ReplyData<N>),
        reject,
        sent: false,
        cancelTimer: () => {},
      };
      this.#pending.set(id, entry);
      if (this.#send === null) this.#awaitConnection(entry);
      this.#sendWaiting();
    });
  }

  /** Requests may be made from now on, sent once connected. */
  start(): void {
    this.#room = undefined;
    this.#accepting = true;
  }

  /** A connection is up, or goes on in another room. `kept`: the server still has our place ([R4]). */
  connected(send: (frame: RequestFrame) => void, kept: boolean, room?: RoomId): void {
    this.#send = send;
    this.#room = room ?? this.#room;
    for (const entry of this.#pending.values()) {
      if (!kept && !entry.ahead && entry.ofMedia)
        this.#fail(entry, new ProtocolError('disconnected', 'the connection broke and its media with it'));
      entry.ahead = false;
    }
    this.#aheadUntil = this.#clock.now() + AHEAD_MS;
    this.#sendWaiting();
  }

  /** The connection broke: what was not answered goes out again on the next ([Q4]). */
  disconnected(): void {
    this.#ahead.clear();
    for (const entry of this.#pending.values())
      if (entry.ahead) this.#fail(entry, new ProtocolError('disconnected', 'the connection broke'));
    if (this.#send === null) return;
    this.#send = null;
    this.#inFlight = 0;
    for (const entry of this.#pending.values()) {
      entry.sent = false;
      this.#awaitConnection(entry);
    }
  }

  /** Out of the room: nothing will be answered any more. */
  end(error: ProtocolError): void {
    this.#ahead.clear();
    this.#send = null;
    this.#accepting = false;
    this.#inFlight = 0;
    for (const entry of this.#pending.values()) this.#fail(entry, error);
  }

  handleReply({ id, data, error }: ReplyFrame): void {
    const entry = this.#pending.get(id);
    if (!entry?.sent) return;
    this.#settle(entry);
    if (error) entry.reject(ProtocolError.fromWire(error));
    else entry.resolve(data);
    this.#sendWaiting();
  }

  #sendWaiting(): void {
    if (this.#send === null) return;
    for (const entry of this.#pending.values()) {
      if (this.#inFlight >= LIMITS.pendingRequests) return;
      if (entry.sent) continue;
      this.#sendEntry(entry, this.#send);
    }
  }

  #sendEntry(entry: PendingRequest, send: (frame: RequestFrame) => void): void {
    entry.sent = true;
    this.#inFlight++;
    entry.cancelTimer();
    entry.cancelTimer = this.#clock.after(REQUEST_TIMEOUT_MS, () => {
      this.#fail(entry, new ProtocolError('timeout', `no reply to ${entry.frame.name} in time`));
      this.#sendWaiting();
    });
    send(entry.frame);
  }

  #awaitConnection(entry: PendingRequest): void {
    entry.cancelTimer();
    entry.cancelTimer = () => {};
    if (entry.patient) return;
    entry.cancelTimer = this.#clock.after(RESUME_GRACE_MS, () =>
      this.#fail(entry, new ProtocolError('disconnected', `no connection for ${entry.frame.name}`)),
    );
  }

  #fail(entry: PendingRequest, error: ProtocolError): void {
    this.#settle(entry);
    entry.reject(error);
  }

  #settle(entry: PendingRequest): void {
    entry.cancelTimer();
    if (!this.#pending.delete(entry.frame.id)) return;
    if (entry.sent && this.#inFlight > 0) this.#inFlight--;
  }
}

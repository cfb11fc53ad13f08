import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type {
  ErrorCode,
  EventData,
  EventFrame,
  EventName,
  ReplyData,
  ReplyFrame,
  RequestData,
  RequestName,
  ServerFrame,
  SignalFrame,
  SignalName,
  WelcomeFrame,
} from '../../../src/protocol/index.ts';

import { findViolations } from './wire-check.ts';

const PATIENCE_MS = 5_000;

export interface HelloOptions {
  readonly room?: string;
  readonly token: string;
  readonly name?: string;
  readonly versions?: readonly number[];
  readonly resume?: { readonly sessionKey: string; readonly lastSeq: number };
}

/** What a request carries, with plain strings where the protocol brands them. */
type Plain<T> = T extends string ? string : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;

interface Waiter {
  readonly check: () => boolean;
  readonly resolve: () => void;
}

/** A client written on a bare socket and the specification, knowing nothing of the kit. */
export class RawClient {
  /** Everything the server said, in order. */
  readonly frames: ServerFrame[] = [];
  readonly socket: WebSocket;
  closeCode: number | null = null;
  /** Frames that are not as the protocol says, to the key. */
  readonly violations: string[] = [];
  readonly #names = new Map<number, string>();
  #nextId = 1;
  readonly #waiters = new Set<Waiter>();

  /** With `autoPong` it answers WebSocket's own pings, as every browser does. */
  constructor(url: string, autoPong: boolean) {
    this.socket = new WebSocket(url, { perMessageDeflate: false, autoPong });
    this.socket.on('message', (data) => {
      const frame = JSON.parse(data.toString()) as ServerFrame;
      this.frames.push(frame);
      this.violations.push(...findViolations(frame, (id) => this.#names.get(id)));
      this.#wake();
    });
    this.socket.on('close', (code) => {
      this.closeCode = code;
      this.#wake();
    });
    this.socket.on('open', () => this.#wake());
    this.socket.on('error', () => {});
  }

  static async open(url: string, autoPong = false): Promise<RawClient> {
    const client = new RawClient(url, autoPong);
    await client.until(() => client.socket.readyState === WebSocket.OPEN || client.closeCode !== null, 'open', 'open');
    return client;
  }

  get events(): EventFrame[] {
    return this.frames.filter((frame) => frame.type === 'event');
  }

  /** Number of the last event applied, counting the welcome. */
  get lastSeq(): number {
    return this.events.at(-1)?.seq ?? this.welcomes.at(-1)?.seq ?? 0;
  }

  get welcomes(): WelcomeFrame[] {
    return this.frames.filter((frame) => frame.type === 'welcome');
  }

  eventsNamed<N extends EventName>(name: N): EventData<N>[] {
    return this.events.filter((event) => event.name === name).map((event) => event.data as EventData<N>);
  }

  signals<N extends SignalName>(name: N): SignalFrame<N>['data'][] {
    return this.frames
      .filter((frame) => frame.type === 'signal')
      .filter((frame) => frame.name === name)
      .map((frame) => frame.data as SignalFrame<N>['data']);
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  sendHello({ room = 'launch', versions = [1], ...rest }: HelloOptions): void {
    this.send({ type: 'hello', room, versions, ...rest });
  }

  async hello(options: HelloOptions): Promise<WelcomeFrame> {
    this.sendHello(options);
    const frame = await this.next((each) => each.type === 'welcome' || each.type === 'bye');
    if (frame.type === 'welcome') return frame;
    throw new Error(`bye instead of welcome: ${JSON.stringify(frame)}`);
  }

  /** Sends a request and gives its id. */
  sendRequest(name: string, data: unknown, key: string = randomUUID()): number {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#names.set(id, name);
    this.send({ type: 'request', id, name, data, key });
    return id;
  }

  async request(name: string, data: unknown, key?: string): Promise<ReplyFrame> {
    return this.reply(this.sendRequest(name, data, key));
  }

  async reply(id: number): Promise<ReplyFrame> {
    const frame = await this.next((each) => each.type === 'reply' && each.id === id);
    return frame as ReplyFrame;
  }

  /** The reply's data; fails where it is an error. */
  async ask<N extends RequestName>(name: N, data: Plain<RequestData<N>>, key?: string): Promise<ReplyData<N>> {
    const reply = await this.request(name, data, key);
    if (reply.error) throw new Error(`${name} failed with ${reply.error.code}: ${reply.error.message}`);
    return reply.data as ReplyData<N>;
  }

  /** The error's code, or `null` where the request went well. */
  async codeOf<N extends RequestName>(name: N, data: Plain<RequestData<N>>, key?: string): Promise<ErrorCode | null> {
    return (await this.request(name, data, key)).error?.code ?? null;
  }

  /** The first event of that name, now or later. */
  async event<N extends EventName>(name: N, matches: (data: EventData<N>) => boolean = () => true) {
    await this.until(() => this.eventsNamed(name).some(matches), `event ${name}`);
    return this.eventsNamed(name).find(matches)!;
  }

  async signal<N extends SignalName>(name: N): Promise<SignalFrame<N>['data']> {
    await this.until(() => this.signals(name).length > 0, `signal ${name}`);
    return this.signals(name)[0]!;
  }

  /** The first frame that matches, now or later. */
  async next(matches: (frame: ServerFrame) => boolean): Promise<ServerFrame> {
    await this.until(() => this.frames.some(matches), matches.toString());
    return this.frames.find(matches)!;
  }

  /** Code of the bye that closed the socket; `null` where it closed without. */
  async closed(): Promise<ErrorCode | null> {
    await this.until(() => this.closeCode !== null, 'closed', 'open');
    const bye = this.frames.find((frame) => frame.type === 'bye');
    return bye ? bye.error.code : null;
  }

  /** Asks for a pong: what was sent before has been answered then, as far as it is answered at once. */
  async settle(): Promise<void> {
    const at = this.#nextId + Math.random();
    this.send({ type: 'ping', at });
    await this.next((frame) => frame.type === 'pong' && frame.echo === at);
  }

  /** Breaks the link as a lost network does: nobody says anything. */
  cut(): void {
    this.socket.terminate();
  }

  until(check: () => boolean, what: string, gone: 'closed' | 'open' = 'closed'): Promise<void> {
    if (check()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        this.#waiters.delete(waiter);
        clearTimeout(timer);
        reject(new Error(`${why} while waiting for ${what}; heard ${JSON.stringify(this.frames.slice(-5))}`));
      };
      const timer = setTimeout(() => fail('too long'), PATIENCE_MS);
      const waiter: Waiter = {
        check: () => {
          if (check()) return true;
          if (gone === 'closed' && this.closeCode !== null) fail('the socket closed');
          return false;
        },
        resolve: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      this.#waiters.add(waiter);
    });
  }

  #wake(): void {
    for (const waiter of this.#waiters) {
      if (!waiter.check()) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }
}

import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type {
  ChatMessage,
  ErrorCode,
  EventFrame,
  ReplyFrame,
  ServerFrame,
  WelcomeFrame,
} from '../../../src/protocol/index.ts';

const RETRY_MS = 20;
const FATAL: readonly ErrorCode[] = [
  'badFrame',
  'tokenInvalid',
  'tokenExpired',
  'roomEnded',
  'removed',
  'joinedElsewhere',
];

interface Unanswered {
  readonly key: string;
  readonly name: string;
  readonly data: unknown;
  readonly resolve: (reply: ReplyFrame) => void;
}

export interface ChatClientOptions {
  readonly url: string;
  readonly room: string;
  readonly token: string;
  /** Hears every event once, in order. */
  readonly handleEvent?: (event: EventFrame) => void;
  /** Told of every welcome, before any event after it. */
  readonly handleWelcome?: (welcome: WelcomeFrame) => void;
}

/** A client that comes back for ever, written on a bare socket and the specification ([R1]–[R6], [N4], [Q4]). */
export class ChatClient {
  /** The history as this client knows it, by index. */
  readonly messages = new Map<number, ChatMessage>();
  /** Indices in the order in which events brought them. */
  readonly announced: number[] = [];
  /** Whatever broke a rule. */
  readonly violations: string[] = [];
  readonly welcomes: WelcomeFrame[] = [];
  /** Requests sent again, because the reply was lost with the link. */
  repeated = 0;
  readonly #options: ChatClientOptions;
  readonly #unanswered = new Map<number, Unanswered>();
  readonly #waiters = new Set<() => void>();
  #socket: WebSocket | null = null;
  #sessionKey: string | null = null;
  #lastSeq = 0;
  #nextId = 1;
  #stopped = false;

  constructor(options: ChatClientOptions) {
    this.#options = options;
    this.#connect();
  }

  get isWelcome(): boolean {
    return this.#sessionKey !== null && this.#socket?.readyState === WebSocket.OPEN;
  }

  get unanswered(): number {
    return this.#unanswered.size;
  }

  /** Sends a request, as often as it takes until it is answered, always with one key. */
  request(name: string, data: unknown, key: string = randomUUID()): Promise<ReplyFrame> {
    return new Promise((resolve) => this.#send({ key, name, data, resolve }));
  }

  async say(text: string): Promise<void> {
    const { error } = await this.request('sendChat', { text });
    if (error) this.violations.push(`sendChat failed with ${error.code}`);
  }

  /** Loads what this client has not heard. */
  async catchUp(total: number): Promise<void> {
    for (let before = total; before > 0; before -= 100) {
      const { data } = await this.request('loadChat', { before, limit: Math.min(100, before) });
      for (const message of (data as { messages: ChatMessage[] }).messages) this.#keep(message);
    }
  }

  /** Breaks the link without a word. */
  cut(): void {
    this.#socket?.terminate();
  }

  stop(): void {
    this.#stopped = true;
    this.cut();
  }

  /** Waits until `check` holds, looking again with every frame. */
  until(check: () => boolean): Promise<void> {
    if (check()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (!check()) return;
        this.#waiters.delete(look);
        resolve();
      };
      this.#waiters.add(look);
    });
  }

  #connect(): void {
    if (this.#stopped) return;
    const socket = new WebSocket(this.#options.url, { perMessageDeflate: false });
    this.#socket = socket;
    socket.on('open', () => {
      const resume =
        this.#sessionKey === null ? {} : { resume: { sessionKey: this.#sessionKey, lastSeq: this.#lastSeq } };
      const { room, token } = this.#options;
      socket.send(JSON.stringify({ type: 'hello', versions: [1], room, token, ...resume }));
    });
    socket.on('message', (data) => this.#handleFrame(JSON.parse(data.toString()) as ServerFrame));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      setTimeout(() => this.#connect(), RETRY_MS);
    });
  }

  #handleFrame(frame: ServerFrame): void {
    if (frame.type === 'welcome') this.#handleWelcome(frame);
    else if (frame.type === 'event') this.#handleEvent(frame);
    else if (frame.type === 'reply') this.#handleReply(frame);
    else if (frame.type === 'bye' && FATAL.includes(frame.error.code)) this.violations.push(`bye ${frame.error.code}`);
    for (const look of this.#waiters) look();
  }

  #handleWelcome(welcome: WelcomeFrame): void {
    this.welcomes.push(welcome);
    if (welcome.snapshot === null && welcome.seq !== this.#lastSeq) this.violations.push('welcome at another event');
    this.#sessionKey = welcome.sessionKey;
    this.#lastSeq = welcome.seq;
    this.#options.handleWelcome?.(welcome);
    for (const message of welcome.snapshot?.chat.messages ?? []) this.#keep(message);
    const again = [...this.#unanswered.values()];
    this.#unanswered.clear();
    this.repeated += again.length;
    for (const request of again) this.#send(request);
  }

  #handleEvent(event: EventFrame): void {
    const { seq, name, data } = event;
    if (seq !== this.#lastSeq + 1) this.violations.push(`event ${seq} after ${this.#lastSeq}`);
    this.#lastSeq = seq;
    this.#options.handleEvent?.(event);
    if (name !== 'chatSent' || !('message' in data)) return;
    this.announced.push(data.message.index);
    this.#keep(data.message);
  }

  #handleReply(reply: ReplyFrame): void {
    const request = this.#unanswered.get(reply.id);
    if (!request) {
      this.violations.push(`reply to nothing: ${reply.id}`);
      return;
    }
    this.#unanswered.delete(reply.id);
    request.resolve(reply);
  }

  #keep(message: ChatMessage): void {
    const known = this.messages.get(message.index);
    if (known && known.id !== message.id) this.violations.push(`two messages of index ${message.index}`);
    this.messages.set(message.index, message);
  }

  #send(request: Unanswered): void {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#unanswered.set(id, request);
    if (!this.isWelcome) return;
    const { key, name, data } = request;
    this.#socket?.send(JSON.stringify({ type: 'request', id, key, name, data }));
  }
}

import type { OpenSocket, SocketListener } from '../room/socket.ts';

/** Which way a frame goes. */
export type Direction = 'toServer' | 'toClient';

type Item = { readonly text: string } | 'close';

/** The far end of a socket, for a test that plays the server. */
export interface ServerEnd {
  /** Called with each text that was delivered. */
  onMessage: (text: string) => void;
  /** Called once when the client's close was delivered, or the link was cut and this end told. */
  onClose: () => void;
  send(text: string): void;
  close(): void;
}

/** Two ends of one link in memory. Nothing moves until the test says so. */
export class SocketPair {
  readonly url: string;
  readonly server: ServerEnd;
  readonly #listener: SocketListener;
  readonly #queues: Record<Direction, Item[]> = { toServer: [], toClient: [] };
  #clientOpen = true;
  #serverOpen = true;
  #broken = false;
  #opened = false;

  constructor(url: string, listener: SocketListener) {
    this.url = url;
    this.#listener = listener;
    this.server = {
      onMessage: () => {},
      onClose: () => {},
      send: (text) => this.#push('toClient', this.#serverOpen, { text }),
      close: () => {
        this.#push('toClient', this.#serverOpen, 'close');
        this.#serverOpen = false;
      },
    };
  }

  /** The client has not closed its end. */
  get clientOpen(): boolean {
    return this.#clientOpen;
  }

  /** What is on its way. */
  queued(direction: Direction): readonly string[] {
    return this.#queues[direction].map((item) => (item === 'close' ? item : item.text));
  }

  /** The link comes up: the client may speak. */
  open(): void {
    if (this.#opened || this.#broken || !this.#clientOpen) return;
    this.#opened = true;
    this.#listener.opened();
  }

  /** Delivers the first `count` that are on their way; returns how many there were. */
  deliver(direction: Direction, count = 1): number {
    const queue = this.#queues[direction];
    let delivered = 0;
    while (delivered < count) {
      const item = queue.shift();
      if (item === undefined) break;
      delivered++;
      if (direction === 'toServer') this.#reachServer(item);
      else this.#reachClient(item);
    }
    return delivered;
  }

  /** Delivers everything both ways, what comes of it included. */
  deliverAll(): void {
    this.open();
    while (this.deliver('toServer', Number.POSITIVE_INFINITY) + this.deliver('toClient', Number.POSITIVE_INFINITY) > 0);
  }

  drop(direction: Direction, index = 0): void {
    this.#queues[direction].splice(index, 1);
  }

  double(direction: Direction, index = 0): void {
    const item = this.#queues[direction][index];
    if (item !== undefined) this.#queues[direction].splice(index, 0, item);
  }

  /** Moves one from its place to another. */
  reorder(direction: Direction, from: number, to: number): void {
    const [item] = this.#queues[direction].splice(from, 1);
    if (item !== undefined) this.#queues[direction].splice(to, 0, item);
  }

  /** The link breaks and what is on its way is lost. `told`: which ends notice; an end that does not holds a dead link. */
  cut(told: 'both' | 'client' | 'server' | 'nobody' = 'both'): void {
    this.#broken = true;
    this.#queues.toServer.length = 0;
    this.#queues.toClient.length = 0;
    if (told === 'both' || told === 'server') this.#closeServer();
    if (told === 'both' || told === 'client') this.#closeClient();
  }

  /** The client's end, as its owner has it. */
  get client(): ReturnType<OpenSocket> {
    return {
      send: (text) => this.#push('toServer', this.#clientOpen && this.#opened, { text }),
      close: () => {
        this.#push('toServer', this.#clientOpen, 'close');
        this.#clientOpen = false;
      },
    };
  }

  #push(direction: Direction, open: boolean, item: Item): void {
    if (open && !this.#broken) this.#queues[direction].push(item);
  }

  #reachServer(item: Item): void {
    if (item === 'close') this.#closeServer();
    else if (this.#serverOpen) this.server.onMessage(item.text);
  }

  #reachClient(item: Item): void {
    if (item === 'close') this.#closeClient();
    else if (this.#clientOpen) this.#listener.received(item.text);
  }

  #closeServer(): void {
    if (!this.#serverOpen) return;
    this.#serverOpen = false;
    this.server.onClose();
  }

  #closeClient(): void {
    if (!this.#clientOpen) return;
    this.#clientOpen = false;
    this.#listener.closed();
  }
}

/** A network in memory: every socket that is opened stands in `pairs`, the newest last. */
export class FakeNetwork {
  readonly pairs: SocketPair[] = [];
  /** Called with each new link, before anything moves on it. */
  onLink: (pair: SocketPair) => void = () => {};

  readonly openSocket: OpenSocket = (url, listener) => {
    const pair = new SocketPair(url, listener);
    this.pairs.push(pair);
    this.onLink(pair);
    return pair.client;
  };

  get latest(): SocketPair {
    const pair = this.pairs.at(-1);
    if (!pair) throw new Error('no socket was opened');
    return pair;
  }

  /** How many sockets the clients hold open. */
  get openCount(): number {
    return this.pairs.filter((pair) => pair.clientOpen).length;
  }
}

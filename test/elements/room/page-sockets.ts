import { ScriptedServer } from '../../room/scripted-server.ts';

/** Stands in for the page's `WebSocket`: every one of them ends at a server in memory, by its host name. */
export class PageSockets {
  readonly #servers = new Map<string, ScriptedServer>();
  readonly #real = globalThis.WebSocket;
  readonly #open = new Set<PageSocket>();
  #count = 0;

  constructor() {
    const install = (socket: PageSocket, url: string) => this.#install(socket, url);
    const Socket = class extends PageSocket {
      constructor(url: string | URL) {
        super();
        install(this, String(url));
      }
    };
    Object.assign(globalThis, { WebSocket: Object.assign(Socket, { OPEN: 1 }) });
  }

  /** How many are open. */
  get open(): number {
    return this.#open.size;
  }

  /** How many were ever made. */
  get count(): number {
    return this.#count;
  }

  /** The server of that host. */
  serverOf(host: string): ScriptedServer {
    let server = this.#servers.get(host);
    if (server === undefined) this.#servers.set(host, (server = new ScriptedServer()));
    return server;
  }

  restore(): void {
    Object.assign(globalThis, { WebSocket: this.#real });
  }

  #install(socket: PageSocket, url: string): void {
    this.#count++;
    this.#open.add(socket);
    const { network } = this.serverOf(new URL(url).host);
    const end = network.openSocket(url, {
      opened: () => {
        socket.readyState = 1;
        socket.dispatchEvent(new Event('open'));
      },
      received: (text) => socket.dispatchEvent(new MessageEvent('message', { data: text })),
      closed: () => {
        this.#forget(socket);
        socket.dispatchEvent(new CloseEvent('close'));
      },
    });
    const pair = network.latest;
    const deliver = () => setTimeout(() => pair.deliverAll());
    socket.handleSend = (text) => {
      end.send(text);
      deliver();
    };
    socket.handleClose = () => {
      this.#forget(socket);
      end.close();
      deliver();
    };
    deliver();
  }

  #forget(socket: PageSocket): void {
    socket.readyState = 3;
    this.#open.delete(socket);
  }
}

class PageSocket extends EventTarget {
  readyState = 0;
  handleSend: (text: string) => void = () => undefined;
  handleClose: () => void = () => undefined;

  send(text: string): void {
    this.handleSend(text);
  }

  close(): void {
    if (this.readyState !== 3) this.handleClose();
  }
}

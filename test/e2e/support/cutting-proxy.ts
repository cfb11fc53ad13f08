import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** Stands between pages and the room server, and tears connections apart in the midst of what they carry. */
export class CuttingProxy {
  readonly #listener: Server;
  readonly #pairs = new Set<Pair>();
  /** Bytes that still pass from the server to the pages before the next cut. */
  #allowance = Number.POSITIVE_INFINITY;
  #done: ((torn: number) => void) | undefined;

  private constructor(listener: Server) {
    this.#listener = listener;
  }

  /** @param target origin of the room server */
  static async start(target: string): Promise<CuttingProxy> {
    const { hostname, port } = new URL(target);
    const listener = createServer();
    const proxy = new CuttingProxy(listener);
    listener.on('connection', (client) => proxy.#carry({ client, server: connect(Number(port), hostname) }));
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return proxy;
  }

  get origin(): string {
    const address = this.#listener.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
    return `http://localhost:${address.port}`;
  }

  get connections(): number {
    return this.#pairs.size;
  }

  /** Lets so many bytes reach the pages and then tears every connection, be it within a frame. Answers how many there were. */
  cutAfter(bytes: number): Promise<number> {
    this.#allowance = bytes;
    return new Promise((resolve) => {
      this.#done = resolve;
    });
  }

  async close(): Promise<void> {
    this.#cut();
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  #carry(pair: Pair): void {
    const { client, server } = pair;
    this.#pairs.add(pair);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      // Whatever ends one side ends the other; why does not matter here.
      socket.on('error', () => undefined);
      socket.on('close', () => this.#tear(pair));
    }
    client.on('data', (chunk) => server.write(chunk));
    server.on('data', (chunk) => {
      if (chunk.length < this.#allowance) {
        this.#allowance -= chunk.length;
        client.write(chunk);
        return;
      }
      client.write(chunk.subarray(0, this.#allowance));
      this.#cut();
    });
  }

  #cut(): void {
    const torn = this.#pairs.size;
    this.#allowance = Number.POSITIVE_INFINITY;
    for (const pair of this.#pairs) this.#tear(pair);
    this.#done?.(torn);
    this.#done = undefined;
  }

  #tear(pair: Pair): void {
    this.#pairs.delete(pair);
    pair.client.destroy();
    pair.server.destroy();
  }
}

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build } from 'esbuild';
import { WebSocketServer, type WebSocket } from 'ws';
import { chatEvent, welcome } from './frames.ts';

const DIST = new URL('../../../dist/', import.meta.url).pathname;
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };
const TICK_MS = 10;
const BUFFERED_BYTES = 1_000_000;

/** Room above the list, to drag the scroll bar beyond its end. */
const STYLE = `<style>
  body { margin: 60px 0 0 }
  :is(ils-room, #list) { display: block; height: 700px }
  #list { contain: strict; overflow-anchor: none; overflow-y: auto; scrollbar-width: thin; font: 14px / 1.4 sans-serif }
  #list > div { position: relative }
  #list > div > div { position: absolute; inset-block-start: 0; inset-inline: 0; padding: 2px 16px }
</style>`;
const PAGES: Readonly<Record<string, string>> = {
  '/kit': `<script type="module" src="/dist/cdn/ils.js"></script>
    <ils-room room="bench" token="${unsignedToken()}" auto-join><ils-chat></ils-chat></ils-room>`,
  '/yardstick': '<div id="list" tabindex="0"></div><script type="module" src="/yardstick.js"></script>',
};

/** Serves the built kit and the yardstick, and sends either page the same messages over a real socket: what the room server would send. */
export class MessageSource {
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  #socket: WebSocket | undefined;
  #sent = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor(yardstick: string) {
    this.#http = createServer((request, response) => void answer(request, response, yardstick));
    this.#sockets = new WebSocketServer({ server: this.#http, path: '/ws', perMessageDeflate: false });
    this.#sockets.on('connection', (socket) => this.#greet(socket));
  }

  static async start(): Promise<MessageSource> {
    const { outputFiles } = await build({
      entryPoints: [new URL('../yardsticks/virtual-list/page.ts', import.meta.url).pathname],
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
    });
    const source = new MessageSource(outputFiles[0]?.text ?? '');
    source.#http.listen(0, '127.0.0.1');
    await once(source.#http, 'listening');
    return source;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** How many messages the page of now was sent. */
  get sent(): number {
    return this.#sent;
  }

  /** As many messages at once as make `total`, no faster than the page takes them. */
  async fill(total: number): Promise<void> {
    while (this.#sent < total) {
      this.#send(Math.min(500, total - this.#sent));
      while ((this.#socket?.bufferedAmount ?? 0) > BUFFERED_BYTES)
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Sends so many messages each second, each in a frame of its own, until `rest`. */
  flow(perSecond: number): void {
    const startedAt = performance.now();
    const before = this.#sent;
    this.#timer = setInterval(() => {
      const due = before + Math.floor(((performance.now() - startedAt) * perSecond) / 1_000);
      this.#send(due - this.#sent);
    }, TICK_MS);
  }

  rest(): void {
    clearInterval(this.#timer);
  }

  stop(): void {
    this.rest();
    this.#socket?.terminate();
    this.#sockets.close();
    this.#http.close();
    this.#http.closeAllConnections();
  }

  /** Each page starts from an empty history. */
  #greet(socket: WebSocket): void {
    this.#socket = socket;
    this.#sent = 0;
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as { readonly type: string; readonly at?: number };
      if (frame.type === 'hello') socket.send(JSON.stringify(welcome()));
      if (frame.type === 'ping') socket.send(JSON.stringify({ type: 'pong', echo: frame.at, at: Date.now() }));
    });
  }

  #send(count: number): void {
    for (let more = 0; more < count; more += 1) {
      this.#socket?.send(JSON.stringify(chatEvent(this.#sent)));
      this.#sent += 1;
    }
  }
}

async function answer({ url = '/' }: IncomingMessage, response: ServerResponse, yardstick: string): Promise<void> {
  const page = PAGES[url];
  if (page !== undefined) {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><html lang="en"><title>chat</title>${STYLE}${page}</html>`);
  } else if (url === '/favicon.ico') {
    response.statusCode = 204;
    response.end();
  } else if (url === '/yardstick.js') {
    response.setHeader('content-type', 'text/javascript');
    response.end(yardstick);
  } else {
    const body = url.startsWith('/dist/')
      ? await readFile(join(DIST, normalize(url.slice('/dist'.length)))).catch(() => undefined)
      : undefined;
    response.setHeader('content-type', TYPES[extname(url)] ?? 'application/octet-stream');
    response.statusCode = body === undefined ? 404 : 200;
    response.end(body);
  }
}

/** The kit only looks into it for the role; nothing here checks it. */
function unsignedToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ role: 'audience' })}.`;
}

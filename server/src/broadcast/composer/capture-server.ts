import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  readFrame,
  type CaptureTask,
  type MediaStart,
  type PageMessage,
  type ServerMessage,
  type WireFrame,
} from './composer-wire.ts';

/** No frame is larger: a key frame of 1080p has a tenth of it. */
const LARGEST_FRAME = 8 * 1_024 * 1_024;
const FILES: Readonly<Record<string, string>> = {
  'capture.html': 'text/html; charset=utf-8',
  'capture.js': 'text/javascript; charset=utf-8',
  'encoder.js': 'text/javascript; charset=utf-8',
};

interface CaptureServerOptions {
  /** Holds the capture page. */
  readonly folder: string;
  readonly task: CaptureTask;
  readonly handleMessage: (message: PageMessage) => void;
  readonly handleStart: (start: MediaStart) => void;
  readonly handleFrame: (frame: WireFrame) => void;
  /** A socket that was open is gone. */
  readonly handleLost: () => void;
}

/** Serves the capture page to one browser on loopback and takes what it encodes. Its addresses hold a secret of this run. */
export class CaptureServer {
  readonly #options: CaptureServerOptions;
  readonly #secret = randomBytes(24).toString('base64url');
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false });
  #control: WebSocket | null = null;
  #hasMedia = false;
  #closed = false;

  constructor(options: CaptureServerOptions) {
    this.#options = options;
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#http.on('upgrade', (request, socket, head) => {
      const name = this.#nameOf(request);
      const isTaken = name === 'control' ? this.#control !== null : this.#hasMedia;
      if ((name !== 'control' && name !== 'media') || isTaken) {
        socket.destroy();
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (client) => this.#accept(name, client));
    });
  }

  async listen(): Promise<void> {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
  }

  /** Where the page is. */
  get url(): string {
    const { port } = this.#http.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${this.#secret}/capture.html`;
  }

  send(message: ServerMessage): void {
    this.#control?.send(JSON.stringify(message));
  }

  close(): void {
    this.#closed = true;
    for (const client of this.#sockets.clients) client.terminate();
    this.#http.close();
    this.#http.closeAllConnections();
  }

  /** What is asked for below the secret; anybody without it asks for nothing. */
  #nameOf({ url = '' }: IncomingMessage): string {
    const prefix = `/${this.#secret}/`;
    return url.startsWith(prefix) ? url.slice(prefix.length) : '';
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = this.#nameOf(request);
    const type = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
    const content = type === undefined ? null : await readFile(join(this.#options.folder, name)).catch(() => null);
    if (type === undefined || content === null) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(content);
  }

  #accept(name: 'control' | 'media', client: WebSocket): void {
    client.on('error', () => client.terminate());
    client.on('close', () => {
      if (!this.#closed) this.#options.handleLost();
    });
    if (name === 'control') {
      this.#control = client;
      client.on('message', (data) => this.#options.handleMessage(JSON.parse(data.toString())));
      this.send({ type: 'task', ...this.#options.task });
      return;
    }
    this.#hasMedia = true;
    client.on('message', (data: Buffer, isBinary) => {
      if (this.#closed) return;
      if (isBinary) this.#options.handleFrame(readFrame(data));
      else this.#options.handleStart(JSON.parse(data.toString()));
    });
  }
}

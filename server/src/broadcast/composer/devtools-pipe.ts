import type { Readable, Writable } from 'node:stream';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Chromium's DevTools protocol over two pipes: JSON messages, each ended by a zero byte. The browser ends when its pipe does. */
export class DevToolsPipe {
  /** Called with the name of each event. */
  onEvent: (method: string) => void = () => {};
  readonly #output: Writable;
  readonly #waiting = new Map<number, Waiting>();
  #received = '';
  #nextId = 1;

  constructor(output: Writable, input: Readable) {
    this.#output = output;
    output.on('error', () => this.#close());
    input.setEncoding('utf8');
    input.on('data', (text: string) => this.#receive(text));
    input.on('error', () => this.#close());
    input.on('close', () => this.#close());
  }

  /** Rejects where the browser refuses or is gone. */
  send(method: string, parameters: object = {}, sessionId?: string): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const message =
        sessionId === undefined ? { id, method, params: parameters } : { id, method, params: parameters, sessionId };
      this.#output.write(`${JSON.stringify(message)}\0`);
    });
  }

  #receive(text: string): void {
    const messages = (this.#received + text).split('\0');
    this.#received = messages.pop() ?? '';
    for (const message of messages) {
      const { id, method, result, error }: Answer = JSON.parse(message);
      if (id === undefined) {
        if (method !== undefined) this.onEvent(method);
        continue;
      }
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new Error(error.message));
      else waiting?.resolve(result);
    }
  }

  #close(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('The browser is gone.'));
    this.#waiting.clear();
  }
}

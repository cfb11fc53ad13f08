import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ENTRY = new URL('../../../server/src/main.ts', import.meta.url).pathname;
const START_LIMIT_MS = 30_000;

/** The room server as a process of its own, on loopback, with a data folder of its own. It can be killed and started again in its place. */
export class RoomServer {
  readonly #data: string;
  readonly #port: number;
  readonly #address: string;
  readonly #flags: readonly string[];
  #process: ChildProcess | undefined;
  #output: string[] = [];

  private constructor(data: string, port: number, address: string, flags: readonly string[]) {
    this.#data = data;
    this.#port = port;
    this.#address = address;
    this.#flags = flags;
  }

  static async start(flags: readonly string[] = [], address = '127.0.0.1'): Promise<RoomServer> {
    const data = await mkdtemp(join(tmpdir(), 'ils-e2e-'));
    const server = new RoomServer(data, await freePort(address), address, flags);
    await server.start();
    return server;
  }

  get origin(): string {
    return `http://${this.#address === '127.0.0.1' ? 'localhost' : this.#address}:${this.#port}`;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** What the process has printed so far. */
  get output(): string {
    return this.#output.join('\n');
  }

  async start(): Promise<void> {
    const flags = ['--dev', '--host', this.#address, '--port', String(this.#port), '--data', this.#data];
    const media = ['--media-listen', this.#address, '--media-announced', this.#address];
    const child = spawn(process.execPath, [ENTRY, ...flags, ...media, ...this.#flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#output = [];
    const ready = new Promise<void>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`The server was not ready.\n${this.output}`)), START_LIMIT_MS);
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}.\n${this.output}`)));
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          this.#output.push(line);
          if (!/\bready\b/.test(line)) return;
          clearTimeout(limit);
          resolve();
        });
      }
    });
    await ready;
  }

  /** Ends the process at once, as a crash would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.#data, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

async function freePort(address: string): Promise<number> {
  const probe = createServer().listen(0, address);
  await once(probe, 'listening');
  const bound = probe.address();
  probe.close();
  await once(probe, 'close');
  if (bound === null || typeof bound === 'string') throw new Error('No port is free.');
  return bound.port;
}

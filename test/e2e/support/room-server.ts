import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from './free-port.ts';

const REPOSITORY = new URL('../../../', import.meta.url).pathname;
const LOOPBACK = '127.0.0.1';
const START_LIMIT_MS = 60_000;

/** The room server as a process of its own, on loopback, with a data folder of its own. It can be killed and started again in its place. */
export class RoomServer {
  readonly #folder: string;
  readonly #port: number;
  readonly #mediaAddress: string;
  readonly #flags: readonly string[];
  #process: ChildProcess | undefined;
  #output: string[] = [];

  private constructor(folder: string, port: number, mediaAddress: string, flags: readonly string[]) {
    this.#folder = folder;
    this.#port = port;
    this.#mediaAddress = mediaAddress;
    this.#flags = flags;
  }

  /** @param mediaAddress where media goes; pages and sockets are on loopback always, where browsers trust them with a camera */
  static async start(flags: readonly string[] = [], mediaAddress = LOOPBACK): Promise<RoomServer> {
    const folder = await mkdtemp(join(tmpdir(), 'ils-e2e-'));
    await cp(join(REPOSITORY, 'demo'), join(folder, 'demo'), { recursive: true });
    await symlink(join(REPOSITORY, 'dist'), join(folder, 'dist'));
    const server = new RoomServer(folder, await findFreePort(), mediaAddress, flags);
    await server.start();
    return server;
  }

  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Where its data lie. */
  get folder(): string {
    return this.#folder;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** What the process has printed so far. */
  get output(): string {
    return this.#output.join('\n');
  }

  async start(): Promise<void> {
    const flags = ['--dev', '--host', LOOPBACK, '--port', String(this.#port)];
    const folders = ['--data', this.#folder, '--pages', this.#folder];
    const media = ['--media-listen', this.#mediaAddress, '--media-announced', this.#mediaAddress];
    const entry = join(REPOSITORY, 'server/src/main.ts');
    const child = spawn(process.execPath, [entry, ...flags, ...folders, ...media, ...this.#flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#output = [];
    const ready = new Promise<void>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`The server was not ready.\n${this.output}`)), START_LIMIT_MS);
      child.once('exit', (code) => {
        clearTimeout(limit);
        reject(new Error(`The server ended with ${code}.\n${this.output}`));
      });
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

  /** Adds a page of somebody else's at `/name`: these tags, no script but the kit's, under the policy of the demo pages. */
  async addPage(name: string, tags: string): Promise<void> {
    await writeFile(
      join(this.#folder, 'demo', `${name}.html`),
      `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>${name}</title>
      <link rel="stylesheet" href="/demo.css" /><script type="module" src="/kit/cdn/ils.js"></script></head>
      <body>${tags}</body></html>`,
    );
  }

  /** A token as a site's back end would get it. */
  async mintToken(query: Readonly<Record<string, string>>): Promise<string> {
    const answer = await fetch(`${this.origin}/dev/token?${new URLSearchParams(query).toString()}`);
    if (!answer.ok) throw new Error(`/dev/token answered ${answer.status}`);
    const { token } = (await answer.json()) as { readonly token: string };
    return token;
  }

  /** Ends the process at once, as a crash would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.#folder, { recursive: true, force: true });
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

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { processorSeconds } from '../chat-fan-out/contender.ts';

const PRELOADED = new URL('./report-stalls.ts', import.meta.url).href;

/** What a server did for some time. */
export interface Effort {
  readonly processorSeconds: number;
  /** The longest that its event loop stood. Milliseconds. */
  readonly stallMs: number;
}

/** A server as a process of its own, which tells of its stalls. With `BENCH_PROFILE=FOLDER` it leaves a profile of its processor time there. */
export class WatchedServer {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** @param ready finds the port in the line that the server prints once it listens */
  static async start(entry: URL, flags: readonly string[], ready: RegExp): Promise<WatchedServer> {
    const folder = process.env['BENCH_PROFILE'];
    const profile = folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
    const child = spawn(process.execPath, [...profile, '--import', PRELOADED, entry.pathname, ...flags], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    if (child.stdout === null) throw new Error('The server has no output.');
    for await (const line of createInterface({ input: child.stdout })) {
      const port = ready.exec(line)?.[1];
      if (port === undefined) continue;
      child.stdout.resume();
      return new WatchedServer(child, Number(port));
    }
    throw new Error(`${entry.pathname} ended before it listened.`);
  }

  async watch<T>(during: () => Promise<T>): Promise<readonly [T, Effort]> {
    const pid = this.#child.pid ?? 0;
    await this.#takeStall();
    const before = await processorSeconds(pid);
    const result = await during();
    const stallMs = await this.#takeStall();
    return [result, { processorSeconds: (await processorSeconds(pid)) - before, stallMs }];
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }

  async #takeStall(): Promise<number> {
    const answered = once(this.#child, 'message');
    this.#child.send('stalls');
    const [stallMs] = (await answered) as [number];
    return stallMs;
  }
}

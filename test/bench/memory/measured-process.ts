import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Bytes. */
export interface MemoryInUse {
  /** What the program holds: objects, and buffers outside the heap. */
  readonly held: number;
  /** What the system has given the process. */
  readonly resident: number;
}

const PRELOADED = new URL('report-memory.ts', import.meta.url).href;

/** A server as a process of its own, which can be asked for its memory. */
export class MeasuredProcess {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** @param ready finds the port in the line that the server prints once it listens */
  static async start(entry: URL, flags: readonly string[], ready: RegExp): Promise<MeasuredProcess> {
    const child = spawn(process.execPath, ['--expose-gc', '--import', PRELOADED, entry.pathname, ...flags], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    if (child.stdout === null) throw new Error('The server has no output.');
    for await (const line of createInterface({ input: child.stdout })) {
      const port = ready.exec(line)?.[1];
      if (port === undefined) continue;
      child.stdout.resume();
      return new MeasuredProcess(child, Number(port));
    }
    throw new Error(`${entry.pathname} ended before it listened.`);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async measure(): Promise<MemoryInUse> {
    const answered = once(this.#child, 'message');
    this.#child.send('memory');
    const [{ heapUsed, external, rss }] = (await answered) as [NodeJS.MemoryUsage];
    return { held: heapUsed + external, resident: rss };
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }
}

import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The server as its user starts it. */
export class ServerProcess {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcessWithoutNullStreams;
  #stdout = '';
  #stderr = '';

  constructor(flags: readonly string[], environment: Record<string, string> = {}, nodeFlags: readonly string[] = []) {
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ILS_')));
    this.#child = spawn(process.execPath, [...nodeFlags, MAIN, ...flags], { env: { ...inherited, ...environment } });
    this.#child.stdout.on('data', (chunk) => (this.#stdout += String(chunk)));
    this.#child.stderr.on('data', (chunk) => (this.#stderr += String(chunk)));
    this.ended = once(this.#child, 'close').then(([code]) => ({ code, stdout: this.#stdout, stderr: this.#stderr }));
  }

  get stdout(): string {
    return this.#stdout;
  }

  /** Whether it runs still. */
  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Settles when the output matches; fails when the process ends before. */
  async printed(pattern: RegExp): Promise<RegExpMatchArray> {
    for (;;) {
      const match = pattern.exec(this.#stdout);
      if (match) return match;
      const ended = await Promise.race([once(this.#child.stdout, 'data').then(() => undefined), this.ended]);
      if (ended) assert.fail(`ended with ${ended.code} before it printed ${pattern}:\n${ended.stdout}${ended.stderr}`);
    }
  }

  /** Settles with its address once it is ready. */
  async ready(): Promise<string> {
    const [, port] = await this.printed(/ready: http:\/\/\S+?:(\d+)/);
    return `http://127.0.0.1:${port}`;
  }

  /** For the end of a test, whatever became of it. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}

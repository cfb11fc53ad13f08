import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('gstreamer-whip.py', import.meta.url));
/** Debian's, which has the packages of the set-up; another one first in the path may not. */
const PYTHON = process.env['PYTHON_PATH'] ?? '/usr/bin/python3';

/** GStreamer as an encoder in a process of its own. */
export class GStreamerEncoder {
  readonly #process: ChildProcess;
  readonly #output: string[] = [];

  private constructor(endpoint: string, token: string) {
    this.#process = spawn(PYTHON, [SCRIPT, endpoint, token], { stdio: ['pipe', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#output.push(line));
    }
  }

  static start(endpoint: string, token: string): GStreamerEncoder {
    return new GStreamerEncoder(endpoint, token);
  }

  /** What it has said so far. */
  get output(): string {
    return this.#output.join('\n');
  }

  /** Ends its session by DELETE, and itself. */
  async stop(): Promise<void> {
    await this.#end(() => this.#process.stdin?.end());
  }

  /** As if its machine had lost its power: nobody says goodbye. */
  async vanish(): Promise<void> {
    await this.#end(() => this.#process.kill('SIGKILL'));
  }

  async #end(end: () => void): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    end();
    await gone;
  }
}

import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { createInterface } from 'node:readline';

const tailLength = 15;

export interface CommandOptions {
  cwd?: string;
  env: NodeJS.ProcessEnv;
  /** Receives the command and all it prints. */
  logFile?: Writable;
  /** Milliseconds after which the command is killed. */
  timeLimitMs?: number;
  onLine?: (line: string) => void;
}

/** A command that could not be started, was cut off or did not end with 0. */
export class CommandError extends Error {
  override name = 'CommandError';
  /** The last lines that it printed. */
  readonly tail: readonly string[];

  constructor(message: string, tail: readonly string[]) {
    super(message);
    this.tail = tail;
  }
}

/**
 * Runs a command to its end.
 *
 * @throws CommandError
 */
export async function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<void> {
  const { cwd, env, logFile, timeLimitMs, onLine } = options;
  const tail: string[] = [];

  logFile?.write(`$ ${[command, ...args].join(' ')}\n`);

  const child = spawn(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(timeLimitMs === undefined ? {} : { timeout: timeLimitMs, killSignal: 'SIGKILL' }),
  });

  // A compiler goes on by itself when the process that waits for it ends.
  const stop = () => child.kill();

  process.once('exit', stop);
  child.once('close', () => process.off('exit', stop));

  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      logFile?.write(`${line}\n`);
      tail.push(line);
      if (tail.length > tailLength) tail.shift();
      onLine?.(line);
    });
  }

  await new Promise<void>((resolve, reject) => {
    // What a killed command started may still hold its output open.
    child.once('exit', (_code, signal) => {
      if (signal !== 'SIGKILL') return;
      child.stdout.destroy();
      child.stderr.destroy();
    });
    child.once('error', (error) => reject(new CommandError(`${command} did not start: ${error.message}`, tail)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else if (signal === 'SIGKILL' && timeLimitMs !== undefined) {
        reject(new CommandError(`${command} was cut off after ${timeLimitMs / 1000} s`, tail));
      } else reject(new CommandError(`${command} ended with ${signal ?? `exit code ${code}`}`, tail));
    });
  });
}

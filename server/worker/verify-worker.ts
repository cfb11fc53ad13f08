import { execFile } from 'node:child_process';
import path from 'node:path';
import { CommandError, runCommand } from './run-command.ts';
import type { CommandOptions } from './run-command.ts';

const verifyTimeLimitMs = 30_000;
/** What a worker ends with when it is not mediasoup that starts it. */
const noParentExitCode = 41;

/** Whether this machine can load the program at all: a library that it links may have gone. */
export async function isRunnableWorker(workerPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(workerPath, { env: {}, timeout: verifyTimeLimitMs }, (error) => resolve(error?.code === noParentExitCode));
  });
}

/**
 * Starts the worker through mediasoup and creates a router and a transport on it, in a process of its own.
 *
 * @throws CommandError when the worker does not answer as it should.
 */
export async function verifyWorker(workerPath: string, options: CommandOptions): Promise<void> {
  if (!(await isRunnableWorker(workerPath))) throw new CommandError(`${workerPath} does not run on this machine`, []);

  const script = path.join(import.meta.dirname, `exercise-worker${path.extname(import.meta.filename)}`);

  await runCommand(process.execPath, [script, workerPath], { timeLimitMs: verifyTimeLimitMs, ...options });
}

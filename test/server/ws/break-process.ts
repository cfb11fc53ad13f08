import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SECRET } from './test-server.ts';

/** A server in a process of its own, which a test may kill. */
export interface BreakProcess {
  readonly port: number;
  /** As a crash does: nothing is said, nothing is finished. */
  kill(): Promise<void>;
}

/** Starts it on that database and port; 0 is any free one. */
export async function startBreakProcess(database: string, port: number): Promise<BreakProcess> {
  const entry = fileURLToPath(new URL('break-server.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [entry, database, String(port), SECRET], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = await once(child.stdout!, 'data');
  return {
    port: Number(printed),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

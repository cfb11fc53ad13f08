import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface YardstickProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** Ends it at once: it has nothing to save, and what it started ends with it. */
  readonly stop: () => void;
}

/** Starts a yardstick's server, which prints its address once it listens. */
export async function startYardstick(file: string): Promise<YardstickProcess> {
  const path = new URL(`./yardsticks/${file}`, import.meta.url).pathname;
  const child = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, port: (JSON.parse(line) as { port: number }).port, stop: () => void child.kill('SIGKILL') };
}

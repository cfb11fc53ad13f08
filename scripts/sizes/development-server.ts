import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repository } from '../set-up/paths.mjs';

const startTimeLimitMs = 60_000;

export interface DevelopmentServer extends AsyncDisposable {
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
}

/** Starts the room server in development mode on a free loopback port, with a database of its own. */
export async function startDevelopmentServer(): Promise<DevelopmentServer> {
  const data = mkdtempSync(join(tmpdir(), 'ils-sizes-'));
  const child = spawn(
    process.execPath,
    [
      join(repository, 'server/src/main.ts'),
      '--dev',
      '--host=127.0.0.1',
      '--port=0',
      `--data=${data}`,
      '--media-ports=0-0',
    ],
    { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  const said: string[] = [];
  try {
    const origin = await new Promise<string>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error('it is not ready in time')), startTimeLimitMs);
      let address: string | undefined;
      const handleLine = (line: string) => {
        said.push(line);
        address ??= /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(line)?.[0].replace('localhost', '127.0.0.1');
        if (/\bready\b/i.test(line) && address !== undefined) {
          clearTimeout(limit);
          resolve(address);
        }
      };
      for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', handleLine);
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`it ended with ${code}`)));
    });
    return { origin, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw new Error(`The server did not start: ${String(error)}\n${said.slice(-20).join('\n')}`, { cause: error });
  }
}

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../set-up/paths.mjs';
import { say } from '../set-up/progress.mjs';
import { countsFileVariable, type Suite, type SuiteCounts } from './suite.ts';

const killGraceMs = 5_000;

/** Runs one suite with its output shown, and stops it with all that it started when it takes too long. */
export async function runSuite(
  { name, command, timeLimitMs, files }: Suite,
  signal: AbortSignal,
): Promise<SuiteCounts> {
  if (files?.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const folder = join(repository, '.cache/suites');
  const countsFile = join(folder, `${name}-${process.pid}.json`);
  mkdirSync(folder, { recursive: true });
  const [program, ...parameters] = command;
  const child = spawn(program, parameters, {
    cwd: repository,
    env: { ...process.env, [countsFileVariable]: countsFile },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own, so that browsers and servers end with it.
    detached: true,
  });
  const stop = (how: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, how);
    } catch {
      // The group is gone already.
    }
  };
  const stopAll = () => {
    stop('SIGTERM');
    setTimeout(stop, killGraceMs, 'SIGKILL').unref();
  };
  const limit = setTimeout(() => {
    say(`${name} took longer than ${timeLimitMs / 60_000} minutes and is stopped`);
    stopAll();
  }, timeLimitMs);
  signal.addEventListener('abort', stopAll, { once: true });
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => resolve(exitCode ?? 1));
    });
    return readCounts(countsFile, code);
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', stopAll);
    rmSync(countsFile, { force: true });
  }
}

/** A suite that counts nothing is one check. One that ends badly has failed, whatever it counted. */
function readCounts(countsFile: string, exitCode: number): SuiteCounts {
  let counts: SuiteCounts | undefined;
  try {
    counts = JSON.parse(readFileSync(countsFile, 'utf8'));
  } catch {
    counts = undefined;
  }
  if (!counts) return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  return { ...counts, failed: exitCode === 0 ? counts.failed : Math.max(1, counts.failed) };
}

import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { readLibraryVersions } from './system-requirements.ts';
import { isRunnableWorker } from './verify-worker.ts';
import { readRecipeFingerprint } from './worker-recipe.ts';

const lockPollMs = 200;
const sqliteBusy = 5;
const workFolderPrefix = 'work-';

export const workerFileName = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';

/** The folder of the user's cache that is ours. */
export function defaultCacheFolder(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CACHE_HOME'];

  // The XDG base directory specification has relative paths ignored.
  return path.join(base && path.isAbsolute(base) ? base : path.join(homedir(), '.cache'), 'ils-kit');
}

/** Where the prebuilt worker of this mediasoup goes. */
export async function prebuiltWorkerPath(cacheFolder: string, mediasoupVersion: string): Promise<string> {
  return path.join(cacheFolder, `${await machineName(mediasoupVersion)}_prebuilt`, workerFileName);
}

/** Where the worker built from this mediasoup, this recipe and the installed libraries goes; undefined where libraries are missing. */
export async function builtWorkerPath(
  cacheFolder: string,
  mediasoupVersion: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const libraries = await readLibraryVersions(env);

  if (libraries === undefined) return undefined;

  const machine = await machineName(mediasoupVersion);
  const recipe = await readRecipeFingerprint();

  return path.join(cacheFolder, `${machine}_${libraries}_recipe-${recipe}`, workerFileName);
}

/** The cached worker, if there is one that runs. */
export async function findCachedWorker(
  cacheFolder: string,
  mediasoupVersion: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const prebuilt = await prebuiltWorkerPath(cacheFolder, mediasoupVersion);

  if (await isRunnableWorker(prebuilt)) return prebuilt;

  const built = await builtWorkerPath(cacheFolder, mediasoupVersion, env);

  return built !== undefined && (await isRunnableWorker(built)) ? built : undefined;
}

/** Puts a verified worker where the next start will find it, in one step. */
export async function storeWorker(workerPath: string, cachedPath: string): Promise<void> {
  await mkdir(path.dirname(cachedPath), { recursive: true });
  await rename(workerPath, cachedPath);
}

/**
 * Runs a task that no other process runs on this cache at the same time, with an empty folder that is gone afterwards.
 * The lock is the operating system's, so that it ends with a process that is killed.
 */
export async function withCacheLock<Result>(
  cacheFolder: string,
  task: (workFolder: string) => Promise<Result>,
  handleWait: () => void,
): Promise<Result> {
  await mkdir(cacheFolder, { recursive: true });

  const lock = new DatabaseSync(path.join(cacheFolder, 'lock.sqlite'), { timeout: 0 });

  try {
    let waiting = false;

    while (!tryLock(lock)) {
      if (!waiting) handleWait();
      waiting = true;
      await delay(lockPollMs);
    }

    return await runInWorkFolder(cacheFolder, task);
  } finally {
    lock.close();
  }
}

async function runInWorkFolder<Result>(
  cacheFolder: string,
  task: (workFolder: string) => Promise<Result>,
): Promise<Result> {
  // Those of processes that were killed.
  for (const name of await readdir(cacheFolder)) {
    if (name.startsWith(workFolderPrefix)) await rm(path.join(cacheFolder, name), { recursive: true, force: true });
  }

  const workFolder = path.join(cacheFolder, `${workFolderPrefix}${process.pid}`);

  await mkdir(workFolder);

  try {
    return await task(workFolder);
  } finally {
    await rm(workFolder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');

    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return false;
    throw error;
  }
}

async function machineName(mediasoupVersion: string): Promise<string> {
  return `mediasoup-worker-${mediasoupVersion}_${process.platform}-${process.arch}_${await readLibc()}`;
}

async function readLibc(): Promise<string> {
  if (process.platform !== 'linux') return 'system-libc';

  try {
    const { stdout } = await promisify(execFile)('getconf', ['GNU_LIBC_VERSION']);

    return stdout.trim().replace(' ', '-');
  } catch {
    return 'musl';
  }
}

import { createWriteStream, existsSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { buildWorker } from './build-worker.ts';
import { downloadWorker } from './download-worker.ts';
import { installRequirements, MissingRequirementsError } from './install-requirements.ts';
import { CommandError } from './run-command.ts';
import type { CommandOptions } from './run-command.ts';
import { isExecutable } from './system-requirements.ts';
import { isRunnableWorker, verifyWorker } from './verify-worker.ts';
import {
  builtWorkerPath,
  defaultCacheFolder,
  findCachedWorker,
  prebuiltWorkerPath,
  storeWorker,
  withCacheLock,
  workerFileName,
} from './worker-cache.ts';

const defaultDownloadTimeLimitMs = 20_000;

export type WorkerOrigin = 'environment' | 'installation' | 'cache' | 'download' | 'build';

export interface ObtainedWorker {
  /** Absolute path of a worker that runs here: what mediasoup takes as `workerBin` or `MEDIASOUP_WORKER_BIN`. */
  path: string;
  origin: WorkerOrigin;
}

export interface ObtainWorkerOptions {
  /** Receives the progress, a sentence at a time. */
  log?: (line: string) => void;
  /** Default: `ils-kit` in the user's cache, `$XDG_CACHE_HOME` or `~/.cache`. */
  cacheFolder?: string;
  /** Default: that of the process. */
  env?: NodeJS.ProcessEnv;
  /** Milliseconds for the prebuilt download in all. Default: 20,000. */
  downloadTimeLimitMs?: number;
  /** Whether the worker that mediasoup's own installation left in its package will do. Default: no. */
  acceptInstalled?: boolean;
  /** Whether packages may be installed with apt. Default: when the process is root. */
  isRoot?: boolean;
  /** Stands in for the build; gets mediasoup's folder and an empty folder, returns the path of a worker in the latter. */
  build?: typeof buildWorker;
}

/** No worker could be had; the message says what to do about it. */
export class WorkerUnavailableError extends Error {
  override name = 'WorkerUnavailableError';
  /** Names of the tools and libraries that a build needs and this machine lacks. */
  readonly missing: readonly string[];
  /** Everything that was tried and printed. */
  readonly logFile: string | undefined;

  constructor(message: string, details: { missing?: readonly string[]; logFile?: string; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.missing = details.missing ?? [];
    this.logFile = details.logFile;
  }
}

/**
 * Obtains the native program that mediasoup drives: from `MEDIASOUP_WORKER_BIN`, from mediasoup's package, from the
 * user's cache, as mediasoup's prebuilt download, or built from mediasoup's package against the system's libraries.
 * What is downloaded or built has been started and has created a router before it enters the cache.
 *
 * @throws WorkerUnavailableError
 */
export async function obtainWorker(options: ObtainWorkerOptions = {}): Promise<ObtainedWorker> {
  const { env = process.env, log = () => {} } = options;
  const fromEnvironment = env['MEDIASOUP_WORKER_BIN'];

  if (fromEnvironment) {
    const workerPath = path.resolve(fromEnvironment);

    if (!isExecutable(workerPath)) {
      throw new WorkerUnavailableError(`MEDIASOUP_WORKER_BIN names ${workerPath}, which is not an executable file.`);
    }

    return { path: workerPath, origin: 'environment' };
  }

  const cacheFolder = path.resolve(options.cacheFolder ?? defaultCacheFolder(env));
  const mediasoup = readMediasoup();
  const installed = path.join(mediasoup.folder, 'worker', 'out', 'Release', workerFileName);

  if (options.acceptInstalled && (await isRunnableWorker(installed))) {
    return { path: installed, origin: 'installation' };
  }

  const findCached = async (): Promise<ObtainedWorker | undefined> => {
    const cached = await findCachedWorker(cacheFolder, mediasoup.version, env);

    return cached === undefined ? undefined : { path: cached, origin: 'cache' };
  };

  const cached = await findCached();

  if (cached) return cached;

  return withCacheLock(
    cacheFolder,
    async (workFolder) =>
      (await findCached()) ?? (await createWorkerFile({ ...options, env, log, cacheFolder, mediasoup, workFolder })),
    () => log('Another process is obtaining the media worker: waiting for it'),
  );
}

interface Mediasoup {
  folder: string;
  version: string;
}

interface CreateWorkerFileOptions extends ObtainWorkerOptions {
  env: NodeJS.ProcessEnv;
  log: (line: string) => void;
  cacheFolder: string;
  mediasoup: Mediasoup;
  workFolder: string;
}

async function createWorkerFile(options: CreateWorkerFileOptions): Promise<ObtainedWorker> {
  const { cacheFolder, mediasoup } = options;
  const logPath = path.join(cacheFolder, `mediasoup-worker-${mediasoup.version}.log`);
  const logFile = createWriteStream(logPath);
  const startedMs = Date.now();
  const log = (line: string): void => {
    const stamped = `[${Math.round((Date.now() - startedMs) / 1000)} s] ${line}`;

    logFile.write(`${stamped}\n`);
    options.log(stamped);
  };
  const command: CommandOptions = { env: options.env, logFile };

  try {
    log(`Obtaining the media worker of mediasoup ${mediasoup.version}`);

    const downloaded = await tryDownload({ ...options, log }, command);

    return downloaded ?? (await build({ ...options, log }, command));
  } catch (error) {
    throw describeFailure(error, mediasoup.version, logPath);
  } finally {
    logFile.end();
    await finished(logFile);
  }
}

async function tryDownload(
  options: CreateWorkerFileOptions,
  command: CommandOptions,
): Promise<ObtainedWorker | undefined> {
  const { env, log, cacheFolder, mediasoup, workFolder } = options;
  const timeLimitMs = options.downloadTimeLimitMs ?? defaultDownloadTimeLimitMs;

  if (env['MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD']) return undefined;

  log(`Downloading the prebuilt worker (a few seconds, given up after ${timeLimitMs / 1000} s)`);

  const folder = path.join(workFolder, 'download');

  await mkdir(folder);

  try {
    const downloaded = await downloadWorker(mediasoup.folder, folder, { ...command, timeLimitMs });

    await verifyWorker(downloaded, command);

    const cachedPath = await prebuiltWorkerPath(cacheFolder, mediasoup.version);

    await storeWorker(downloaded, cachedPath);
    log(`Downloaded ${cachedPath}`);

    return { path: cachedPath, origin: 'download' };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    log('The prebuilt worker cannot be had from here: building it');

    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function build(options: CreateWorkerFileOptions, command: CommandOptions): Promise<ObtainedWorker> {
  const { env, log, cacheFolder, mediasoup, workFolder } = options;

  await installRequirements({ ...command, log, isRoot: options.isRoot ?? process.getuid?.() === 0 });

  // What was missing may have been all that kept a cached one from being found.
  const cached = await findCachedWorker(cacheFolder, mediasoup.version, env);

  if (cached !== undefined) return { path: cached, origin: 'cache' };

  const built = await (options.build ?? buildWorker)(mediasoup.folder, workFolder, { ...command, log });

  log('Trying the worker');
  await verifyWorker(built, command);

  const cachedPath = await builtWorkerPath(cacheFolder, mediasoup.version, env);

  if (cachedPath === undefined) throw new Error('A library went missing during the build');

  await storeWorker(built, cachedPath);
  log(`Built ${cachedPath}`);

  return { path: cachedPath, origin: 'build' };
}

function describeFailure(error: unknown, version: string, logFile: string): WorkerUnavailableError {
  const reason = error instanceof Error ? error.message : String(error);
  const tail = error instanceof CommandError ? error.tail.map((line) => `\n  ${line}`).join('') : '';
  const missing = error instanceof MissingRequirementsError ? error.missing : [];

  return new WorkerUnavailableError(
    `The media worker could not be downloaded or built: ${reason}${tail}\n` +
      `Where it cannot be built, set MEDIASOUP_WORKER_BIN to a mediasoup-worker of version ${version}.\n` +
      `Full log: ${logFile}`,
    { missing, logFile, cause: error },
  );
}

function readMediasoup(): Mediasoup {
  // The server's package brings it along; a checkout has it as a package, whose entry point is node/lib/index.js.
  const brought = fileURLToPath(new URL('../mediasoup/', import.meta.url));
  const folder = existsSync(brought) ? brought : fileURLToPath(new URL('../../', import.meta.resolve('mediasoup')));
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) {
    throw new Error(`${folder} is no package`);
  }

  return { folder, version: String(manifest.version) };
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  try {
    const { path: workerPath } = await obtainWorker({ log: (line) => console.error(line) });

    console.log(workerPath);
  } catch (error) {
    if (!(error instanceof WorkerUnavailableError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

import { obtainWorker, WorkerUnavailableError } from '../worker/obtain-worker.ts';
import { describeStart } from './announcement.ts';
import { ConfigError, readConfig, type Config } from './config/config.ts';
import { createHelp } from './config/help.ts';
import { createLogger, type Logger } from './logging.ts';
import { version } from './package.ts';
import { createServer, type RunningServer } from './server.ts';

/** All of a drain; who is not gone by then is cut off. */
const DRAIN_TIMEOUT_MS = 4_500;
/** npm and shells pass one Ctrl+C on several times; only a later signal is a second one. */
const REPEATED_SIGNAL_MS = 1_000;
const ORPHAN_WATCH_MS = 500;

const flags = process.argv.slice(2);
if (flags.includes('--help') || flags.includes('-h')) process.stdout.write(createHelp());
else if (flags.includes('--version')) process.stdout.write(`${version}\n`);
else await run();

async function run(): Promise<void> {
  try {
    const config = readConfig({ flags, environment: process.env });
    const logger = createLogger(config);
    exitOnFailure(logger);
    const starting = start(config, logger);
    drainOnSignal(starting, logger);
    announce(config, await starting, logger);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`The server cannot start.\n${error.message.replaceAll(/^/gm, '  ')}\n`);
    process.exitCode = 1;
  }
}

async function start(config: Config, logger: Logger): Promise<RunningServer> {
  const workerBin = await findWorker(config, logger);
  return createServer(config, { logger, workerBin });
}

/** @throws ConfigError where this machine can have no media worker. */
async function findWorker({ dev }: Config, logger: Logger): Promise<string> {
  try {
    const { path } = await obtainWorker({
      log: (line) => logger.info(line),
      acceptInstalled: true,
      // In public nothing changes the machine but whoever looks after it.
      ...(dev ? {} : { isRoot: false }),
    });
    return path;
  } catch (error) {
    if (error instanceof WorkerUnavailableError) throw new ConfigError([error.message]);
    throw error;
  }
}

function announce(config: Config, server: RunningServer, logger: Logger): void {
  const text = describeStart(config, server);
  if (config.logFormat === 'lines') {
    process.stdout.write(text);
    return;
  }
  if (config.dev) logger.warn('development mode: anyone can become host');
  logger.info(
    { port: server.port, version },
    text.split('\n').find((line) => line.startsWith('ready')),
  );
}

function drainOnSignal(starting: Promise<RunningServer>, logger: Logger): void {
  let firstAt: number | undefined;
  watchNpm(() => {
    if (firstAt === undefined) handleSignal('SIGTERM');
  });
  const handleSignal = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      logger.info({ signal }, 'draining');
      void drain(starting, logger);
    } else if (now - firstAt > REPEATED_SIGNAL_MS) {
      logger.warn({ signal }, 'leaving at once');
      process.exit(1);
    }
  };
  process.on('SIGTERM', handleSignal);
  process.on('SIGINT', handleSignal);
}

/** The shell between npm and its program dies of npm's SIGTERM without passing it on; nobody is left then to stop us. */
function watchNpm(handleOrphaned: () => void): void {
  if (process.env['npm_command'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) handleOrphaned();
  }, ORPHAN_WATCH_MS).unref();
}

async function drain(starting: Promise<RunningServer>, logger: Logger): Promise<void> {
  setTimeout(() => {
    logger.warn('drained only in part');
    process.exit(0);
  }, DRAIN_TIMEOUT_MS).unref();
  const server = await starting.catch(() => undefined);
  await server?.close();
  logger.info('drained');
  process.exit(0);
}

function exitOnFailure(logger: Logger): void {
  const handleFailure = (error: unknown) => {
    logger.fatal({ err: error }, 'unforeseen failure');
    process.exit(1);
  };
  process.on('uncaughtException', handleFailure);
  process.on('unhandledRejection', handleFailure);
}

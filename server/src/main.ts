#!/usr/bin/env node
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

const flags = process.argv.slice(2);
if (flags.includes('--help') || flags.includes('-h')) process.stdout.write(createHelp());
else if (flags.includes('--version')) process.stdout.write(`${version}\n`);
else await run();

async function run(): Promise<void> {
  try {
    const config = readConfig({ flags, environment: process.env });
    const logger = createLogger(config);
    exitOnFailure(logger);
    const starting = createServer(config, { logger });
    drainOnSignal(starting, logger);
    announce(config, await starting, logger);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`The server cannot start.\n${error.message.replaceAll(/^/gm, '  ')}\n`);
    process.exitCode = 1;
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

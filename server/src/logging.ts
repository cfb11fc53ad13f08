import { pino, type Logger } from 'pino';
import type { Config } from './config/config.ts';

export type { Logger } from 'pino';

/** Where lines of log go; standard output unless a test listens. */
export interface LogDestination {
  write(line: string): void;
}

const HIDDEN = '[hidden]';
/** Three parts of base64url of which the first two are JSON objects: a JWT, wherever it turns up. */
const TOKEN = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/g;
const AUTHORIZATION = /\b(Bearer|Basic) [\w.~+/=-]+/gi;
const SECRET_KEYS = ['token', 'authorization', 'cookie', 'secret', 'credential', 'password', 'sessionKey', 'apiKeys'];

/** Structured logs that hold no token, whoever writes them. */
export function createLogger(
  { logLevel, logFormat }: Pick<Config, 'logLevel' | 'logFormat'>,
  destination: LogDestination = process.stdout,
): Logger {
  return pino(
    {
      level: logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: HIDDEN },
      hooks: { streamWrite: hideTokens },
    },
    logFormat === 'json' ? destination : { write: (line) => destination.write(formatLine(line)) },
  );
}

/** Text without its tokens, also for addresses that carry one. */
export function hideTokens(text: string): string {
  return text.replace(TOKEN, HIDDEN).replace(AUTHORIZATION, `$1 ${HIDDEN}`);
}

interface LogLine extends Readonly<Record<string, unknown>> {
  readonly time: string;
  readonly level: string;
  readonly msg?: string;
  readonly err?: { readonly stack?: string; readonly message?: string };
}

/** `12:30:01 info  room created roomId=launch` */
function formatLine(json: string): string {
  const { time, level, msg = '', err, ...rest }: LogLine = JSON.parse(json);
  const details = Object.entries(rest).map(([key, value]) => ` ${key}=${formatValue(value)}`);
  const cause = err === undefined ? '' : `\n  ${err.stack ?? err.message ?? ''}`;
  return `${new Date(time).toLocaleTimeString('en-GB')} ${level.padEnd(5)} ${msg}${details.join('')}${cause}\n`;
}

function formatValue(value: unknown): string {
  return typeof value === 'string' && /^[^\s"]+$/.test(value) ? value : JSON.stringify(value);
}

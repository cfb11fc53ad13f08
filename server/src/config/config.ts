import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { isIP } from 'node:net';
import { pagesFolder } from '../package.ts';
import { findLocalAddresses, isLoopback } from './local-addresses.ts';
import { checkSettings, ConfigError, readSettings, type SettingSources } from './read-settings.ts';
import type { Settings } from './settings.ts';

export { ConfigError } from './read-settings.ts';

/** Opens the REST API in development; refused outside it. */
export const DEVELOPMENT_API_KEY = 'development-api-key';

type DependentSetting =
  'apiKeys' | 'data' | 'demo' | 'embedOrigins' | 'httpsPort' | 'logFormat' | 'mediaAnnounced' | 'mediaListen' | 'pages';

/** What the server runs by: every setting, with the defaults that depend on others filled in. */
export type Config = Readonly<
  Omit<Settings, DependentSetting | 'config'> & { [Name in DependentSetting]: NonNullable<Settings[Name]> }
>;

/**
 * Reads the configuration of a process.
 * @throws ConfigError that names each wrong setting and what is allowed.
 */
export function readConfig(sources: SettingSources): Config {
  return completeConfig(readSettings(sources), sources.environment);
}

/**
 * The configuration as a program gives it: settings by name, everything else by default.
 * @throws ConfigError that names each wrong setting and what is allowed.
 */
export function createConfig(values: Readonly<Partial<Settings>>): Config {
  return completeConfig(checkSettings(values), process.env);
}

function completeConfig(given: Settings, environment: SettingSources['environment']): Config {
  assertTogether(given);
  const { config: _, ...settings } = given;
  const { dev, host, port } = settings;
  const data = settings.data ?? (dev ? developmentFolder(environment) : 'data');
  const listen = isIP(host) > 0 ? host : '0.0.0.0';
  return {
    ...settings,
    apiKeys: settings.apiKeys ?? (dev ? [DEVELOPMENT_API_KEY] : []),
    data: resolve(data),
    demo: settings.demo ?? dev,
    embedOrigins: settings.embedOrigins ?? (dev ? ['*'] : []),
    httpsPort: settings.httpsPort ?? (port === 0 ? 0 : port + 1),
    logFormat: settings.logFormat ?? (dev ? 'lines' : 'json'),
    mediaListen: settings.mediaListen ?? (isLoopback(host) ? '127.0.0.1' : listen),
    mediaAnnounced: settings.mediaAnnounced ?? announcedAddresses(settings.mediaListen ?? host, dev),
    pages: resolve(settings.pages ?? pagesFolder),
  };
}

function announcedAddresses(listen: string, dev: boolean): string[] {
  if (isLoopback(listen)) return ['127.0.0.1'];
  if (isIP(listen) > 0 && listen !== '0.0.0.0' && listen !== '::') return [listen];
  const local = findLocalAddresses();
  return dev || local.length === 0 ? ['127.0.0.1', ...local] : [...local];
}

function developmentFolder(environment: SettingSources['environment']): string {
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'ils-kit', 'development');
}

/** What no single setting can tell. */
function assertTogether(settings: Settings): void {
  const { dev, mediaPorts, workers, turnUrls, turnSecret, turnUsername, turnCredential } = settings;
  const asUser = turnUsername !== undefined && turnCredential !== undefined;
  const problems = [
    !dev &&
      settings.secret === undefined &&
      settings.jwks === undefined &&
      'secret: needed (or jwks) outside --dev; at least 32 characters, best in ILS_SECRET',
    settings.secret !== undefined && settings.jwks !== undefined && 'jwks: is instead of secret, not beside it',
    dev && settings.jwks !== undefined && 'jwks: not with --dev, which makes tokens of its own',
    !dev && settings.https && 'https: only with --dev; in public, put a proxy with a certificate in front',
    !dev &&
      settings.apiKeys?.includes(DEVELOPMENT_API_KEY) === true &&
      'apiKeys: the key of --dev is known to everyone; give one of your own',
    !settings.mediaUdp && !settings.mediaTcp && 'mediaUdp: may not be off together with mediaTcp',
    settings.https && settings.port !== 0 && settings.httpsPort === settings.port && 'httpsPort: must differ from port',
    mediaPorts.from > 0 &&
      mediaPorts.to - mediaPorts.from + 1 < workers &&
      `mediaPorts: ${workers} workers need ${workers} ports`,
    turnUrls.length > 0 &&
      turnSecret === undefined &&
      !asUser &&
      'turnUrls: need turnSecret, or turnUsername with turnCredential',
    settings.broadcastUrlTtlSeconds > 0 &&
      settings.secret === undefined &&
      !dev &&
      'broadcastUrlTtlSeconds: needs secret, which signs the addresses',
    settings.broadcastS3Endpoint !== undefined &&
      (settings.broadcastS3Bucket === undefined ||
        settings.broadcastS3AccessKey === undefined ||
        settings.broadcastS3SecretKey === undefined) &&
      'broadcastS3Endpoint: needs broadcastS3Bucket, broadcastS3AccessKey and broadcastS3SecretKey',
    settings.webhookUrls.length > 0 && settings.webhookSecret === undefined && 'webhookUrls: need webhookSecret',
    settings.walletUrl !== undefined && settings.webhookSecret === undefined && 'walletUrl: needs webhookSecret',
    settings.chatFilterUrl !== undefined &&
      settings.webhookSecret === undefined &&
      'chatFilterUrl: needs webhookSecret',
    turnSecret !== undefined &&
      (turnUsername !== undefined || turnCredential !== undefined) &&
      'turnSecret: is instead of turnUsername and turnCredential, not beside them',
  ].filter((problem) => problem !== false);
  if (problems.length > 0) throw new ConfigError(problems);
}

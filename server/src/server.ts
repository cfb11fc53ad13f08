import { once } from 'node:events';
import { access, constants, mkdir } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { createServer as createHttpsListener } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import proxyAddress from '@fastify/proxy-addr';
import type { TokenVerifier } from './auth/token.ts';
import { createTokenVerifier } from './auth/token-verifier.ts';
import type { OpenSource } from './broadcast/broadcast-source.ts';
import { createMediaDelivery, openBroadcasts } from './broadcast/open-broadcasts.ts';
import { createComposers } from './broadcast/composer/composer.ts';
import { ComposerTokens } from './broadcast/composer/composer-tokens.ts';
import type { BroadcastOutputs } from './broadcast/packager/broadcast-output.ts';
import { createRoutes } from './broadcast/route/route-source.ts';
import { ConfigError, type Config } from './config/config.ts';
import { findLocalAddresses } from './config/local-addresses.ts';
import { readTemplates } from './config/templates.ts';
import { keepCertificate } from './development/certificate.ts';
import { keepDevelopmentSecret } from './development/development-secret.ts';
import { Destinations } from './broadcast/rtmp/destinations.ts';
import { RelayedOutputs } from './broadcast/rtmp/relayed-outputs.ts';
import { openFilter } from './filter/open-filter.ts';
import { createEmbedEndpoints } from './embed/embed-endpoints.ts';
import { createHttpServer } from './http/http-server.ts';
import { createOriginCheck } from './http/origins.ts';
import { createRouteTable } from './http/route-table.ts';
import { createWhipEndpoints } from './http/routes/whip.ts';
import { createBroadcastMediaEndpoints } from './http/routes/broadcast-media.ts';
import { createUpgradeHandler } from './http/upgrade.ts';
import { createLogger, type Logger } from './logging.ts';
import type { Media } from './media/media.ts';
import { createMedia as createMediasoup } from './media/mediasoup/create-media.ts';
import type { IceServerOptions, MediaOptions } from './media/mediasoup/media-options.ts';
import { createMetrics } from './metrics.ts';
import { version } from './package.ts';
import { systemClock, type Clock } from './rooms/clock.ts';
import { Rooms } from './rooms/rooms.ts';
import { Retention } from './store/retention.ts';
import { SqliteBroadcastStore } from './store/sqlite/sqlite-broadcast-store.ts';
import { SqliteDestinationStore } from './store/sqlite/sqlite-destination-store.ts';
import { SqliteFile } from './store/sqlite/sqlite-file.ts';
import { SqliteRecordingStore } from './store/sqlite/sqlite-recording-store.ts';
import { SqliteRoomStore } from './store/sqlite/sqlite-room-store.ts';
import { SqliteWebhookStore } from './store/sqlite/sqlite-webhook-store.ts';
import { ExternalWallet, type ExternalWalletOptions } from './wallet/external-wallet.ts';
import { Webhooks } from './webhooks/webhooks.ts';
import { Sessions } from './whip/sessions.ts';
import { RoomSocketServer } from './ws/room-socket-server.ts';

export interface RunningServer {
  readonly port: number;
  /** Where `https` is on. */
  readonly httpsPort: number | undefined;
  /** Lets everyone go, so that they come back to the next server, and closes. Again does nothing. */
  close(): Promise<void>;
}

export interface ServerParts {
  readonly logger?: Logger;
  /** Path of the mediasoup worker. Default: `MEDIASOUP_WORKER_BIN`, else where mediasoup's own installation puts it. */
  readonly workerBin?: string;
  /** The SFU; mediasoup unless given. */
  readonly createMedia?: (options: MediaOptions) => Promise<Media>;
  /** Where broadcasts go; packaged and kept in the data folder unless given. */
  readonly broadcastOutputs?: BroadcastOutputs;
  /** What draws and encodes them; composers unless given. */
  readonly openBroadcastSource?: OpenSource;
  /** The machine's unless given. */
  readonly clock?: Clock;
}

/**
 * Starts everything and listens.
 * @throws ConfigError where a setting does not fit this machine: a port in use, no media worker, a file that is not there.
 */
export async function createServer(config: Config, parts: ServerParts = {}): Promise<RunningServer> {
  const { logger = createLogger(config), createMedia = createMediasoup, workerBin, clock = systemClock } = parts;
  const { createOnJoin, dev } = config;
  await openFolder(config.data);
  const templates = await readTemplates(config.templates);
  const secret = config.secret ?? (dev ? await keepDevelopmentSecret(config.data) : undefined);
  const tokens = new ComposerTokens(await openTokens(config, secret, clock), clock);
  const certificate = config.https
    ? await keepCertificate(config.data, ['127.0.0.1', ...findLocalAddresses()])
    : undefined;
  const file = openFile(config, logger);
  const store = new SqliteRoomStore(file);
  const media = await openMedia(config, logger, workerBin, createMedia).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const metrics = createMetrics();
  const webhookStore = new SqliteWebhookStore(file);
  const webhooks = new Webhooks({
    urls: config.webhookUrls,
    secret: config.webhookSecret ?? '',
    store: webhookStore,
    clock,
    logger,
    onAttempt: (outcome) => metrics.webhookAttempted(outcome),
  });
  let port = config.port;
  const openSource =
    parts.openBroadcastSource ??
    createRoutes({
      route: config.broadcastRoute,
      openComposer: createComposers({
        origin: () => `http://${loopbackOf(config.host)}:${port}`,
        templates: join(config.pages, 'dist/templates'),
        tokens,
        renditions: config.broadcastRenditions,
      }),
      clock,
      logger,
      partMs: config.broadcastPartMs,
      segmentMs: config.broadcastSegmentMs,
    });
  const { broadcasts, recordings } = openBroadcasts({
    config,
    secret,
    logger,
    metrics,
    rooms: store,
    store: new SqliteRecordingStore(file),
    templates,
    announcer: webhooks,
    clock,
  });
  const destinations = new Destinations({
    store: new SqliteDestinationStore(file),
    clock,
    logger,
    authorities: config.broadcastRtmpCa,
  });
  const outputs = new RelayedOutputs(parts.broadcastOutputs ?? broadcasts, destinations);
  const wallet = openWallet(config, { store: store.features.charges, clock, logger });
  const filter = openFilter(config, { clock, logger });
  const rooms = new Rooms({
    store,
    media,
    templates,
    preferredVideoCodec: config.preferredVideoCodec,
    createOnJoin,
    limits: { participantsPerRoom: config.maxParticipants, chatMostPerSecond: config.chatMostPerSecond || null },
    clock,
    logger,
    metrics,
    announcer: webhooks,
    wallet,
    filter,
    broadcastStore: new SqliteBroadcastStore(file),
    broadcastParts: { outputs, openSource, templateOrigins: config.templateOrigins },
  });
  const retention = new Retention({ store, days: config.retentionDays, clock });
  const sessions = new Sessions({ rooms, tokens, timeoutMs: config.whipTimeoutSeconds * 1_000 });
  const sockets = new RoomSocketServer({ rooms, tokens, addressOf: createAddressReader(config) });
  metrics.observe({
    rooms: () => ({ ...rooms.statistics(), sockets: sockets.connections }),
    media: () => media.statistics(),
    sessions: () => sessions.size,
    broadcasts: () => broadcasts.statistics(),
  });

  let closing: Promise<void> | undefined;
  const whyNotReady = () => {
    if (closing !== undefined) return 'The server is going down.';
    return media.statistics().workers === 0 ? 'No media worker is running.' : undefined;
  };
  const isAllowedOrigin = createOriginCheck(config);
  const routes = createRouteTable({
    rooms,
    broadcastUrls: (roomId, ttlMs) => broadcasts.urls(roomId, ttlMs),
    store,
    destinations,
    recordings,
    webhooks: { store: webhookStore, wake: () => webhooks.wake(), now: () => clock.now() },
    secret,
    createOnJoin,
    dev,
    embedRole: config.embedOrigins.length > 0 ? config.embedRole : undefined,
    whyNotReady,
  });
  const delivery = createMediaDelivery(broadcasts, rooms);
  const endpoints = [
    createWhipEndpoints(sessions),
    createBroadcastMediaEndpoints(delivery, metrics),
    ...(config.embedOrigins.length > 0 ? [createEmbedEndpoints({ config, rooms })] : []),
  ];
  const app = await createHttpServer({ config, logger, metrics, routes, endpoints, isAllowedOrigin, version });
  const secure = certificate && createHttpsListener(certificate, (request, response) => app.routing(request, response));
  const handleUpgrade = createUpgradeHandler(isAllowedOrigin, (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head),
  );
  app.server.on('upgrade', handleUpgrade);
  secure?.on('upgrade', handleUpgrade);

  const closeAll = async () => {
    // An HTTP server has closed only when its last WebSocket has: begin here, let everyone go, then wait.
    const httpClosed = [app.close(), secure?.listening ? secure[Symbol.asyncDispose]() : undefined];
    filter?.close();
    await sockets.close();
    sessions.close();
    await rooms.close();
    await broadcasts.close();
    await recordings.close();
    await Promise.all(httpClosed);
    await media.close();
    await retention.close();
    await destinations.close();
    await wallet?.close();
    await webhooks.close();
    await store.close();
    metrics.close();
  };
  const close = () => (closing ??= closeAll());

  try {
    await listen('port', config.port, () => app.listen({ host: config.host, port: config.port }));
    port = portOf(app.server);
    if (secure !== undefined) {
      await listen('httpsPort', config.httpsPort, () =>
        once(secure.listen(config.httpsPort, config.host), 'listening'),
      );
    }
  } catch (error) {
    await close();
    throw error;
  }
  await rooms.resumeBroadcasts();
  return { port, httpsPort: secure && portOf(secure), close };
}

/** How this machine reaches what listens on `host`. */
function loopbackOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** The site's own wallets, where it has any. */
function openWallet(
  { walletUrl: url, walletTimeoutMs: timeoutMs, webhookSecret: secret }: Config,
  parts: Pick<ExternalWalletOptions, 'store' | 'clock' | 'logger'>,
): ExternalWallet | undefined {
  if (url === undefined || secret === undefined) return undefined;
  return new ExternalWallet({ ...parts, url, secret, timeoutMs });
}

async function openFolder(data: string): Promise<void> {
  try {
    await mkdir(data, { recursive: true });
    await access(data, constants.W_OK);
  } catch (error) {
    throw new ConfigError([`data: ${data} is no folder to write in: ${messageOf(error)}`]);
  }
}

async function openTokens(config: Config, secret: string | undefined, clock: Clock): Promise<TokenVerifier> {
  const { jwks = '', tokenIssuer: issuer, tokenAudience: audience } = config;
  const isAddress = /^https?:/.test(jwks);
  const given = isAddress ? { jwksUrl: new URL(jwks) } : { jwksFile: jwks };
  try {
    return await createTokenVerifier({ keys: secret === undefined ? given : { secret }, issuer, audience, clock });
  } catch (error) {
    throw new ConfigError([`jwks: ${messageOf(error)}`]);
  }
}

function openFile({ data }: Config, logger: Logger): SqliteFile {
  try {
    return new SqliteFile(join(data, 'rooms.db'), logger);
  } catch (error) {
    throw new ConfigError([`data: no database can be opened in ${data}: ${messageOf(error)}`]);
  }
}

async function openMedia(
  config: Config,
  log: Logger,
  workerBin: string | undefined,
  createMedia: (options: MediaOptions) => Promise<Media>,
): Promise<Media> {
  const { workers, participantsPerWorker, mediaListen: address, mediaAnnounced: announced, mediaPorts: ports } = config;
  try {
    return await createMedia({
      workerBin,
      workers,
      participantsPerWorker,
      listen: { address, announced, ports, udp: config.mediaUdp, tcp: config.mediaTcp },
      iceServers: iceServersOf(config),
      log,
    });
  } catch (error) {
    throw new ConfigError([
      `The media workers do not start: ${messageOf(error)}`,
      'Either the worker does not run here (MEDIASOUP_WORKER_BIN names another), or mediaListen or mediaPorts do not fit this machine.',
    ]);
  }
}

function iceServersOf(config: Config): IceServerOptions[] {
  const { stunUrls, turnUrls, turnSecret: secret, turnUsername: username, turnCredential: credential } = config;
  const stun = stunUrls.length > 0 ? [{ urls: stunUrls }] : [];
  if (turnUrls.length === 0) return stun;
  const turn =
    secret === undefined
      ? { urls: turnUrls, username, credential }
      : { urls: turnUrls, secret, lifetimeSeconds: config.turnTtlSeconds };
  return [...stun, turn];
}

/** A client's address, as the proxies we trust tell it. */
function createAddressReader({ trustedProxies }: Config): (request: IncomingMessage) => string {
  if (trustedProxies.length === 0) return (request) => request.socket.remoteAddress ?? '';
  const isTrusted = proxyAddress.compile([...trustedProxies]);
  return (request) => proxyAddress(request, isTrusted);
}

async function listen(setting: 'port' | 'httpsPort', port: number, start: () => Promise<unknown>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') throw new ConfigError([`${setting}: ${port} is in use on this machine; give another`]);
    throw new ConfigError([`${setting}: cannot listen on ${port}: ${messageOf(error)}`]);
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

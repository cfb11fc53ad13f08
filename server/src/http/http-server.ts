import type { Duplex } from 'node:stream';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Config } from '../config/config.ts';
import type { Logger } from '../logging.ts';
import type { Metrics } from '../metrics.ts';
import { createApiKeyCheck } from './api-keys.ts';
import { HttpError, toHttpError } from './http-error.ts';
import { createOpenApi } from './openapi.ts';
import type { OriginCheck } from './origins.ts';
import type { HttpEndpoints } from './endpoints.ts';
import { registerKit, registerPages, registerTemplates } from './pages.ts';
import type { Route } from './route.ts';

/** Who trickles a request is cut off: head and whole request, and how often that is looked at. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const TIMEOUT_CHECK_MS = 5_000;

export interface HttpServerOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly routes: readonly Route[];
  /** What answers with something else than JSON. */
  readonly endpoints: readonly HttpEndpoints[];
  readonly isAllowedOrigin: OriginCheck;
  readonly version: string;
}

/** The HTTP side: the routes of the table, their OpenAPI document, metrics and pages. Not yet listening. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { config, logger, metrics, routes, endpoints, version } = options;
  const app: FastifyInstance = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, _request, reply) => void sendError(reply, toHttpError(error)),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    bodyLimit: 64 * 1_024,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
    clientErrorHandler: refuseUnreadable,
    forceCloseConnections: true,
  });
  app.addHook('onRequest', createCrossOriginHook(options.isAllowedOrigin));
  app.addHook('onResponse', async (request, reply) => recordAnswer(request, reply, metrics));
  app.setNotFoundHandler((_request, reply) => sendError(reply, new HttpError('notFound', 'There is nothing here.')));
  app.setErrorHandler((error, request, reply) => {
    const httpError = toHttpError(error);
    if (httpError.code === 'internal')
      request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    return sendError(reply, httpError);
  });

  registerRoutes(app, routes, createApiKeyCheck(config.apiKeys));
  for (const { register } of endpoints) await app.register(register);
  const document = createOpenApi(routes, {
    version,
    paths: Object.assign({}, ...endpoints.map(({ paths }) => paths)),
    description: 'What a back end does: create and end rooms, mint tokens, see and move participants, read the chat.',
  });
  app.get('/openapi.json', () => document);
  app.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await metrics.render();
    return reply.header('content-type', contentType).send(text);
  });
  await registerTemplates(app, config.pages);
  if (config.kit) await registerKit(app, config.pages);
  if (config.demo) await registerPages(app, config.pages);
  return app;
}

function registerRoutes(
  app: FastifyInstance,
  routes: readonly Route[],
  assertApiKey: (authorization: string | undefined) => void,
): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      onRequest: async (request) => {
        if (route.access === 'apiKey') assertApiKey(request.headers.authorization);
      },
      handler: async (request, reply) => {
        const { params, query, body } = request;
        const answer = await route.respond({ params, query, body, idempotencyKey: readIdempotencyKey(request) });
        return reply.status(answer.status).header('cache-control', 'no-store').send(answer.body);
      },
    });
  }
}

function readIdempotencyKey({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length >= 1 && key.length <= 256) return key;
  throw new HttpError('badRequest', 'header.Idempotency-Key: must have 1 to 256 characters');
}

/** Headers for every answer, and what lets pages of allowed origins read it. */
function createCrossOriginHook(isAllowedOrigin: OriginCheck) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    void reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', vary: 'Origin' });
    const { origin, host } = request.headers;
    if (origin === undefined || !isAllowedOrigin(origin, host)) return undefined;
    void reply.header('access-control-allow-origin', origin);
    // A route of its own says what it takes.
    if (request.method !== 'OPTIONS' || !request.is404) return undefined;
    return reply
      .status(204)
      .headers({
        'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers': 'authorization, content-type, idempotency-key',
        'access-control-max-age': '600',
      })
      .send();
  };
}

function recordAnswer(request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  const route = request.routeOptions.url ?? 'none';
  const durationMs = Math.round(reply.elapsedTime * 10) / 10;
  metrics.httpAnswered(request.method, route, reply.statusCode, durationMs);
  const level = route.startsWith('/api/') ? 'info' : 'debug';
  // The address without its query, which may hold a token.
  const path = request.url.split('?', 1)[0];
  request.log[level]({ method: request.method, path, status: reply.statusCode, durationMs }, 'http');
}

function sendError(reply: FastifyReply, error: HttpError): FastifyReply {
  if (error.code === 'unauthorized') void reply.header('www-authenticate', 'Bearer');
  return reply.status(error.status).header('cache-control', 'no-store').send(error.toBody());
}

/** Answers what is no HTTP, too long or too late: no request came of it that a handler could answer. */
function refuseUnreadable(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason] = UNREADABLE[error.code ?? ''] ?? ['400 Bad Request', badRequest];
  const body = JSON.stringify(reason.toBody());
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

const badRequest = new HttpError('badRequest', 'This is no HTTP request.');
const UNREADABLE: Readonly<Record<string, readonly [status: string, reason: HttpError]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', new HttpError('tooLarge', 'The headers are too large.')],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', new HttpError('timeout', 'The request did not come in time.')],
};

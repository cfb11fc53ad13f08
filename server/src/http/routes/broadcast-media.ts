import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { MediaDelivery } from '../../broadcast/delivery/media-delivery.ts';
import type { BroadcastMetrics } from '../../broadcast/packager/broadcast-metrics.ts';
import type { HttpEndpoints } from '../endpoints.ts';
import { describeBroadcastMedia } from './broadcast-media-document.ts';

interface MediaRoute {
  Params: { roomId: string; '*': string };
  Querystring: Record<string, unknown>;
}

/** Anybody's player may read what is broadcast: it is not the origin that keeps it, but a signed address. */
const FOR_EVERYONE = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

/** Playlists and media of the broadcasts, below `/broadcasts/`. */
export function createBroadcastMediaEndpoints(delivery: MediaDelivery, metrics: BroadcastMetrics): HttpEndpoints {
  return {
    paths: describeBroadcastMedia(),
    register: async (app) => addMediaRoutes(app, delivery, metrics),
  };
}

function addMediaRoutes(app: FastifyInstance, delivery: MediaDelivery, metrics: BroadcastMetrics): void {
  const url = '/broadcasts/:roomId/*';
  app.options<MediaRoute>(url, (_request, reply) =>
    reply
      .status(204)
      .headers({
        ...FOR_EVERYONE,
        'access-control-allow-methods': 'GET, HEAD',
        'access-control-allow-headers': 'range',
        'access-control-max-age': '86400',
      })
      .send(),
  );
  app.get<MediaRoute>(url, async (request, reply) => {
    const { status, headers, body, kind } = await delivery.answer({
      roomId: request.params.roomId,
      path: request.params['*'],
      query: request.query,
      acceptEncoding: request.headers['accept-encoding'],
      range: request.headers.range,
      signal: goneSignal(reply),
    });
    void reply
      .removeHeader('vary')
      .status(status)
      .headers({ ...FOR_EVERYONE, ...headers });
    metrics.delivered(
      kind,
      status,
      Number(headers['content-length'] ?? (body instanceof Uint8Array ? body.length : 0)),
    );
    return send(request, reply, body);
  });
}

function send(
  request: FastifyRequest<MediaRoute>,
  reply: FastifyReply,
  body: Uint8Array | AsyncIterable<Uint8Array>,
): FastifyReply {
  if (body instanceof Uint8Array) return reply.send(body);
  const stream = body instanceof Readable ? body : Readable.from(body, { objectMode: false });
  if (request.method !== 'HEAD') return reply.send(stream);
  stream.destroy();
  return reply.send();
}

/** Aborted when the connection goes before the answer. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { roomId, type RoomId } from '../../../src/protocol/index.ts';
import type { Config } from '../config/config.ts';
import type { HttpEndpoints } from '../http/endpoints.ts';
import { queryNumber } from '../http/fields.ts';
import { HttpError } from '../http/http-error.ts';
import { CONTENT_SECURITY_POLICY } from '../http/pages.ts';
import { assertRoom } from '../http/routes/rooms.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { chooseLanguage, embedQuery } from './embed-fields.ts';
import { composeEmbedPage } from './embed-page.ts';
import { embedPaths } from './embed-document.ts';
import { composeOEmbed, readEmbedAddress } from './oembed.ts';

const ANY_SIZE = 10_000;

export interface EmbedParts {
  readonly config: Pick<Config, 'embedOrigins' | 'pages' | 'dev'>;
  readonly rooms: Rooms;
}

const oembedQuery = v.object({
  url: v.string('is missing'),
  format: v.optional(v.string(), 'json'),
  maxwidth: v.optional(queryNumber(1, ANY_SIZE), ANY_SIZE),
  maxheight: v.optional(queryNumber(1, ANY_SIZE), ANY_SIZE),
});

/** @throws HttpError `badRequest` that names the field and what is wrong with it. */
function parse<TSchema extends v.GenericSchema>(schema: TSchema, value: unknown): v.InferOutput<TSchema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new HttpError('badRequest', `${v.getDotPath(issue) ?? 'query'}: ${issue.message}`);
}

const originOf = (request: FastifyRequest) => `${request.protocol}://${request.host}`;

/** Rooms as pages for frames on other sites, with visitors of their own, and how sites learn of them (oEmbed). */
export function createEmbedEndpoints(parts: EmbedParts): HttpEndpoints {
  return { register: (app) => register(app, parts), paths: embedPaths };
}

async function register(app: FastifyInstance, { config, rooms }: EmbedParts): Promise<void> {
  const { embedOrigins, pages, dev } = config;
  const ancestors = embedOrigins.includes('*') ? '*' : ["'self'", ...embedOrigins].join(' ');

  const findRoom = async (params: unknown): Promise<{ readonly roomId: RoomId; readonly title: string }> => {
    const { roomId: id } = parse(v.object({ roomId }), params);
    // A visitor makes no room, unless anybody may do anything here.
    const { title } = dev ? ((await rooms.get(id)) ?? { title: '' }) : await assertRoom(rooms, id);
    return { roomId: id, title: title || id };
  };

  app.get('/embed/:roomId', async (request, reply) => {
    const room = await findRoom(request.params);
    const query = parse(embedQuery, request.query);
    const language = query.lang ?? chooseLanguage(request.headers['accept-language'] ?? '');
    return sendPage(reply, ancestors).send(
      composeEmbedPage({ origin: originOf(request), ...room, query, language, origins: embedOrigins }),
    );
  });

  app.get('/oembed', async (request, reply) => {
    const { url, format, maxwidth, maxheight } = parse(oembedQuery, request.query);
    if (format !== 'json') throw new HttpError('notConfigured', 'format: only json');
    const origin = originOf(request);
    const { roomId: id, query } = readEmbedAddress(url, origin);
    const room = await findRoom({ roomId: id });
    void reply.headers({ 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' });
    return composeOEmbed({ origin, ...room, query, maxWidth: maxwidth, maxHeight: maxheight });
  });

  await app.register(fastifyStatic, {
    root: join(pages, 'dist/embed'),
    prefix: '/embed-files/',
    index: false,
    cacheControl: false,
    suppressWarning: true,
    dotfiles: 'ignore',
    setHeaders: (reply) => void reply.headers({ 'cache-control': 'no-cache', 'access-control-allow-origin': '*' }),
  });
  app.get('/embed.js', (_request, reply) =>
    reply
      .headers({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' })
      .sendFile('embed.js'),
  );
}

function sendPage(reply: FastifyReply, ancestors: string): FastifyReply {
  return reply.headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors ${ancestors}`,
    'permissions-policy': 'camera=*, microphone=*, display-capture=*, fullscreen=*, autoplay=*',
  });
}

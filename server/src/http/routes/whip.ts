import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { LIMITS, roomId, type IceServerView, type RoomId } from '../../../../src/protocol/index.ts';
import type { Sessions, SessionKind } from '../../whip/sessions.ts';
import type { HttpEndpoints } from '../endpoints.ts';
import { HttpError } from '../http-error.ts';
import { sendProblem } from '../problem.ts';
import { describeSdpEndpoints } from './whip-document.ts';

const SDP = 'application/sdp';
const FRAGMENT = 'application/trickle-ice-sdpfrag';
const ENDPOINT_METHODS = 'GET, HEAD, OPTIONS, POST';
const SESSION_METHODS = 'DELETE, GET, HEAD, OPTIONS, PATCH';

/** WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep): publishing and playing by one exchange of descriptions over HTTP. */
export function createWhipEndpoints(sessions: Sessions): HttpEndpoints {
  return {
    paths: describeSdpEndpoints(),
    register: async (app) => {
      app.setErrorHandler((error, request, reply) => {
        if (reply.statusCode >= 500)
          request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
        return sendProblem(reply, error);
      });
      app.removeAllContentTypeParsers();
      app.addContentTypeParser([SDP, FRAGMENT], { parseAs: 'string' }, (_request, body, done) => done(null, body));
      app.addHook('onRequest', async (request, reply) => {
        void reply.header(
          'access-control-expose-headers',
          'Location, ETag, Link, Accept-Post, Accept-Patch, Retry-After',
        );
        if (request.method !== 'OPTIONS') sessions.admit(request.ip);
      });
      addEndpoint(app, sessions, 'whip');
      addEndpoint(app, sessions, 'whep');
    },
  };
}

function addEndpoint(app: FastifyInstance, sessions: Sessions, kind: SessionKind): void {
  const endpoint = `/${kind}/:room`;
  const session = `${endpoint}/:session`;

  app.post(endpoint, async (request, reply) => {
    assertContent(request, SDP);
    assertAccepts(request, SDP);
    const room = readRoom(request);
    const opened = await sessions.open(kind, room, readToken(request), readBody(request));
    return reply
      .status(201)
      .headers({
        'content-type': SDP,
        'cache-control': 'no-store',
        location: `/${kind}/${encodeURIComponent(room)}/${opened.id}`,
        etag: opened.tag,
        'accept-patch': FRAGMENT,
        link: opened.iceServers.flatMap(describeIceServer),
      })
      .send(opened.sdp);
  });

  app.patch(session, async (request, reply) => {
    assertContent(request, FRAGMENT);
    const { room, id } = readSession(request);
    const ifMatch = request.headers['if-match'];
    const { tag, restart } = await sessions.patch(kind, room, id, readToken(request), readBody(request), ifMatch);
    void reply.header('cache-control', 'no-store');
    if (!restart) return reply.status(204).send();
    return reply.status(200).headers({ 'content-type': FRAGMENT, etag: tag }).send(restart.fragment);
  });

  app.delete(session, async (request, reply) => {
    const { room, id } = readSession(request);
    await sessions.end(kind, room, id, readToken(request));
    return reply.status(200).header('cache-control', 'no-store').send();
  });

  addMetadata(app, kind, endpoint, ENDPOINT_METHODS, { 'accept-post': SDP });
  addMetadata(app, kind, session, SESSION_METHODS, { 'accept-patch': FRAGMENT });
}

/** What answers to no session: OPTIONS (CORS), GET and HEAD (nothing to see), and the methods there are not. */
function addMetadata(
  app: FastifyInstance,
  kind: SessionKind,
  url: string,
  methods: string,
  accepts: Readonly<Record<string, string>>,
): void {
  app.options(url, async (_request, reply) =>
    reply
      .status(200)
      .headers({
        ...accepts,
        allow: methods,
        'access-control-allow-methods': 'DELETE, OPTIONS, PATCH, POST',
        // Some clients send the tag as ETag where If-Match is meant.
        'access-control-allow-headers': 'authorization, content-type, if-match, etag, link',
        'access-control-max-age': '600',
      })
      .send(),
  );
  // A success without content (RFC 9725 section 4.1); by its type players know a place to play from.
  app.get(url, async (_request, reply) =>
    kind === 'whep' && accepts['accept-post'] === SDP
      ? reply
          .status(200)
          .headers({ ...accepts, 'content-type': SDP, 'cache-control': 'no-store' })
          .send('')
      : reply
          .status(204)
          .headers({ ...accepts, 'cache-control': 'no-store' })
          .send(),
  );
  const others = (['PUT', 'POST', 'PATCH', 'DELETE'] as const).filter((method) => !methods.includes(method));
  app.route({
    method: [...others],
    url,
    // Before any body is looked at.
    onRequest: async (_request, reply) => {
      void reply.header('allow', methods);
      throw new HttpError('methodNotAllowed', `Here are ${methods}.`);
    },
    handler: (_request, reply) => reply.send(),
  });
}

function assertContent({ headers }: FastifyRequest, type: string): void {
  const given = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (given !== type) throw new HttpError('unsupportedMediaType', `Send ${type}.`);
}

function assertAccepts({ headers }: FastifyRequest, type: string): void {
  const accepted = (headers.accept ?? '*/*').split(',').map((range) => range.split(';', 1)[0]?.trim().toLowerCase());
  if (accepted.some((range) => range === type || range === 'application/*' || range === '*/*')) return;
  throw new HttpError('notAcceptable', `The answer is ${type}.`);
}

function readBody({ body }: FastifyRequest): string {
  return typeof body === 'string' ? body : '';
}

function readToken({ headers }: FastifyRequest): string {
  const [, token] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined || token.length > LIMITS.tokenLength) {
    throw new HttpError('unauthorized', 'Give a token: "Authorization: Bearer <token>".');
  }
  return token;
}

const endpointParams = v.object({ room: roomId });
const sessionParams = v.object({ room: roomId, session: v.pipe(v.string(), v.maxLength(64)) });

function readRoom({ params }: FastifyRequest): RoomId {
  const parsed = v.safeParse(endpointParams, params);
  if (!parsed.success) throw new HttpError('notFound', 'There is no such room.');
  return parsed.output.room;
}

function readSession({ params }: FastifyRequest): { readonly room: RoomId; readonly id: string } {
  const parsed = v.safeParse(sessionParams, params);
  if (!parsed.success) throw new HttpError('notFound', 'There is no such session.');
  return { room: parsed.output.room, id: parsed.output.session };
}

/** RFC 9725 section 4.6. What does not fit a header field is left out. */
function describeIceServer({ urls, username, credential }: IceServerView): string[] {
  const quote = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  return urls
    .map((url) => {
      const link = `<${url}>; rel="ice-server"`;
      if (username === undefined || credential === undefined) return link;
      return `${link}; username=${quote(username)}; credential=${quote(credential)}; credential-type="password"`;
    })
    .filter((link) => /^[\x20-\x7e]+$/.test(link));
}

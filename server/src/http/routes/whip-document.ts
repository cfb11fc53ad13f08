import type { SessionKind } from '../../whip/sessions.ts';
import { HTTP_ERRORS, type HttpErrorCode } from '../http-error.ts';

type JsonObject = Record<string, unknown>;

const SDP = 'application/sdp';
const FRAGMENT = 'application/trickle-ice-sdpfrag';
const ALWAYS: readonly HttpErrorCode[] = [
  'unauthorized',
  'forbidden',
  'notFound',
  'rateLimited',
  'internal',
  'unavailable',
];
const text = { schema: { type: 'string' } };

const TEXTS = {
  whip: {
    operations: { post: 'publishByWhip', patch: 'patchWhipSession', delete: 'endWhipSession' },
    summary: 'Publish to the stage by WHIP (RFC 9725)',
    description:
      'The token says room and role; the participant is the same as by a socket. Video is VP8 or H.264 Constrained Baseline in packetization mode 1, sound is Opus, one of each: camera and microphone, or screen and its sound where the role publishes those alone. Simulcast by rid is taken, the largest layer first unless max-width, max-height, max-br or the names l m h, low mid high, q h f say otherwise. Another session of the same participant takes the place over. What a host mutes stays so until the next session. The session ends with DELETE, with the token, with a role that publishes no such thing, and with the connection.',
  },
  whep: {
    operations: { post: 'playByWhep', patch: 'patchWhepSession', delete: 'endWhepSession' },
    summary: 'Play the programme by WHEP (draft-ietf-wish-whep)',
    description:
      'For roles that watch by WebRTC. One picture and one sound: a shared screen, else the camera in the spotlight, else that of the speaker, else the one shown already; with its own microphone, or the speaker’s where it has none. The picture and the sound change as the stage does, on the same m-lines and without another offer: SSRC and codec change, so a player has to offer every codec it has and to take streams whose SSRC no answer named, as browsers do. Others are not heard meanwhile, layers are not chosen by the player’s link, and packets are sent again without RTX. An empty stage is no error: the picture comes with the first who publishes.',
  },
} as const;

/** The OpenAPI paths of the endpoints that exchange session descriptions. */
export function describeSdpEndpoints(): Record<string, JsonObject> {
  return { ...describeEndpoint('whip'), ...describeEndpoint('whep') };
}

function describeEndpoint(kind: SessionKind): Record<string, JsonObject> {
  const { operations, summary, description } = TEXTS[kind];
  const shared = { tags: ['whip'], security: [{ token: [] }] };
  return {
    [`/${kind}/{room}`]: {
      post: {
        operationId: operations.post,
        summary,
        description,
        ...shared,
        parameters: [roomParameter],
        requestBody: { required: true, content: { [SDP]: text } },
        responses: {
          201: {
            description: 'The answer. It has every candidate: none come later.',
            headers: {
              Location: describeHeader('Of the session: PATCH and DELETE go there.'),
              ETag: describeHeader('Of the ICE session, for If-Match.'),
              'Accept-Patch': describeHeader(FRAGMENT),
              Link: describeHeader('One for each ICE server, rel="ice-server", with its credentials.'),
            },
            content: { [SDP]: text },
          },
          ...describeProblems([
            ...ALWAYS,
            'badRequest',
            'notAcceptable',
            'conflict',
            'roomFull',
            'roomEnded',
            'tooLarge',
            'unsupportedMediaType',
            'unprocessable',
          ]),
        },
      },
    },
    [`/${kind}/{room}/{session}`]: {
      patch: {
        operationId: operations.patch,
        summary: 'Trickle candidates, or restart ICE',
        description: 'A token that ends later than the one of before counts from then on.',
        ...shared,
        parameters: [
          roomParameter,
          sessionParameter,
          { name: 'If-Match', in: 'header', required: true, description: 'The ETag; * to restart ICE.', ...text },
        ],
        requestBody: { required: true, content: { [FRAGMENT]: text } },
        responses: {
          200: {
            description: 'ICE was restarted: the server’s new credentials.',
            headers: { ETag: describeHeader('Of the new ICE session.') },
            content: { [FRAGMENT]: text },
          },
          204: { description: 'The candidates are taken.' },
          ...describeProblems([
            ...ALWAYS,
            'badRequest',
            'preconditionFailed',
            'tooLarge',
            'unsupportedMediaType',
            'unprocessable',
            'preconditionRequired',
          ]),
        },
      },
      delete: {
        operationId: operations.delete,
        summary: 'End the session: the participant leaves',
        ...shared,
        parameters: [roomParameter, sessionParameter],
        responses: { 200: { description: 'Done.' }, ...describeProblems(ALWAYS) },
      },
    },
  };
}

const roomParameter = { name: 'room', in: 'path', required: true, description: 'Id of the room.', ...text };
const sessionParameter = { name: 'session', in: 'path', required: true, ...text };

function describeHeader(description: string): JsonObject {
  return { description, ...text };
}

function describeProblems(codes: readonly HttpErrorCode[]): Record<string, JsonObject> {
  const statuses = [...new Set(codes.map((code) => HTTP_ERRORS[code]))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes
          .filter((code) => HTTP_ERRORS[code] === status)
          .map((code) => `\`${code}\``)
          .join(', '),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}

/** Problem details (RFC 9457). */
const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', const: 'about:blank' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'English, for developers.' },
    code: { type: 'string', description: 'One of a closed list; decide by this.' },
  },
};

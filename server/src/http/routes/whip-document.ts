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

/** The OpenAPI paths of the endpoints that exchange session descriptions. */
export function describeSdpEndpoints(): Record<string, JsonObject> {
  return {
    '/whip/{room}': {
      post: {
        parameters: [roomParameter],
        operationId: 'publishByWhip',
        summary: 'Publish to the stage by WHIP (RFC 9725)',
        description:
          'The token says room and role; the participant is the same as by a socket. Video is VP8 or H.264 Constrained Baseline with packetization-mode 1, sound is Opus, one of each; simulcast by rid is taken. Another session of the same participant takes the place over.',
        tags: ['whip'],
        security: [{ token: [] }],
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
    '/whip/{room}/{session}': {
      patch: {
        operationId: 'patchWhipSession',
        summary: 'Trickle candidates, or restart ICE',
        description: 'A token that ends later than the one of before counts from then on.',
        tags: ['whip'],
        security: [{ token: [] }],
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
            'conflict',
            'preconditionFailed',
            'tooLarge',
            'unsupportedMediaType',
            'unprocessable',
            'preconditionRequired',
          ]),
        },
      },
      delete: {
        operationId: 'endWhipSession',
        summary: 'End the session: the participant leaves',
        tags: ['whip'],
        parameters: [roomParameter, sessionParameter],
        security: [{ token: [] }],
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

import { HTTP_ERRORS, type HttpErrorCode } from '../http-error.ts';

type JsonObject = Record<string, unknown>;

const PLAYLIST = 'application/vnd.apple.mpegurl';
const SEGMENT = 'video/iso.segment';
const MOVIE = 'video/mp4';
const PICTURE = 'image/jpeg';
const WEBVTT = 'text/vtt';
const EVENTS = 'application/jsonl';

interface MediaPath {
  readonly path: string;
  readonly operation: string;
  readonly summary: string;
  readonly types: readonly string[];
  readonly parameters?: readonly JsonObject[];
  readonly errors?: readonly HttpErrorCode[];
}

const textParameter = (name: string, description: string): JsonObject => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});

const room = textParameter('roomId', 'The room; a signed address has signed/<expiry>.<signature>/ after it.');
const broadcast = textParameter('broadcastId', 'One broadcast of the room.');
const language = textParameter('language', 'As captions were sent with it (BCP 47).');
const track: JsonObject = {
  name: 'track',
  in: 'path',
  required: true,
  schema: { type: 'string', enum: ['video', 'audio'] },
};
const directive = (name: string, description: string, schema: JsonObject): JsonObject => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
});
const whole = { type: 'integer', minimum: 0 };
const DIRECTIVES = [
  directive('_HLS_msn', 'Held until the playlist has the segment of this number (RFC 8216bis, 6.2.5.2).', whole),
  directive('_HLS_part', 'Held until it has this part of that segment.', whole),
  directive('_HLS_skip', 'A delta update (6.2.5.1).', { type: 'string', enum: ['YES', 'v2'] }),
];

const PATHS: readonly MediaPath[] = [
  {
    path: '/broadcasts/{roomId}/live.m3u8',
    operation: 'getLivePlaylist',
    summary: 'Play what is live: the broadcast, or a slate before and after it',
    types: [PLAYLIST],
  },
  {
    path: '/broadcasts/{roomId}/playback.m3u8',
    operation: 'getPlaybackPlaylist',
    summary: 'Play the broadcast from its beginning: the one going on, else the last one',
    types: [PLAYLIST],
  },
  {
    path: '/broadcasts/{roomId}/live/{track}.m3u8',
    operation: 'getLiveTrack',
    summary: 'The live window of one track, with parts for low latency',
    types: [PLAYLIST],
    parameters: [track, ...DIRECTIVES],
    errors: ['badRequest'],
  },
  {
    path: '/broadcasts/{roomId}/{broadcastId}/{track}.m3u8',
    operation: 'getBroadcastTrack',
    summary: 'All of one track of a broadcast, growing while it lasts',
    types: [PLAYLIST],
    parameters: [broadcast, track, ...DIRECTIVES],
    errors: ['badRequest'],
  },
  {
    path: '/broadcasts/{roomId}/{broadcastId}/{track}/{file}',
    operation: 'getBroadcastFile',
    summary: 'A part, a segment or an init segment; a part that was hinted at is held until it is there',
    types: [SEGMENT, MOVIE],
    parameters: [broadcast, track, textParameter('file', 'As a playlist names it.')],
  },
  {
    path: '/broadcasts/{roomId}/{broadcastId}/captions-{language}.m3u8',
    operation: 'getBroadcastCaptions',
    summary:
      'What is said in a broadcast, as WebVTT, while it lasts; under `live` in place of the broadcast, of what is live',
    types: [PLAYLIST],
    parameters: [broadcast, language, ...DIRECTIVES],
    errors: ['badRequest'],
  },
  {
    path: '/broadcasts/{roomId}/{broadcastId}/captions-{language}/{file}',
    operation: 'getCaptionSegment',
    summary: 'A segment of captions: each from when its words were known, on the clock of the media',
    types: [WEBVTT],
    parameters: [broadcast, language, textParameter('file', 'As a playlist names it.')],
  },
  {
    path: '/broadcasts/{roomId}/{broadcastId}/vod.m3u8',
    operation: 'getVodPlaylist',
    summary: 'Play a broadcast that is over',
    types: [PLAYLIST],
    parameters: [broadcast],
  },
  {
    path: '/broadcasts/{roomId}/{broadcastId}/recording.mp4',
    operation: 'getRecording',
    summary: 'A broadcast that is over, as one file that plays while it loads',
    types: [MOVIE],
    parameters: [broadcast],
  },
  {
    path: '/broadcasts/{roomId}/{broadcastId}/poster.jpg',
    operation: 'getPoster',
    summary: 'A picture from a broadcast that is over, where the server has ffmpeg',
    types: [PICTURE],
    parameters: [broadcast],
  },
  {
    path: '/broadcasts/{roomId}/{broadcastId}/chapters.vtt',
    operation: 'getChapters',
    summary: 'The chapters of a broadcast that is over',
    types: [WEBVTT],
    parameters: [broadcast],
  },
  {
    path: '/broadcasts/{roomId}/{broadcastId}/captions-{language}.vtt',
    operation: 'getRecordedCaptions',
    summary: 'What was said in a broadcast that is over, to be shown beside its MP4',
    types: [WEBVTT],
    parameters: [broadcast, language],
  },
  {
    path: '/broadcasts/{roomId}/{broadcastId}/events.jsonl',
    operation: 'getRecordedEvents',
    summary: 'What happened in the room during a broadcast that is over, to be replayed beside it',
    types: [EVENTS],
    parameters: [broadcast],
  },
];

/** The OpenAPI paths of playlists and media. */
export function describeBroadcastMedia(): Record<string, JsonObject> {
  return Object.fromEntries(PATHS.map((path) => [path.path, { get: describeGet(path) }]));
}

function describeGet({ operation, summary, types, parameters = [], errors = [] }: MediaPath): JsonObject {
  const binary = { schema: { type: 'string', contentEncoding: 'binary' } };
  return {
    operationId: operation,
    summary,
    tags: ['broadcast media'],
    security: [],
    parameters: [room, ...parameters],
    responses: {
      200: {
        description: 'As asked; ranges are answered with 206.',
        content: Object.fromEntries(types.map((type) => [type, binary])),
      },
      403: failure('`forbidden`: not signed as it must be; `expired`: signed, but for a time that is over'),
      ...Object.fromEntries(
        [...errors, 'notFound' as const, 'unavailable' as const].map((code) => [
          HTTP_ERRORS[code],
          failure(`\`${code}\``),
        ]),
      ),
    },
  };
}

const failure = (description: string): JsonObject => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
});

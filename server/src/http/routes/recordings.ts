import * as v from 'valibot';
import { RECORDING_FAILURES, roomId } from '../../../../src/protocol/index.ts';
import type { Recordings } from '../../broadcast/recordings/recordings.ts';
import { RECORDING_STATES } from '../../store/recording-store.ts';
import { nextPage, pageLimit, time } from '../fields.ts';
import { HttpError } from '../http-error.ts';
import { defineRoute, type Route } from '../route.ts';

const maybe = (description: string) => v.pipe(v.nullable(v.string()), v.description(description));
const maybeTime = (description: string) =>
  v.pipe(v.nullable(v.number()), v.description(`${description} Milliseconds since the epoch.`));

export const recording = v.object({
  id: v.pipe(v.string(), v.description('Of the recording and of the broadcast that it is made of.')),
  roomId,
  state: v.pipe(
    v.picklist(RECORDING_STATES),
    v.description('`recording`: being made; `ready`: it plays; `failed`: it could not be ended, which is tried again.'),
  ),
  live: v.pipe(v.boolean(), v.description('It was broadcast too.')),
  startedAt: time,
  endedAt: maybeTime('Null while it is made.'),
  durationMs: v.pipe(v.number(), v.description('Of what plays: what lies between two encoders does not.')),
  bytes: v.pipe(v.number(), v.description('What it takes in the storage.')),
  failure: v.pipe(
    v.nullable(v.object({ code: v.picklist(RECORDING_FAILURES), message: v.string() })),
    v.description('Why it could not be ended.'),
  ),
  expiresAt: maybeTime('When it is erased by itself; null: never.'),
  urls: v.pipe(
    v.object({
      playlist: maybe('HLS; null until it is ready.'),
      mp4: maybe('The same as one file; null until it is written, which takes a while for a long one.'),
      poster: maybe('A picture out of it (JPEG); null where the server has no ffmpeg.'),
      chapters: maybe('WebVTT: by marks of class `chapter`, else one for each stretch between two breaks.'),
      captions: v.pipe(
        v.array(v.object({ language: v.string(), url: v.string() })),
        v.description('What was said, as WebVTT to be shown beside the MP4: a file for each language (BCP 47).'),
      ),
      events: maybe(
        'What happened in the room: JSON lines of `at` (milliseconds since the epoch), `offset` (milliseconds from the beginning of the recording), `name` and `data` as on the wire. `<ils-player events>` replays them.',
      ),
      expiresAt: maybeTime('When signed addresses expire; null where they are not signed.'),
    }),
    v.description('Paths on this server, or absolute behind a CDN.'),
  ),
});
const tag = 'recordings';
const path = '/api/v1/recordings';
const params = v.object({
  recordingId: v.pipe(v.string(), v.regex(/^[\w.:-]{1,64}$/), v.description('Id of the recording.')),
});

/** `after` names the last one of a page by what orders them. */
const cursor = v.pipe(
  v.string(),
  v.regex(/^\d{1,15}_[\w.:-]{1,64}$/),
  v.transform((text) => {
    const split = text.indexOf('_');
    return { startedAt: Number(text.slice(0, split)), id: text.slice(split + 1) };
  }),
);

export function createRecordingRoutes(recordings: Recordings): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path,
      operation: 'listRecordings',
      summary: 'List recordings, the newest first',
      description: 'Recordings outlive their rooms; how long they are kept the server’s settings and templates say.',
      tag,
      access: 'apiKey',
      query: v.object({
        roomId: v.pipe(v.optional(roomId), v.description('Of this room; without it of all.')),
        after: v.pipe(v.optional(cursor), v.description('`next` of the page before.')),
        limit: pageLimit,
      }),
      replies: { 200: v.object({ recordings: v.array(recording), next: nextPage }) },
      handle: async ({ query: { roomId: room, after, limit } }) => {
        const found = await recordings.list({ roomId: room, before: after, limit: limit + 1 });
        const page = found.slice(0, limit);
        const last = page.at(-1);
        const next = found.length > limit && last ? `${last.startedAt}_${last.id}` : null;
        return { status: 200, body: { recordings: page, next } };
      },
    }),
    defineRoute({
      method: 'GET',
      path: `${path}/{recordingId}`,
      operation: 'getRecordingRecord',
      summary: 'Read one recording',
      description: 'The webhook `recording.ready` says when it plays, `recording.failed` that it does not yet.',
      tag,
      access: 'apiKey',
      params,
      replies: { 200: recording },
      errors: ['notFound'],
      handle: async ({ params: { recordingId } }) => {
        const found = await recordings.find(recordingId);
        if (found === null) throw noRecording();
        return { status: 200, body: found };
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: `${path}/{recordingId}`,
      operation: 'deleteRecording',
      summary: 'Erase a recording: its files and its record',
      description: 'One that is being made is a `conflict`. What a CDN has of it is its own matter.',
      tag,
      access: 'apiKey',
      params,
      replies: { 200: v.object({ id: v.string() }) },
      errors: ['notFound', 'conflict'],
      handle: async ({ params: { recordingId } }) => {
        if (!(await recordings.remove(recordingId))) throw noRecording();
        return { status: 200, body: { id: recordingId } };
      },
    }),
  ];
}

const noRecording = () => new HttpError('notFound', 'There is no such recording.');

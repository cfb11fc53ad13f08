import * as v from 'valibot';
import { chatMessage } from '../../../../src/protocol/index.ts';
import type { Recordings } from '../../broadcast/recordings/recordings.ts';
import { offsetOf } from '../../broadcast/recordings/recording-timeline.ts';
import { ChatArchive } from '../../rooms/chat/chat-archive.ts';
import { toChatCsv, toChatVtt } from '../../rooms/chat/chat-export.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import type { RoomStore } from '../../store/room-store.ts';
import { queryNumber } from '../fields.ts';
import { HttpError } from '../http-error.ts';
import { defineRoute, type Route } from '../route.ts';
import { assertRoom, roomParams } from './rooms.ts';

const LONGEST_PAGE = 1_000;
const exported = v.object({
  ...chatMessage.entries,
  offsetMs: v.pipe(
    v.nullable(v.number()),
    v.description('Where in the recording it was said, from its beginning. Milliseconds; null without a recording.'),
  ),
});
const next = v.pipe(v.nullable(v.number()), v.description('Give it as `from` for the next page; null on the last.'));

export function createChatExportRoutes(
  rooms: Rooms,
  store: Pick<RoomStore, 'loadChat'>,
  recordings: Pick<Recordings, 'timeline'>,
): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/v1/rooms/{roomId}/chat/export',
      operation: 'exportChat',
      summary: 'Read the chat from its beginning, or that of a recording with its time in it',
      description:
        'Also of an ended room; deleted messages are left out. `csv` gives the lines of a spreadsheet (RFC 4180), `vtt` WebVTT, which takes a `recordingId`: the pages of either, one after another, are the file.',
      tag: 'chat',
      access: 'apiKey',
      params: roomParams,
      query: v.object({
        format: v.pipe(
          v.optional(v.picklist(['json', 'csv', 'vtt']), 'json'),
          v.description('`json`, `csv` or `vtt`.'),
        ),
        recordingId: v.pipe(
          v.optional(v.pipe(v.string(), v.regex(/^[\w.:-]{1,64}$/))),
          v.description('What was said while that was made alone, with its place in what plays.'),
        ),
        from: v.pipe(
          v.optional(queryNumber(0, Number.MAX_SAFE_INTEGER / 2)),
          v.description('`next` of the page before.'),
        ),
        limit: v.pipe(
          v.optional(queryNumber(1, LONGEST_PAGE), LONGEST_PAGE),
          v.description(`How many at most, 1 to ${LONGEST_PAGE}.`),
        ),
      }),
      replies: {
        200: v.union([
          v.object({ messages: v.array(exported), next }),
          v.object({ csv: v.string(), next }),
          v.object({ vtt: v.string(), next }),
        ]),
      },
      errors: ['notFound'],
      handle: async ({ params: { roomId }, query: { format, recordingId, from, limit } }) => {
        await assertRoom(rooms, roomId);
        if (format === 'vtt' && recordingId === undefined) {
          throw new HttpError('badRequest', 'query.recordingId: vtt is the chat of a recording');
        }
        const timeline = recordingId === undefined ? null : await recordings.timeline(recordingId);
        if (recordingId !== undefined && timeline?.roomId !== roomId) {
          throw new HttpError('notFound', 'The room has no such recording.');
        }
        const archive = new ChatArchive(store, roomId);
        const first = from ?? (timeline ? await archive.indexAt(timeline.startedAt) : 0);
        const page = await archive.read(first, limit);
        const isOver = ({ sentAt }: { sentAt: number }) => timeline !== null && sentAt > timeline.endedAt;
        const messages = page
          .filter((message) => !message.deleted && !isOver(message))
          .map((message) => ({ ...message, offsetMs: timeline && offsetOf(timeline.spans, message.sentAt) }));
        const last = page.at(-1);
        const following = last === undefined || page.length < limit || isOver(last) ? null : last.index + 1;
        const isFirst = from === undefined;
        if (format === 'csv') return { status: 200, body: { csv: toChatCsv(messages, isFirst), next: following } };
        if (format === 'vtt') return { status: 200, body: { vtt: toChatVtt(messages, isFirst), next: following } };
        return { status: 200, body: { messages, next: following } };
      },
    }),
  ];
}

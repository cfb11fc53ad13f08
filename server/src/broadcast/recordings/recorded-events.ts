import type { ChatMessage, RoomId } from '../../../../src/protocol/index.ts';
import type { RoomStore } from '../../store/room-store.ts';
import type { EndedRecording } from './recording-listener.ts';
import { offsetOf } from './recording-timeline.ts';

/** Something that happened in the room, as the wire told it then. */
export interface RoomEvent {
  /** Server time. Milliseconds since the epoch. */
  readonly at: number;
  /** Of an event of the wire. */
  readonly name: string;
  readonly data: object;
}

/** Gives what happened in a room from one time to another, in any order, without what was taken back since. */
export type EventSource = (roomId: RoomId, from: number, to: number) => Promise<readonly RoomEvent[]>;

const PAGE = 500;

/** The chat as a history of its own: its messages are counted from 0. */
export function createChatSource(store: Pick<RoomStore, 'loadChat'>): EventSource {
  return async (roomId, from, to) => {
    const pages: (readonly ChatMessage[])[] = [];
    for (let before = Number.MAX_SAFE_INTEGER; ;) {
      const page = await store.loadChat(roomId, before, PAGE);
      pages.unshift(page);
      const [oldest] = page;
      if (oldest === undefined || page.length < PAGE || oldest.sentAt < from) break;
      before = oldest.index;
    }
    const said = pages.flat().filter(({ sentAt, deleted }) => !deleted && sentAt >= from && sentAt <= to);
    const places = new Map(said.map(({ id }, index) => [id, index]));
    return said.map(({ replyTo, ...message }, index) => {
      const place = replyTo && places.get(replyTo.id);
      // What is answered may have been said before.
      const reply = replyTo && place !== undefined ? { replyTo: { ...replyTo, index: place } } : {};
      return { at: message.sentAt, name: 'chatSent', data: { message: { ...message, ...reply, index } } };
    });
  };
}

/** JSON lines in the order of time; `offset` says where in the recording each belongs. Milliseconds. */
export async function writeEvents(
  sources: readonly EventSource[],
  roomId: RoomId,
  { startedAt, endedAt, spans }: EndedRecording,
): Promise<string> {
  const events = (await Promise.all(sources.map((source) => source(roomId, startedAt, endedAt)))).flat();
  return events
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, name, data }) => `${JSON.stringify({ at, offset: offsetOf(spans, at), name, data })}\n`)
    .join('');
}

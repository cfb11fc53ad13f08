import type { ChatMessage } from '../../../../src/protocol/index.ts';
import { escapeCue, writeTime } from '../../broadcast/recordings/chapters.ts';
import { toCsvText } from '../csv.ts';

/** A message with its place in a recording; `null` without one. Milliseconds from its beginning. */
export interface ExportedMessage extends ChatMessage {
  readonly offsetMs: number | null;
}

/** How long a message stands, where it is shown beside a recording. Milliseconds. */
const SHOWN_MS = 5_000;

const HEAD = ['index', 'time', 'offsetMs', 'participant', 'name', 'role', 'text', 'repliesTo'];

/** Lines of a spreadsheet; the first page of an export begins with their names. */
export function toChatCsv(messages: readonly ExportedMessage[], withHead: boolean): string {
  const lines = messages.map(({ index, sentAt, offsetMs, author, text, replyTo }) => [
    String(index),
    new Date(sentAt).toISOString(),
    offsetMs === null ? '' : String(offsetMs),
    author.id,
    author.name,
    author.role,
    text,
    replyTo === undefined ? '' : String(replyTo.index),
  ]);
  return toCsvText(withHead ? [HEAD, ...lines] : lines);
}

/** WebVTT with who says it as the voice; `null`, as for what has no place in a recording, is left out. */
export function toChatVtt(messages: readonly ExportedMessage[], withHead: boolean): string {
  const cues = messages.flatMap(({ index, offsetMs, author, text }) =>
    offsetMs === null
      ? []
      : `${index}\n${writeTime(offsetMs)} --> ${writeTime(offsetMs + SHOWN_MS)}\n<v ${escapeVoice(author.name)}>${escapeCue(text)}\n\n`,
  );
  return `${withHead ? 'WEBVTT\n\n' : ''}${cues.join('')}`;
}

/** An annotation ends at its tag's end (WebVTT, 3.5). */
const escapeVoice = (name: string): string => escapeCue(name).replaceAll('&lt;', '').replaceAll('&gt;', '');

import { msg, str } from '../../locales/localization.ts';
import type { ChatMessage, ParticipantId } from '../../protocol/index.ts';
import type { ReadonlyChatLog } from '../../store/chat-log.ts';

/** Messages that are read out whole; more are counted. */
const READ_OUT = 3;

/** Puts what came between two places of the history into words for a screen reader: a few messages whole, many as a number. */
export function describeNewMessages(
  log: ReadonlyChatLog<ChatMessage>,
  from: number,
  to: number,
  selfId: ParticipantId | null,
): string {
  const latest: ChatMessage[] = [];
  // A thousand a second need not all be looked at to say "many".
  for (let index = Math.max(from, to - 50); index < to; index++) {
    const message = log.at(index);
    if (message !== undefined && !message.deleted && message.author.id !== selfId) latest.push(message);
  }
  const last = latest.at(-1);
  if (last === undefined) return '';
  if (to - from <= 50 && latest.length <= READ_OUT) {
    return latest.map(({ author, text }) => `${author.name}: ${text}`).join('\n');
  }
  const count = to - from <= 50 ? latest.length : to - from;
  return msg(str`${count} new messages. ${last.author.name}: ${last.text}`);
}

import type { ChatMessage, DirectMessage, ParticipantId } from '../../protocol/index.ts';
import type { ReadonlyChatLog } from '../../store/chat-log.ts';

/** A message as the list shows it. */
export interface ShownMessage extends ChatMessage {
  /** Whom it is for alone; such a message has no index of its own. */
  readonly to?: DirectMessage['to'];
}

/** What the list shows, row by row: the room's chat, and what is for the reader alone between its messages. */
export interface ShownLog extends ReadonlyChatLog<ShownMessage> {
  /** The index of the message in a row, or of the one behind it. */
  indexOf(row: number): number;
  /** The row of a message of the room's chat. */
  rowOf(index: number): number;
}

/** What comes to a row besides the message, once it is loaded. */
export interface RowExtras {
  /** What stands over the words. */
  renderOver(message: ShownMessage): unknown;
  /** Says whom it is for alone. */
  describeTarget(message: ShownMessage): string;
  /** The words, with what is marked in them; `undefined` where nothing is. */
  renderWords(message: ShownMessage): unknown;
  mentionsReader(message: ShownMessage): boolean;
  /** The reader does not want to see what they write. */
  isHidden(authorId: ParticipantId): boolean;
}

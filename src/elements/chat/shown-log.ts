import type { TemplateResult } from 'lit';
import type { ChatMessage, DirectMessage, ParticipantId } from '../../protocol/index.ts';
import type { ReadonlySignal } from '@preact/signals-core';
import type { ReadonlyChatLog } from '../../store/chat-log.ts';

/** A message as the list shows it. */
export interface ShownMessage extends ChatMessage {
  /** Whom it is for alone; such a message has no index of its own. */
  readonly to?: DirectMessage['to'];
  /** How many messages of a crowd are left out in its place; it is none itself then. */
  readonly leftOut?: number;
}

/** What the list shows, row by row: the room's chat, and what is for the reader alone between its messages. */
export interface ShownLog extends ReadonlyChatLog<ShownMessage> {
  /** The index of the message in a row, or of the one behind it. */
  indexOf(row: number): number;
  /** The row of a message of the room's chat. */
  rowOf(index: number): number;
  /** Where rows are not messages one by one: changes as they do. */
  readonly layout?: ReadonlySignal<unknown> | undefined;
}

/** What comes to a row besides the message, once it is loaded. */
export interface RowExtras {
  /** What stands in a row instead of a message, if anything does. */
  renderFold(row: number, message: ShownMessage): TemplateResult | undefined;
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

import type { RoomActions } from '../actions/room-actions.ts';
import type { MessageId } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Send a chat message. */
export class IlsSendChatRequestEvent extends IlsRequestEvent {
  readonly text: string;
  /** The message that it answers. */
  readonly replyTo: MessageId | undefined;

  constructor(text: string, replyTo?: MessageId) {
    super('ils-send-chat-request');
    this.text = text;
    this.replyTo = replyTo;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return this.replyTo === undefined ? actions.sendChat(this.text) : actions.sendChat(this.text, this.replyTo);
  }
}

/** Send a failed message again. */
export class IlsRetryChatRequestEvent extends IlsRequestEvent {
  readonly key: string;

  constructor(key: string) {
    super('ils-retry-chat-request');
    this.key = key;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.retryChat(this.key);
  }
}

/** Give a failed message up. */
export class IlsDiscardChatRequestEvent extends IlsRequestEvent {
  readonly key: string;

  constructor(key: string) {
    super('ils-discard-chat-request');
    this.key = key;
  }

  override perform(actions: RoomActions): void {
    actions.discardChat(this.key);
  }
}

/** Load the page of history before an index. */
export class IlsLoadChatRequestEvent extends IlsRequestEvent {
  readonly before: number;

  constructor(before: number) {
    super('ils-load-chat-request');
    this.before = before;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.loadChat(this.before);
  }
}

/** Delete a message for everyone. */
export class IlsDeleteChatRequestEvent extends IlsRequestEvent {
  readonly messageId: MessageId;

  constructor(messageId: MessageId) {
    super('ils-delete-chat-request');
    this.messageId = messageId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.deleteChat(this.messageId);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-send-chat-request': IlsSendChatRequestEvent;
    'ils-retry-chat-request': IlsRetryChatRequestEvent;
    'ils-discard-chat-request': IlsDiscardChatRequestEvent;
    'ils-load-chat-request': IlsLoadChatRequestEvent;
    'ils-delete-chat-request': IlsDeleteChatRequestEvent;
  }
}

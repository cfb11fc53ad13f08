import type { RoomActions } from '../actions/room-actions.ts';
import type { DirectTarget, MessageId } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Send a message to a role or to one person alone. */
export class IlsSendDirectChatRequestEvent extends IlsRequestEvent {
  readonly text: string;
  readonly to: DirectTarget;

  constructor(text: string, to: DirectTarget) {
    super('ils-send-direct-chat-request');
    this.text = text;
    this.to = to;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.sendDirectChat({ text: this.text, to: this.to });
  }
}

/** Send such a message that failed again. */
export class IlsRetryDirectChatRequestEvent extends IlsRequestEvent {
  readonly key: string;

  constructor(key: string) {
    super('ils-retry-direct-chat-request');
    this.key = key;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.retryDirectChat(this.key);
  }
}

/** Give such a message that failed up. */
export class IlsDiscardDirectChatRequestEvent extends IlsRequestEvent {
  readonly key: string;

  constructor(key: string) {
    super('ils-discard-direct-chat-request');
    this.key = key;
  }

  override perform(actions: RoomActions): void {
    actions.discardDirectChat(this.key);
  }
}

/** Load messages to a role or a person from before those that are known. */
export class IlsLoadDirectChatRequestEvent extends IlsRequestEvent {
  constructor() {
    super('ils-load-direct-chat-request');
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.loadEarlierDirectChat();
  }
}

/** Delete a message for a role or a person. */
export class IlsDeleteDirectChatRequestEvent extends IlsRequestEvent {
  readonly messageId: MessageId;

  constructor(messageId: MessageId) {
    super('ils-delete-direct-chat-request');
    this.messageId = messageId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.deleteDirectChat({ messageId: this.messageId });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-send-direct-chat-request': IlsSendDirectChatRequestEvent;
    'ils-retry-direct-chat-request': IlsRetryDirectChatRequestEvent;
    'ils-load-direct-chat-request': IlsLoadDirectChatRequestEvent;
    'ils-delete-direct-chat-request': IlsDeleteDirectChatRequestEvent;
    'ils-discard-direct-chat-request': IlsDiscardDirectChatRequestEvent;
  }
}

import type { RoomActions } from '../actions/room-actions.ts';
import type { MessageId } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Put a message of one's own that a moderator refused away. */
export class IlsDismissRefusedChatRequestEvent extends IlsRequestEvent {
  readonly messageId: MessageId;

  constructor(messageId: MessageId) {
    super('ils-dismiss-refused-chat-request');
    this.messageId = messageId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.dismissRefusedChat({ messageId: this.messageId });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-dismiss-refused-chat-request': IlsDismissRefusedChatRequestEvent;
  }
}

import type { RoomActions } from '../actions/room-actions.ts';
import { IlsRequestEvent } from './request-event.ts';

/** React, once for each event. */
export class IlsSendReactionRequestEvent extends IlsRequestEvent {
  readonly emoji: string;

  constructor(emoji: string) {
    super('ils-send-reaction-request');
    this.emoji = emoji;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.sendReaction(this.emoji);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-send-reaction-request': IlsSendReactionRequestEvent;
  }
}

import type { RoomActions } from '../actions/room-actions.ts';
import type { CaptionInput } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Tell the room what was recognised of one's speech. */
export class IlsCaptionRequestEvent extends IlsRequestEvent {
  readonly caption: CaptionInput;

  constructor(caption: CaptionInput) {
    super('ils-caption-request');
    this.caption = caption;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.sendCaption(this.caption);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-caption-request': IlsCaptionRequestEvent;
  }
}

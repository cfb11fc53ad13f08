import type { RoomActions } from '../actions/room-actions.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Join the room. */
export class IlsJoinRequestEvent extends IlsRequestEvent {
  constructor() {
    super('ils-join-request');
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.join();
  }
}

/** Leave the room. */
export class IlsLeaveRequestEvent extends IlsRequestEvent {
  constructor() {
    super('ils-leave-request');
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.leave();
  }
}

/** End the room for everyone. */
export class IlsEndRoomRequestEvent extends IlsRequestEvent {
  constructor() {
    super('ils-end-room-request');
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.endRoom();
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-join-request': IlsJoinRequestEvent;
    'ils-leave-request': IlsLeaveRequestEvent;
    'ils-end-room-request': IlsEndRoomRequestEvent;
  }
}

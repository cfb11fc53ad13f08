import type { RoomActions } from '../actions/room-actions.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Join the room, under `name` where one is given. */
export class IlsJoinRequestEvent extends IlsRequestEvent {
  readonly name: string | undefined;

  constructor(name?: string) {
    super('ils-join-request');
    this.name = name;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.join(this.name === undefined ? {} : { name: this.name });
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

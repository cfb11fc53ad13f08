import type { RoomActions } from '../actions/room-actions.ts';
import type { RequestData } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

type Verb = 'saveCue' | 'moveCue' | 'removeCue' | 'takeCue' | 'takeOverlay' | 'clearOverlays';

/** A verb of the room and what it needs. */
export type OverlayCommand = { readonly [V in Verb]: { readonly type: V; readonly data: RequestData<V> } }[Verb];

/** Change the run of show or what is on screen. */
export class IlsOverlayRequestEvent extends IlsRequestEvent {
  readonly command: OverlayCommand;

  constructor(command: OverlayCommand) {
    super('ils-overlay-request');
    this.command = command;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    const { command } = this;
    switch (command.type) {
      case 'saveCue':
        return actions.saveCue(command.data);
      case 'moveCue':
        return actions.moveCue(command.data);
      case 'removeCue':
        return actions.removeCue(command.data);
      case 'takeCue':
        return actions.takeCue(command.data);
      case 'takeOverlay':
        return actions.takeOverlay(command.data);
      case 'clearOverlays':
        return actions.clearOverlays(command.data);
    }
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-overlay-request': IlsOverlayRequestEvent;
  }
}

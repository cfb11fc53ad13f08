// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsRoom } from '../elements/room/room.ts';
import type {
  IlsBroadcastChangedEvent,
  IlsErrorEvent,
  IlsJoinedEvent,
  IlsLeftEvent,
  IlsRoleChangedEvent,
  IlsRoleOfferedEvent,
  IlsStateChangedEvent,
  IlsTokenNeededEvent,
} from '../events/room-events.ts';

defineElement('ils-room', IlsRoom);
export { IlsRoom };

declare global {
  interface HTMLElementTagNameMap {
    'ils-room': IlsRoom;
  }
  interface HTMLElementEventMap {
    'ils-state-changed': IlsStateChangedEvent;
    'ils-joined': IlsJoinedEvent;
    'ils-left': IlsLeftEvent;
    'ils-role-changed': IlsRoleChangedEvent;
    'ils-role-offered': IlsRoleOfferedEvent;
    'ils-broadcast-changed': IlsBroadcastChangedEvent;
    'ils-token-needed': IlsTokenNeededEvent;
    'ils-error': IlsErrorEvent;
  }
}

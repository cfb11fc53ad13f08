// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsControls } from '../elements/controls/controls.ts';
import type {
  IlsEndRoomRequestEvent,
  IlsJoinRequestEvent,
  IlsLeaveRequestEvent,
} from '../events/connection-requests.ts';
import type {
  IlsMuteSourceRequestEvent,
  IlsSelectDeviceRequestEvent,
  IlsStartSourceRequestEvent,
  IlsStopSourceRequestEvent,
  IlsTestMediaRequestEvent,
} from '../events/media-requests.ts';

defineElement('ils-controls', IlsControls);
export { IlsControls };

declare global {
  interface HTMLElementTagNameMap {
    'ils-controls': IlsControls;
  }
  interface HTMLElementEventMap {
    'ils-start-source-request': IlsStartSourceRequestEvent;
    'ils-stop-source-request': IlsStopSourceRequestEvent;
    'ils-mute-source-request': IlsMuteSourceRequestEvent;
    'ils-select-device-request': IlsSelectDeviceRequestEvent;
    'ils-test-media-request': IlsTestMediaRequestEvent;
    'ils-leave-request': IlsLeaveRequestEvent;
    'ils-end-room-request': IlsEndRoomRequestEvent;
    'ils-join-request': IlsJoinRequestEvent;
  }
}

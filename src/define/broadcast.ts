// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsBroadcast } from '../elements/broadcast/broadcast.ts';
import type {
  IlsBroadcastLayoutRequestEvent,
  IlsStartBroadcastRequestEvent,
  IlsStartRecordingRequestEvent,
  IlsStopBroadcastRequestEvent,
  IlsStopRecordingRequestEvent,
} from '../events/broadcast-requests.ts';

defineElement('ils-broadcast', IlsBroadcast);
export { IlsBroadcast };

declare global {
  interface HTMLElementTagNameMap {
    'ils-broadcast': IlsBroadcast;
  }
  interface HTMLElementEventMap {
    'ils-start-broadcast-request': IlsStartBroadcastRequestEvent;
    'ils-stop-broadcast-request': IlsStopBroadcastRequestEvent;
    'ils-start-recording-request': IlsStartRecordingRequestEvent;
    'ils-stop-recording-request': IlsStopRecordingRequestEvent;
    'ils-broadcast-layout-request': IlsBroadcastLayoutRequestEvent;
  }
}

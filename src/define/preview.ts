// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsPreview } from '../elements/preview/preview.ts';
import type { IlsJoinRequestEvent } from '../events/connection-requests.ts';
import type {
  IlsMuteSourceRequestEvent,
  IlsSelectDeviceRequestEvent,
  IlsStartSourceRequestEvent,
  IlsStopSourceRequestEvent,
  IlsTestMediaRequestEvent,
} from '../events/media-requests.ts';

defineElement('ils-preview', IlsPreview);
export { IlsPreview };

declare global {
  interface HTMLElementTagNameMap {
    'ils-preview': IlsPreview;
  }
  interface HTMLElementEventMap {
    'ils-join-request': IlsJoinRequestEvent;
    'ils-start-source-request': IlsStartSourceRequestEvent;
    'ils-stop-source-request': IlsStopSourceRequestEvent;
    'ils-mute-source-request': IlsMuteSourceRequestEvent;
    'ils-select-device-request': IlsSelectDeviceRequestEvent;
    'ils-test-media-request': IlsTestMediaRequestEvent;
  }
}

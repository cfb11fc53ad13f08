// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsPreview as Element } from '../define/preview.ts';
import type { IlsJoinRequestEvent } from '../events/connection-requests.ts';
import type {
  IlsMuteSourceRequestEvent,
  IlsSelectDeviceRequestEvent,
  IlsStartSourceRequestEvent,
  IlsStopSourceRequestEvent,
  IlsTestMediaRequestEvent,
} from '../events/media-requests.ts';

/** `<ils-preview>` as a component: properties are props, events are `on…` props. */
export const IlsPreview = createComponent({
  react: React,
  tagName: 'ils-preview',
  elementClass: Element,
  displayName: 'IlsPreview',
  events: {
    onIlsJoinRequest: 'ils-join-request' as EventName<IlsJoinRequestEvent>,
    onIlsStartSourceRequest: 'ils-start-source-request' as EventName<IlsStartSourceRequestEvent>,
    onIlsStopSourceRequest: 'ils-stop-source-request' as EventName<IlsStopSourceRequestEvent>,
    onIlsMuteSourceRequest: 'ils-mute-source-request' as EventName<IlsMuteSourceRequestEvent>,
    onIlsSelectDeviceRequest: 'ils-select-device-request' as EventName<IlsSelectDeviceRequestEvent>,
    onIlsTestMediaRequest: 'ils-test-media-request' as EventName<IlsTestMediaRequestEvent>,
  },
});

// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsControls as Element } from '../define/controls.ts';
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

/** `<ils-controls>` as a component: properties are props, events are `on…` props. */
export const IlsControls = createComponent({
  react: React,
  tagName: 'ils-controls',
  elementClass: Element,
  displayName: 'IlsControls',
  events: {
    onIlsStartSourceRequest: 'ils-start-source-request' as EventName<IlsStartSourceRequestEvent>,
    onIlsStopSourceRequest: 'ils-stop-source-request' as EventName<IlsStopSourceRequestEvent>,
    onIlsMuteSourceRequest: 'ils-mute-source-request' as EventName<IlsMuteSourceRequestEvent>,
    onIlsSelectDeviceRequest: 'ils-select-device-request' as EventName<IlsSelectDeviceRequestEvent>,
    onIlsTestMediaRequest: 'ils-test-media-request' as EventName<IlsTestMediaRequestEvent>,
    onIlsLeaveRequest: 'ils-leave-request' as EventName<IlsLeaveRequestEvent>,
    onIlsEndRoomRequest: 'ils-end-room-request' as EventName<IlsEndRoomRequestEvent>,
    onIlsJoinRequest: 'ils-join-request' as EventName<IlsJoinRequestEvent>,
  },
});

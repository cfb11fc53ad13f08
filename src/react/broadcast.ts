// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsBroadcast as Element } from '../define/broadcast.ts';
import type {
  IlsBroadcastLayoutRequestEvent,
  IlsStartBroadcastRequestEvent,
  IlsStartRecordingRequestEvent,
  IlsStopBroadcastRequestEvent,
  IlsStopRecordingRequestEvent,
} from '../events/broadcast-requests.ts';

/** `<ils-broadcast>` as a component: properties are props, events are `on…` props. */
export const IlsBroadcast = createComponent({
  react: React,
  tagName: 'ils-broadcast',
  elementClass: Element,
  displayName: 'IlsBroadcast',
  events: {
    onIlsStartBroadcastRequest: 'ils-start-broadcast-request' as EventName<IlsStartBroadcastRequestEvent>,
    onIlsStopBroadcastRequest: 'ils-stop-broadcast-request' as EventName<IlsStopBroadcastRequestEvent>,
    onIlsStartRecordingRequest: 'ils-start-recording-request' as EventName<IlsStartRecordingRequestEvent>,
    onIlsStopRecordingRequest: 'ils-stop-recording-request' as EventName<IlsStopRecordingRequestEvent>,
    onIlsBroadcastLayoutRequest: 'ils-broadcast-layout-request' as EventName<IlsBroadcastLayoutRequestEvent>,
  },
});

// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsHandRaise as Element } from '../define/hand-raise.ts';
import type { IlsLowerHandRequestEvent, IlsRaiseHandRequestEvent } from '../events/hand-requests.ts';
import type { IlsStartSourceRequestEvent, IlsStopSourceRequestEvent } from '../events/media-requests.ts';

/** `<ils-hand-raise>` as a component: properties are props, events are `on…` props. */
export const IlsHandRaise = createComponent({
  react: React,
  tagName: 'ils-hand-raise',
  elementClass: Element,
  displayName: 'IlsHandRaise',
  events: {
    onIlsRaiseHandRequest: 'ils-raise-hand-request' as EventName<IlsRaiseHandRequestEvent>,
    onIlsLowerHandRequest: 'ils-lower-hand-request' as EventName<IlsLowerHandRequestEvent>,
    onIlsStartSourceRequest: 'ils-start-source-request' as EventName<IlsStartSourceRequestEvent>,
    onIlsStopSourceRequest: 'ils-stop-source-request' as EventName<IlsStopSourceRequestEvent>,
  },
});

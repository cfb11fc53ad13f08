// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsTile as Element } from '../define/tile.ts';
import type { IlsHideSelfEvent } from '../events/tile-events.ts';
import type { IlsMuteParticipantRequestEvent } from '../events/participant-requests.ts';
import type { IlsPinRequestEvent, IlsSpotlightRequestEvent } from '../events/stage-requests.ts';

/** `<ils-tile>` as a component: properties are props, events are `on…` props. */
export const IlsTile = createComponent({
  react: React,
  tagName: 'ils-tile',
  elementClass: Element,
  displayName: 'IlsTile',
  events: {
    onIlsPinRequest: 'ils-pin-request' as EventName<IlsPinRequestEvent>,
    onIlsSpotlightRequest: 'ils-spotlight-request' as EventName<IlsSpotlightRequestEvent>,
    onIlsMuteParticipantRequest: 'ils-mute-participant-request' as EventName<IlsMuteParticipantRequestEvent>,
    onIlsHideSelf: 'ils-hide-self' as EventName<IlsHideSelfEvent>,
  },
});

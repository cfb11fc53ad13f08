// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsOverlay as Element } from '../define/overlay.ts';
import type { IlsOverlayRequestEvent } from '../events/overlay-requests.ts';

/** `<ils-overlay>` as a component: properties are props, events are `on…` props. */
export const IlsOverlay = createComponent({
  react: React,
  tagName: 'ils-overlay',
  elementClass: Element,
  displayName: 'IlsOverlay',
  events: { onIlsOverlayRequest: 'ils-overlay-request' as EventName<IlsOverlayRequestEvent> },
});

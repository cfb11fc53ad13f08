// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsBreakouts as Element } from '../define/breakouts.ts';
import type { IlsBreakoutsRequestEvent } from '../events/breakout-requests.ts';

/** `<ils-breakouts>` as a component: properties are props, events are `on…` props. */
export const IlsBreakouts = createComponent({
  react: React,
  tagName: 'ils-breakouts',
  elementClass: Element,
  displayName: 'IlsBreakouts',
  events: { onIlsBreakoutsRequest: 'ils-breakouts-request' as EventName<IlsBreakoutsRequestEvent> },
});

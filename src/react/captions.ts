// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsCaptions as Element } from '../define/captions.ts';
import type { IlsCaptionRequestEvent } from '../events/caption-requests.ts';

/** `<ils-captions>` as a component: properties are props, events are `on…` props. */
export const IlsCaptions = createComponent({
  react: React,
  tagName: 'ils-captions',
  elementClass: Element,
  displayName: 'IlsCaptions',
  events: { onIlsCaptionRequest: 'ils-caption-request' as EventName<IlsCaptionRequestEvent> },
});

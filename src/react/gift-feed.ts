// Written by `npm run entries` from the folders of src/elements.

import { createComponent } from '@lit/react';
import * as React from 'react';
import { IlsGiftFeed as Element } from '../define/gift-feed.ts';

/** `<ils-gift-feed>` as a component: properties are props, events are `on…` props. */
export const IlsGiftFeed = createComponent({
  react: React,
  tagName: 'ils-gift-feed',
  elementClass: Element,
  displayName: 'IlsGiftFeed',
  events: {},
});

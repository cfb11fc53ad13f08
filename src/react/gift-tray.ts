// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsGiftTray as Element } from '../define/gift-tray.ts';
import type {
  IlsDiscardGiftRequestEvent,
  IlsRetryGiftRequestEvent,
  IlsSendGiftRequestEvent,
} from '../events/gift-requests.ts';

/** `<ils-gift-tray>` as a component: properties are props, events are `on…` props. */
export const IlsGiftTray = createComponent({
  react: React,
  tagName: 'ils-gift-tray',
  elementClass: Element,
  displayName: 'IlsGiftTray',
  events: {
    onIlsSendGiftRequest: 'ils-send-gift-request' as EventName<IlsSendGiftRequestEvent>,
    onIlsRetryGiftRequest: 'ils-retry-gift-request' as EventName<IlsRetryGiftRequestEvent>,
    onIlsDiscardGiftRequest: 'ils-discard-gift-request' as EventName<IlsDiscardGiftRequestEvent>,
  },
});

// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsReactions as Element } from '../define/reactions.ts';
import type { IlsSendReactionRequestEvent } from '../events/reaction-requests.ts';

/** `<ils-reactions>` as a component: properties are props, events are `on…` props. */
export const IlsReactions = createComponent({
  react: React,
  tagName: 'ils-reactions',
  elementClass: Element,
  displayName: 'IlsReactions',
  events: { onIlsSendReactionRequest: 'ils-send-reaction-request' as EventName<IlsSendReactionRequestEvent> },
});

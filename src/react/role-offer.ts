// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsRoleOffer as Element } from '../define/role-offer.ts';
import type { IlsAnswerRoleOfferRequestEvent } from '../events/role-offer-requests.ts';
import type {
  IlsStartSourceRequestEvent,
  IlsStopSourceRequestEvent,
  IlsTestMediaRequestEvent,
} from '../events/media-requests.ts';

/** `<ils-role-offer>` as a component: properties are props, events are `on…` props. */
export const IlsRoleOffer = createComponent({
  react: React,
  tagName: 'ils-role-offer',
  elementClass: Element,
  displayName: 'IlsRoleOffer',
  events: {
    onIlsAnswerRoleOfferRequest: 'ils-answer-role-offer-request' as EventName<IlsAnswerRoleOfferRequestEvent>,
    onIlsStartSourceRequest: 'ils-start-source-request' as EventName<IlsStartSourceRequestEvent>,
    onIlsStopSourceRequest: 'ils-stop-source-request' as EventName<IlsStopSourceRequestEvent>,
    onIlsTestMediaRequest: 'ils-test-media-request' as EventName<IlsTestMediaRequestEvent>,
  },
});

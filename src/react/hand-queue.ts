// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsHandQueue as Element } from '../define/hand-queue.ts';
import type {
  IlsBringBackstageRequestEvent,
  IlsBringOnStageRequestEvent,
  IlsLowerAllHandsRequestEvent,
  IlsLowerHandRequestEvent,
  IlsSendBackRequestEvent,
  IlsTalkBackRequestEvent,
} from '../events/hand-requests.ts';
import type { IlsChangeRoleRequestEvent } from '../events/participant-requests.ts';
import type { IlsWithdrawRoleOfferRequestEvent } from '../events/role-offer-requests.ts';

/** `<ils-hand-queue>` as a component: properties are props, events are `on…` props. */
export const IlsHandQueue = createComponent({
  react: React,
  tagName: 'ils-hand-queue',
  elementClass: Element,
  displayName: 'IlsHandQueue',
  events: {
    onIlsChangeRoleRequest: 'ils-change-role-request' as EventName<IlsChangeRoleRequestEvent>,
    onIlsSendBackRequest: 'ils-send-back-request' as EventName<IlsSendBackRequestEvent>,
    onIlsWithdrawRoleOfferRequest: 'ils-withdraw-role-offer-request' as EventName<IlsWithdrawRoleOfferRequestEvent>,
    onIlsLowerHandRequest: 'ils-lower-hand-request' as EventName<IlsLowerHandRequestEvent>,
    onIlsLowerAllHandsRequest: 'ils-lower-all-hands-request' as EventName<IlsLowerAllHandsRequestEvent>,
    onIlsBringOnStageRequest: 'ils-bring-on-stage-request' as EventName<IlsBringOnStageRequestEvent>,
    onIlsBringBackstageRequest: 'ils-bring-backstage-request' as EventName<IlsBringBackstageRequestEvent>,
    onIlsTalkBackRequest: 'ils-talk-back-request' as EventName<IlsTalkBackRequestEvent>,
  },
});

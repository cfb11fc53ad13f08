// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsHandQueue } from '../elements/hand-queue/hand-queue.ts';
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

defineElement('ils-hand-queue', IlsHandQueue);
export { IlsHandQueue };

declare global {
  interface HTMLElementTagNameMap {
    'ils-hand-queue': IlsHandQueue;
  }
  interface HTMLElementEventMap {
    'ils-change-role-request': IlsChangeRoleRequestEvent;
    'ils-send-back-request': IlsSendBackRequestEvent;
    'ils-withdraw-role-offer-request': IlsWithdrawRoleOfferRequestEvent;
    'ils-lower-hand-request': IlsLowerHandRequestEvent;
    'ils-lower-all-hands-request': IlsLowerAllHandsRequestEvent;
    'ils-bring-on-stage-request': IlsBringOnStageRequestEvent;
    'ils-bring-backstage-request': IlsBringBackstageRequestEvent;
    'ils-talk-back-request': IlsTalkBackRequestEvent;
  }
}

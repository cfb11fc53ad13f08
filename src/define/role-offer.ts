// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsRoleOffer } from '../elements/role-offer/role-offer.ts';
import type { IlsAnswerRoleOfferRequestEvent } from '../events/role-offer-requests.ts';
import type {
  IlsStartSourceRequestEvent,
  IlsStopSourceRequestEvent,
  IlsTestMediaRequestEvent,
} from '../events/media-requests.ts';

defineElement('ils-role-offer', IlsRoleOffer);
export { IlsRoleOffer };

declare global {
  interface HTMLElementTagNameMap {
    'ils-role-offer': IlsRoleOffer;
  }
  interface HTMLElementEventMap {
    'ils-answer-role-offer-request': IlsAnswerRoleOfferRequestEvent;
    'ils-start-source-request': IlsStartSourceRequestEvent;
    'ils-stop-source-request': IlsStopSourceRequestEvent;
    'ils-test-media-request': IlsTestMediaRequestEvent;
  }
}

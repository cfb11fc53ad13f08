// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsHandRaise } from '../elements/hand-raise/hand-raise.ts';
import type { IlsLowerHandRequestEvent, IlsRaiseHandRequestEvent } from '../events/hand-requests.ts';
import type { IlsStartSourceRequestEvent, IlsStopSourceRequestEvent } from '../events/media-requests.ts';

defineElement('ils-hand-raise', IlsHandRaise);
export { IlsHandRaise };

declare global {
  interface HTMLElementTagNameMap {
    'ils-hand-raise': IlsHandRaise;
  }
  interface HTMLElementEventMap {
    'ils-raise-hand-request': IlsRaiseHandRequestEvent;
    'ils-lower-hand-request': IlsLowerHandRequestEvent;
    'ils-start-source-request': IlsStartSourceRequestEvent;
    'ils-stop-source-request': IlsStopSourceRequestEvent;
  }
}

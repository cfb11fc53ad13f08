// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsBreakouts } from '../elements/breakouts/breakouts.ts';
import type { IlsBreakoutsRequestEvent } from '../events/breakout-requests.ts';

defineElement('ils-breakouts', IlsBreakouts);
export { IlsBreakouts };

declare global {
  interface HTMLElementTagNameMap {
    'ils-breakouts': IlsBreakouts;
  }
  interface HTMLElementEventMap {
    'ils-breakouts-request': IlsBreakoutsRequestEvent;
  }
}

// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsCaptions } from '../elements/captions/captions.ts';
import type { IlsCaptionRequestEvent } from '../events/caption-requests.ts';

defineElement('ils-captions', IlsCaptions);
export { IlsCaptions };

declare global {
  interface HTMLElementTagNameMap {
    'ils-captions': IlsCaptions;
  }
  interface HTMLElementEventMap {
    'ils-caption-request': IlsCaptionRequestEvent;
  }
}

// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsOverlay } from '../elements/overlay/overlay.ts';
import type { IlsOverlayRequestEvent } from '../events/overlay-requests.ts';

defineElement('ils-overlay', IlsOverlay);
export { IlsOverlay };

declare global {
  interface HTMLElementTagNameMap {
    'ils-overlay': IlsOverlay;
  }
  interface HTMLElementEventMap {
    'ils-overlay-request': IlsOverlayRequestEvent;
  }
}

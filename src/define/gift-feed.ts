// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsGiftFeed } from '../elements/gift-feed/gift-feed.ts';

defineElement('ils-gift-feed', IlsGiftFeed);
export { IlsGiftFeed };

declare global {
  interface HTMLElementTagNameMap {
    'ils-gift-feed': IlsGiftFeed;
  }
  interface HTMLElementEventMap {}
}

// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsGiftTray } from '../elements/gift-tray/gift-tray.ts';
import type {
  IlsDiscardGiftRequestEvent,
  IlsRetryGiftRequestEvent,
  IlsSendGiftRequestEvent,
} from '../events/gift-requests.ts';

defineElement('ils-gift-tray', IlsGiftTray);
export { IlsGiftTray };

declare global {
  interface HTMLElementTagNameMap {
    'ils-gift-tray': IlsGiftTray;
  }
  interface HTMLElementEventMap {
    'ils-send-gift-request': IlsSendGiftRequestEvent;
    'ils-retry-gift-request': IlsRetryGiftRequestEvent;
    'ils-discard-gift-request': IlsDiscardGiftRequestEvent;
  }
}

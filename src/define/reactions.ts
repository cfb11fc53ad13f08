// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsReactions } from '../elements/reactions/reactions.ts';
import type { IlsSendReactionRequestEvent } from '../events/reaction-requests.ts';

defineElement('ils-reactions', IlsReactions);
export { IlsReactions };

declare global {
  interface HTMLElementTagNameMap {
    'ils-reactions': IlsReactions;
  }
  interface HTMLElementEventMap {
    'ils-send-reaction-request': IlsSendReactionRequestEvent;
  }
}

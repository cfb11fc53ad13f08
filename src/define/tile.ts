// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsTile } from '../elements/tile/tile.ts';
import type { IlsHideSelfEvent } from '../events/tile-events.ts';
import type { IlsMuteParticipantRequestEvent } from '../events/participant-requests.ts';
import type { IlsPinRequestEvent, IlsSpotlightRequestEvent } from '../events/stage-requests.ts';

defineElement('ils-tile', IlsTile);
export { IlsTile };

declare global {
  interface HTMLElementTagNameMap {
    'ils-tile': IlsTile;
  }
  interface HTMLElementEventMap {
    'ils-pin-request': IlsPinRequestEvent;
    'ils-spotlight-request': IlsSpotlightRequestEvent;
    'ils-mute-participant-request': IlsMuteParticipantRequestEvent;
    'ils-hide-self': IlsHideSelfEvent;
  }
}

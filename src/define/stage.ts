// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsStage } from '../elements/stage/stage.ts';
import type { IlsJoinRequestEvent } from '../events/connection-requests.ts';
import type {
  IlsResumePlaybackRequestEvent,
  IlsStartSourceRequestEvent,
  IlsTestMediaRequestEvent,
} from '../events/media-requests.ts';

defineElement('ils-stage', IlsStage);
export { IlsStage };

declare global {
  interface HTMLElementTagNameMap {
    'ils-stage': IlsStage;
  }
  interface HTMLElementEventMap {
    'ils-start-source-request': IlsStartSourceRequestEvent;
    'ils-test-media-request': IlsTestMediaRequestEvent;
    'ils-join-request': IlsJoinRequestEvent;
    'ils-resume-playback-request': IlsResumePlaybackRequestEvent;
  }
}

// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsPlayer } from '../elements/player/player.ts';
import type { IlsJoinRequestEvent } from '../events/connection-requests.ts';
import type {
  IlsPlaybackMuteRequestEvent,
  IlsProgramRequestEvent,
  IlsResumePlaybackRequestEvent,
  IlsStartSourceRequestEvent,
  IlsVolumeRequestEvent,
} from '../events/media-requests.ts';
import type { IlsSourceExpiredEvent } from '../events/source-expired.ts';

defineElement('ils-player', IlsPlayer);
export { IlsPlayer };

declare global {
  interface HTMLElementTagNameMap {
    'ils-player': IlsPlayer;
  }
  interface HTMLElementEventMap {
    'ils-join-request': IlsJoinRequestEvent;
    'ils-start-source-request': IlsStartSourceRequestEvent;
    'ils-volume-request': IlsVolumeRequestEvent;
    'ils-playback-mute-request': IlsPlaybackMuteRequestEvent;
    'ils-program-request': IlsProgramRequestEvent;
    'ils-source-expired': IlsSourceExpiredEvent;
    'ils-resume-playback-request': IlsResumePlaybackRequestEvent;
  }
}

// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsPlayer as Element } from '../define/player.ts';
import type { IlsJoinRequestEvent } from '../events/connection-requests.ts';
import type {
  IlsPlaybackMuteRequestEvent,
  IlsProgramRequestEvent,
  IlsResumePlaybackRequestEvent,
  IlsStartSourceRequestEvent,
  IlsVolumeRequestEvent,
} from '../events/media-requests.ts';
import type { IlsSourceExpiredEvent } from '../events/source-expired.ts';

/** `<ils-player>` as a component: properties are props, events are `on…` props. */
export const IlsPlayer = createComponent({
  react: React,
  tagName: 'ils-player',
  elementClass: Element,
  displayName: 'IlsPlayer',
  events: {
    onIlsJoinRequest: 'ils-join-request' as EventName<IlsJoinRequestEvent>,
    onIlsStartSourceRequest: 'ils-start-source-request' as EventName<IlsStartSourceRequestEvent>,
    onIlsVolumeRequest: 'ils-volume-request' as EventName<IlsVolumeRequestEvent>,
    onIlsPlaybackMuteRequest: 'ils-playback-mute-request' as EventName<IlsPlaybackMuteRequestEvent>,
    onIlsProgramRequest: 'ils-program-request' as EventName<IlsProgramRequestEvent>,
    onIlsSourceExpired: 'ils-source-expired' as EventName<IlsSourceExpiredEvent>,
    onIlsResumePlaybackRequest: 'ils-resume-playback-request' as EventName<IlsResumePlaybackRequestEvent>,
  },
});

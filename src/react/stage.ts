// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsStage as Element } from '../define/stage.ts';
import type { IlsJoinRequestEvent } from '../events/connection-requests.ts';
import type {
  IlsResumePlaybackRequestEvent,
  IlsStartSourceRequestEvent,
  IlsTestMediaRequestEvent,
} from '../events/media-requests.ts';

/** `<ils-stage>` as a component: properties are props, events are `on…` props. */
export const IlsStage = createComponent({
  react: React,
  tagName: 'ils-stage',
  elementClass: Element,
  displayName: 'IlsStage',
  events: {
    onIlsStartSourceRequest: 'ils-start-source-request' as EventName<IlsStartSourceRequestEvent>,
    onIlsTestMediaRequest: 'ils-test-media-request' as EventName<IlsTestMediaRequestEvent>,
    onIlsJoinRequest: 'ils-join-request' as EventName<IlsJoinRequestEvent>,
    onIlsResumePlaybackRequest: 'ils-resume-playback-request' as EventName<IlsResumePlaybackRequestEvent>,
  },
});

// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsPoll as Element } from '../define/poll.ts';
import type {
  IlsCreatePollRequestEvent,
  IlsManagePollRequestEvent,
  IlsUpdatePollRequestEvent,
} from '../events/poll-desk-requests.ts';
import type { IlsVoteRequestEvent } from '../events/poll-requests.ts';

/** `<ils-poll>` as a component: properties are props, events are `on…` props. */
export const IlsPoll = createComponent({
  react: React,
  tagName: 'ils-poll',
  elementClass: Element,
  displayName: 'IlsPoll',
  events: {
    onIlsVoteRequest: 'ils-vote-request' as EventName<IlsVoteRequestEvent>,
    onIlsCreatePollRequest: 'ils-create-poll-request' as EventName<IlsCreatePollRequestEvent>,
    onIlsUpdatePollRequest: 'ils-update-poll-request' as EventName<IlsUpdatePollRequestEvent>,
    onIlsManagePollRequest: 'ils-manage-poll-request' as EventName<IlsManagePollRequestEvent>,
  },
});

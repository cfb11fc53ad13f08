// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsPoll } from '../elements/poll/poll.ts';
import type {
  IlsCreatePollRequestEvent,
  IlsManagePollRequestEvent,
  IlsUpdatePollRequestEvent,
} from '../events/poll-desk-requests.ts';
import type { IlsVoteRequestEvent } from '../events/poll-requests.ts';

defineElement('ils-poll', IlsPoll);
export { IlsPoll };

declare global {
  interface HTMLElementTagNameMap {
    'ils-poll': IlsPoll;
  }
  interface HTMLElementEventMap {
    'ils-vote-request': IlsVoteRequestEvent;
    'ils-create-poll-request': IlsCreatePollRequestEvent;
    'ils-update-poll-request': IlsUpdatePollRequestEvent;
    'ils-manage-poll-request': IlsManagePollRequestEvent;
  }
}

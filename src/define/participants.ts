// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsParticipants } from '../elements/participants/participants.ts';
import type {
  IlsBanParticipantRequestEvent,
  IlsTimeOutParticipantRequestEvent,
} from '../events/moderation-requests.ts';
import type {
  IlsChangeRoleRequestEvent,
  IlsMuteParticipantRequestEvent,
  IlsRemoveParticipantRequestEvent,
} from '../events/participant-requests.ts';
import type { IlsEndRoomRequestEvent, IlsJoinRequestEvent } from '../events/connection-requests.ts';
import type { IlsEndWithSlateRequestEvent } from '../events/moderation-desk-requests.ts';
import type { IlsPinRequestEvent, IlsSpotlightRequestEvent } from '../events/stage-requests.ts';
import type { IlsWithdrawRoleOfferRequestEvent } from '../events/role-offer-requests.ts';

defineElement('ils-participants', IlsParticipants);
export { IlsParticipants };

declare global {
  interface HTMLElementTagNameMap {
    'ils-participants': IlsParticipants;
  }
  interface HTMLElementEventMap {
    'ils-change-role-request': IlsChangeRoleRequestEvent;
    'ils-withdraw-role-offer-request': IlsWithdrawRoleOfferRequestEvent;
    'ils-mute-participant-request': IlsMuteParticipantRequestEvent;
    'ils-remove-participant-request': IlsRemoveParticipantRequestEvent;
    'ils-ban-participant-request': IlsBanParticipantRequestEvent;
    'ils-time-out-participant-request': IlsTimeOutParticipantRequestEvent;
    'ils-end-room-request': IlsEndRoomRequestEvent;
    'ils-end-with-slate-request': IlsEndWithSlateRequestEvent;
    'ils-spotlight-request': IlsSpotlightRequestEvent;
    'ils-pin-request': IlsPinRequestEvent;
    'ils-join-request': IlsJoinRequestEvent;
  }
}

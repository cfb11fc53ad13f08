// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsParticipants as Element } from '../define/participants.ts';
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

/** `<ils-participants>` as a component: properties are props, events are `on…` props. */
export const IlsParticipants = createComponent({
  react: React,
  tagName: 'ils-participants',
  elementClass: Element,
  displayName: 'IlsParticipants',
  events: {
    onIlsChangeRoleRequest: 'ils-change-role-request' as EventName<IlsChangeRoleRequestEvent>,
    onIlsWithdrawRoleOfferRequest: 'ils-withdraw-role-offer-request' as EventName<IlsWithdrawRoleOfferRequestEvent>,
    onIlsMuteParticipantRequest: 'ils-mute-participant-request' as EventName<IlsMuteParticipantRequestEvent>,
    onIlsRemoveParticipantRequest: 'ils-remove-participant-request' as EventName<IlsRemoveParticipantRequestEvent>,
    onIlsBanParticipantRequest: 'ils-ban-participant-request' as EventName<IlsBanParticipantRequestEvent>,
    onIlsTimeOutParticipantRequest: 'ils-time-out-participant-request' as EventName<IlsTimeOutParticipantRequestEvent>,
    onIlsEndRoomRequest: 'ils-end-room-request' as EventName<IlsEndRoomRequestEvent>,
    onIlsEndWithSlateRequest: 'ils-end-with-slate-request' as EventName<IlsEndWithSlateRequestEvent>,
    onIlsSpotlightRequest: 'ils-spotlight-request' as EventName<IlsSpotlightRequestEvent>,
    onIlsPinRequest: 'ils-pin-request' as EventName<IlsPinRequestEvent>,
    onIlsJoinRequest: 'ils-join-request' as EventName<IlsJoinRequestEvent>,
  },
});

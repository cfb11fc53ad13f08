// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsModeration as Element } from '../define/moderation.ts';
import type {
  IlsAdmitRequestEvent,
  IlsChatPoliciesRequestEvent,
  IlsLoadModerationLogRequestEvent,
  IlsLobbyRequestEvent,
  IlsLockRoomRequestEvent,
  IlsMuteAllRequestEvent,
  IlsReviewChatRequestEvent,
  IlsTurnAwayRequestEvent,
} from '../events/moderation-desk-requests.ts';
import type {
  IlsBanParticipantRequestEvent,
  IlsTimeOutParticipantRequestEvent,
} from '../events/moderation-requests.ts';
import type { IlsChatWritersRequestEvent, IlsSlowModeRequestEvent } from '../events/pin-requests.ts';
import type { IlsDeleteChatRequestEvent } from '../events/chat-requests.ts';

/** `<ils-moderation>` as a component: properties are props, events are `on…` props. */
export const IlsModeration = createComponent({
  react: React,
  tagName: 'ils-moderation',
  elementClass: Element,
  displayName: 'IlsModeration',
  events: {
    onIlsReviewChatRequest: 'ils-review-chat-request' as EventName<IlsReviewChatRequestEvent>,
    onIlsDeleteChatRequest: 'ils-delete-chat-request' as EventName<IlsDeleteChatRequestEvent>,
    onIlsTimeOutParticipantRequest: 'ils-time-out-participant-request' as EventName<IlsTimeOutParticipantRequestEvent>,
    onIlsBanParticipantRequest: 'ils-ban-participant-request' as EventName<IlsBanParticipantRequestEvent>,
    onIlsAdmitRequest: 'ils-admit-request' as EventName<IlsAdmitRequestEvent>,
    onIlsTurnAwayRequest: 'ils-turn-away-request' as EventName<IlsTurnAwayRequestEvent>,
    onIlsLockRoomRequest: 'ils-lock-room-request' as EventName<IlsLockRoomRequestEvent>,
    onIlsChatPoliciesRequest: 'ils-chat-policies-request' as EventName<IlsChatPoliciesRequestEvent>,
    onIlsChatWritersRequest: 'ils-chat-writers-request' as EventName<IlsChatWritersRequestEvent>,
    onIlsSlowModeRequest: 'ils-slow-mode-request' as EventName<IlsSlowModeRequestEvent>,
    onIlsLobbyRequest: 'ils-lobby-request' as EventName<IlsLobbyRequestEvent>,
    onIlsMuteAllRequest: 'ils-mute-all-request' as EventName<IlsMuteAllRequestEvent>,
    onIlsLoadModerationLogRequest: 'ils-load-moderation-log-request' as EventName<IlsLoadModerationLogRequestEvent>,
  },
});

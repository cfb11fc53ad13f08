// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsModeration } from '../elements/moderation/moderation.ts';
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

defineElement('ils-moderation', IlsModeration);
export { IlsModeration };

declare global {
  interface HTMLElementTagNameMap {
    'ils-moderation': IlsModeration;
  }
  interface HTMLElementEventMap {
    'ils-review-chat-request': IlsReviewChatRequestEvent;
    'ils-delete-chat-request': IlsDeleteChatRequestEvent;
    'ils-time-out-participant-request': IlsTimeOutParticipantRequestEvent;
    'ils-ban-participant-request': IlsBanParticipantRequestEvent;
    'ils-admit-request': IlsAdmitRequestEvent;
    'ils-turn-away-request': IlsTurnAwayRequestEvent;
    'ils-lock-room-request': IlsLockRoomRequestEvent;
    'ils-chat-policies-request': IlsChatPoliciesRequestEvent;
    'ils-chat-writers-request': IlsChatWritersRequestEvent;
    'ils-slow-mode-request': IlsSlowModeRequestEvent;
    'ils-lobby-request': IlsLobbyRequestEvent;
    'ils-mute-all-request': IlsMuteAllRequestEvent;
    'ils-load-moderation-log-request': IlsLoadModerationLogRequestEvent;
  }
}

// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsChat } from '../elements/chat/chat.ts';
import type {
  IlsAnnounceRequestEvent,
  IlsPinChatRequestEvent,
  IlsSlowModeRequestEvent,
  IlsUnpinChatRequestEvent,
} from '../events/pin-requests.ts';
import type {
  IlsBanParticipantRequestEvent,
  IlsReportChatRequestEvent,
  IlsTimeOutParticipantRequestEvent,
} from '../events/moderation-requests.ts';
import type {
  IlsDeleteChatRequestEvent,
  IlsDiscardChatRequestEvent,
  IlsLoadChatRequestEvent,
  IlsRetryChatRequestEvent,
  IlsSendChatRequestEvent,
} from '../events/chat-requests.ts';
import type {
  IlsDeleteDirectChatRequestEvent,
  IlsDiscardDirectChatRequestEvent,
  IlsLoadDirectChatRequestEvent,
  IlsRetryDirectChatRequestEvent,
  IlsSendDirectChatRequestEvent,
} from '../events/direct-chat-requests.ts';
import type { IlsDismissRefusedChatRequestEvent } from '../events/held-chat-requests.ts';
import type { IlsJoinRequestEvent } from '../events/connection-requests.ts';
import type { IlsRemoveParticipantRequestEvent } from '../events/participant-requests.ts';

defineElement('ils-chat', IlsChat);
export { IlsChat };

declare global {
  interface HTMLElementTagNameMap {
    'ils-chat': IlsChat;
  }
  interface HTMLElementEventMap {
    'ils-send-chat-request': IlsSendChatRequestEvent;
    'ils-retry-chat-request': IlsRetryChatRequestEvent;
    'ils-discard-chat-request': IlsDiscardChatRequestEvent;
    'ils-dismiss-refused-chat-request': IlsDismissRefusedChatRequestEvent;
    'ils-load-chat-request': IlsLoadChatRequestEvent;
    'ils-delete-chat-request': IlsDeleteChatRequestEvent;
    'ils-report-chat-request': IlsReportChatRequestEvent;
    'ils-pin-chat-request': IlsPinChatRequestEvent;
    'ils-unpin-chat-request': IlsUnpinChatRequestEvent;
    'ils-announce-request': IlsAnnounceRequestEvent;
    'ils-slow-mode-request': IlsSlowModeRequestEvent;
    'ils-send-direct-chat-request': IlsSendDirectChatRequestEvent;
    'ils-load-direct-chat-request': IlsLoadDirectChatRequestEvent;
    'ils-retry-direct-chat-request': IlsRetryDirectChatRequestEvent;
    'ils-delete-direct-chat-request': IlsDeleteDirectChatRequestEvent;
    'ils-discard-direct-chat-request': IlsDiscardDirectChatRequestEvent;
    'ils-time-out-participant-request': IlsTimeOutParticipantRequestEvent;
    'ils-ban-participant-request': IlsBanParticipantRequestEvent;
    'ils-remove-participant-request': IlsRemoveParticipantRequestEvent;
    'ils-join-request': IlsJoinRequestEvent;
  }
}

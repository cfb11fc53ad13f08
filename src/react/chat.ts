// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsChat as Element } from '../define/chat.ts';
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

/** `<ils-chat>` as a component: properties are props, events are `on…` props. */
export const IlsChat = createComponent({
  react: React,
  tagName: 'ils-chat',
  elementClass: Element,
  displayName: 'IlsChat',
  events: {
    onIlsSendChatRequest: 'ils-send-chat-request' as EventName<IlsSendChatRequestEvent>,
    onIlsRetryChatRequest: 'ils-retry-chat-request' as EventName<IlsRetryChatRequestEvent>,
    onIlsDiscardChatRequest: 'ils-discard-chat-request' as EventName<IlsDiscardChatRequestEvent>,
    onIlsDismissRefusedChatRequest: 'ils-dismiss-refused-chat-request' as EventName<IlsDismissRefusedChatRequestEvent>,
    onIlsLoadChatRequest: 'ils-load-chat-request' as EventName<IlsLoadChatRequestEvent>,
    onIlsDeleteChatRequest: 'ils-delete-chat-request' as EventName<IlsDeleteChatRequestEvent>,
    onIlsReportChatRequest: 'ils-report-chat-request' as EventName<IlsReportChatRequestEvent>,
    onIlsPinChatRequest: 'ils-pin-chat-request' as EventName<IlsPinChatRequestEvent>,
    onIlsUnpinChatRequest: 'ils-unpin-chat-request' as EventName<IlsUnpinChatRequestEvent>,
    onIlsAnnounceRequest: 'ils-announce-request' as EventName<IlsAnnounceRequestEvent>,
    onIlsSlowModeRequest: 'ils-slow-mode-request' as EventName<IlsSlowModeRequestEvent>,
    onIlsSendDirectChatRequest: 'ils-send-direct-chat-request' as EventName<IlsSendDirectChatRequestEvent>,
    onIlsLoadDirectChatRequest: 'ils-load-direct-chat-request' as EventName<IlsLoadDirectChatRequestEvent>,
    onIlsRetryDirectChatRequest: 'ils-retry-direct-chat-request' as EventName<IlsRetryDirectChatRequestEvent>,
    onIlsDeleteDirectChatRequest: 'ils-delete-direct-chat-request' as EventName<IlsDeleteDirectChatRequestEvent>,
    onIlsDiscardDirectChatRequest: 'ils-discard-direct-chat-request' as EventName<IlsDiscardDirectChatRequestEvent>,
    onIlsTimeOutParticipantRequest: 'ils-time-out-participant-request' as EventName<IlsTimeOutParticipantRequestEvent>,
    onIlsBanParticipantRequest: 'ils-ban-participant-request' as EventName<IlsBanParticipantRequestEvent>,
    onIlsRemoveParticipantRequest: 'ils-remove-participant-request' as EventName<IlsRemoveParticipantRequestEvent>,
    onIlsJoinRequest: 'ils-join-request' as EventName<IlsJoinRequestEvent>,
  },
});

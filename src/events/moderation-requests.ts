import type { RoomActions } from '../actions/room-actions.ts';
import type { MessageId, ParticipantId } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Keep a participant from writing for a time. */
export class IlsTimeOutParticipantRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;
  /** Milliseconds. */
  readonly durationMs: number;

  constructor(participantId: ParticipantId, durationMs: number) {
    super('ils-time-out-participant-request');
    this.participantId = participantId;
    this.durationMs = durationMs;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.timeOutParticipant({ participantId: this.participantId, durationMs: this.durationMs });
  }
}

/** Remove a participant and keep them out, whatever invitation they bring. */
export class IlsBanParticipantRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;

  constructor(participantId: ParticipantId) {
    super('ils-ban-participant-request');
    this.participantId = participantId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.banParticipant({ participantId: this.participantId });
  }
}

/** Tell those who moderate of a message. */
export class IlsReportChatRequestEvent extends IlsRequestEvent {
  readonly messageId: MessageId;

  constructor(messageId: MessageId) {
    super('ils-report-chat-request');
    this.messageId = messageId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.reportChat({ messageId: this.messageId });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-time-out-participant-request': IlsTimeOutParticipantRequestEvent;
    'ils-ban-participant-request': IlsBanParticipantRequestEvent;
    'ils-report-chat-request': IlsReportChatRequestEvent;
  }
}

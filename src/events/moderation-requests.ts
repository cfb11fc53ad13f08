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

/** How long somebody is kept out, and why. */
export interface BanTerms {
  /** Without it for good. Milliseconds. */
  readonly durationMs?: number | undefined;
  readonly reason?: string;
}

/** Remove a participant and keep them out, whatever invitation they bring. */
export class IlsBanParticipantRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;
  /** Without it for good. Milliseconds. */
  readonly durationMs: number | undefined;
  /** For the log of moderation. */
  readonly reason: string;

  constructor(participantId: ParticipantId, { durationMs, reason = '' }: BanTerms = {}) {
    super('ils-ban-participant-request');
    this.participantId = participantId;
    this.durationMs = durationMs;
    this.reason = reason;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    const { participantId, durationMs, reason } = this;
    return actions.banParticipant({
      participantId,
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(reason === '' ? {} : { reason }),
    });
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

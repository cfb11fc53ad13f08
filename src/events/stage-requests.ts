import type { RoomActions } from '../actions/room-actions.ts';
import type { ParticipantId } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Put a participant in the main place for everyone. */
export class IlsSpotlightRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId | null;

  constructor(participantId: ParticipantId | null) {
    super('ils-spotlight-request');
    this.participantId = participantId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.spotlight(this.participantId);
  }
}

/** Put a participant in the main place for oneself. */
export class IlsPinRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId | null;

  constructor(participantId: ParticipantId | null) {
    super('ils-pin-request');
    this.participantId = participantId;
  }

  override perform(actions: RoomActions): void {
    actions.pin(this.participantId);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-spotlight-request': IlsSpotlightRequestEvent;
    'ils-pin-request': IlsPinRequestEvent;
  }
}

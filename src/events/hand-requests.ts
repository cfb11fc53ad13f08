import type { RoomActions } from '../actions/room-actions.ts';
import type { ParticipantId } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Raise one's hand, or change the note of a raised one. */
export class IlsRaiseHandRequestEvent extends IlsRequestEvent {
  readonly note: string;

  constructor(note: string) {
    super('ils-raise-hand-request');
    this.note = note;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.raiseHand({ note: this.note });
  }
}

/** Lower a hand; without a participant, one's own. */
export class IlsLowerHandRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId | undefined;

  constructor(participantId?: ParticipantId) {
    super('ils-lower-hand-request');
    this.participantId = participantId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.lowerHand(this.participantId === undefined ? {} : { participantId: this.participantId });
  }
}

/** Lower every hand. */
export class IlsLowerAllHandsRequestEvent extends IlsRequestEvent {
  constructor() {
    super('ils-lower-all-hands-request');
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.lowerAllHands({});
  }
}

/** Show everyone what somebody publishes backstage. */
export class IlsBringOnStageRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;

  constructor(participantId: ParticipantId) {
    super('ils-bring-on-stage-request');
    this.participantId = participantId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.bringOnStage({ participantId: this.participantId });
  }
}

/** Take somebody behind the stage; what they publish goes on there. */
export class IlsBringBackstageRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;

  constructor(participantId: ParticipantId) {
    super('ils-bring-backstage-request');
    this.participantId = participantId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.bringBackstage({ participantId: this.participantId });
  }
}

/** Send somebody back to the role that they came from. */
export class IlsSendBackRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;

  constructor(participantId: ParticipantId) {
    super('ils-send-back-request');
    this.participantId = participantId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.sendBack({ participantId: this.participantId });
  }
}

/** Talk to some who are backstage, or with nobody named end it. */
export class IlsTalkBackRequestEvent extends IlsRequestEvent {
  readonly participantIds: readonly ParticipantId[];

  constructor(participantIds: readonly ParticipantId[]) {
    super('ils-talk-back-request');
    this.participantIds = participantIds;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.talkBack({ participantIds: [...this.participantIds] });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-raise-hand-request': IlsRaiseHandRequestEvent;
    'ils-lower-hand-request': IlsLowerHandRequestEvent;
    'ils-lower-all-hands-request': IlsLowerAllHandsRequestEvent;
    'ils-bring-on-stage-request': IlsBringOnStageRequestEvent;
    'ils-bring-backstage-request': IlsBringBackstageRequestEvent;
    'ils-send-back-request': IlsSendBackRequestEvent;
    'ils-talk-back-request': IlsTalkBackRequestEvent;
  }
}

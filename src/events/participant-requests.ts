import type { RoomActions } from '../actions/room-actions.ts';
import type { OfferId, ParticipantId, RoleName, Source } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Move a participant to a role. */
export class IlsChangeRoleRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;
  readonly role: RoleName;
  /** Who accepts is backstage first. */
  readonly backstage: boolean;

  constructor(participantId: ParticipantId, role: RoleName, backstage = false) {
    super('ils-change-role-request');
    this.participantId = participantId;
    this.role = role;
    this.backstage = backstage;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.changeRole(this.participantId, this.role, ...(this.backstage ? [{ backstage: true }] : []));
  }
}

/** Accept or decline the role offered. */
export class IlsAnswerRoleOfferRequestEvent extends IlsRequestEvent {
  readonly offerId: OfferId;
  readonly accept: boolean;

  constructor(offerId: OfferId, accept: boolean) {
    super('ils-answer-role-offer-request');
    this.offerId = offerId;
    this.accept = accept;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.answerRoleOffer(this.offerId, this.accept);
  }
}

/** Take an offered role back. */
export class IlsWithdrawRoleOfferRequestEvent extends IlsRequestEvent {
  readonly offerId: OfferId;

  constructor(offerId: OfferId) {
    super('ils-withdraw-role-offer-request');
    this.offerId = offerId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.withdrawRoleOffer(this.offerId);
  }
}

/** Remove a participant from the room. */
export class IlsRemoveParticipantRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;

  constructor(participantId: ParticipantId) {
    super('ils-remove-participant-request');
    this.participantId = participantId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.removeParticipant(this.participantId);
  }
}

/** Mute a participant for everyone; without a source, all of theirs. */
export class IlsMuteParticipantRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;
  readonly source: Source | undefined;

  constructor(participantId: ParticipantId, source?: Source) {
    super('ils-mute-participant-request');
    this.participantId = participantId;
    this.source = source;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.muteParticipant(this.participantId, this.source);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-change-role-request': IlsChangeRoleRequestEvent;
    'ils-answer-role-offer-request': IlsAnswerRoleOfferRequestEvent;
    'ils-withdraw-role-offer-request': IlsWithdrawRoleOfferRequestEvent;
    'ils-remove-participant-request': IlsRemoveParticipantRequestEvent;
    'ils-mute-participant-request': IlsMuteParticipantRequestEvent;
  }
}

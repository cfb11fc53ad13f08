import type { RoomActions } from '../actions/room-actions.ts';
import type { OfferId } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

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

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-answer-role-offer-request': IlsAnswerRoleOfferRequestEvent;
    'ils-withdraw-role-offer-request': IlsWithdrawRoleOfferRequestEvent;
  }
}

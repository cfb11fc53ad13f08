import type { RoomActions } from '../actions/room-actions.ts';
import type { GiftGoalInput, ParticipantId } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Give. */
export class IlsSendGiftRequestEvent extends IlsRequestEvent {
  readonly giftId: string;
  /** Of one, as it is shown. */
  readonly price: number;
  readonly count: number;
  /** `null`: to the room. */
  readonly to: ParticipantId | null;

  constructor(giftId: string, price: number, count: number, to: ParticipantId | null) {
    super('ils-send-gift-request');
    this.giftId = giftId;
    this.price = price;
    this.count = count;
    this.to = to;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    const { giftId, price, count, to } = this;
    return actions.sendGift({ giftId, price, count, to });
  }
}

/** Send a gift that failed again; it is paid once. */
export class IlsRetryGiftRequestEvent extends IlsRequestEvent {
  readonly key: string;

  constructor(key: string) {
    super('ils-retry-gift-request');
    this.key = key;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.retryGift(this.key);
  }
}

/** Give a gift that failed up. */
export class IlsDiscardGiftRequestEvent extends IlsRequestEvent {
  readonly key: string;

  constructor(key: string) {
    super('ils-discard-gift-request');
    this.key = key;
  }

  override perform(actions: RoomActions): void {
    actions.discardGift(this.key);
  }
}

/** Set what the room gives towards; `null` for nothing. */
export class IlsGiftGoalRequestEvent extends IlsRequestEvent {
  readonly goal: GiftGoalInput | null;

  constructor(goal: GiftGoalInput | null) {
    super('ils-gift-goal-request');
    this.goal = goal;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.setGiftGoal({ goal: this.goal });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-send-gift-request': IlsSendGiftRequestEvent;
    'ils-retry-gift-request': IlsRetryGiftRequestEvent;
    'ils-discard-gift-request': IlsDiscardGiftRequestEvent;
    'ils-gift-goal-request': IlsGiftGoalRequestEvent;
  }
}

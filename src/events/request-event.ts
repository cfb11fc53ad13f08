import type { RoomActions } from '../actions/room-actions.ts';

/**
 * Something the user wants. It bubbles and crosses shadow roots; unless a listener anywhere prevents its default,
 * `<ils-room>` performs it once all listeners have been called.
 */
export abstract class IlsRequestEvent extends Event {
  constructor(type: `ils-${string}-request`) {
    super(type, { bubbles: true, composed: true, cancelable: true });
  }

  /** Turns the wish into an action. */
  abstract perform(actions: RoomActions): Promise<unknown> | void;
}

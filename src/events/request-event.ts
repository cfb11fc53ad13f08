import type { RoomActions } from '../actions/room-actions.ts';

const types = new Set<string>();
const hearers = new Set<(type: string) => void>();

/**
 * Something the user wants. It bubbles and crosses shadow roots; unless a listener anywhere prevents its default,
 * `<ils-room>` performs it once all listeners have been called.
 */
export abstract class IlsRequestEvent extends Event {
  constructor(type: `ils-${string}-request`) {
    super(type, { bubbles: true, composed: true, cancelable: true });
    if (types.has(type)) return;
    types.add(type);
    for (const hear of hearers) hear(type);
  }

  /** Turns the wish into an action. */
  abstract perform(actions: RoomActions): Promise<unknown> | void;
}

/**
 * Calls `handle` for every request that `target` fires or lets through, until the signal aborts. There is no list of their types:
 * one is listened to from the moment when the first request of it is made, which is before it is fired.
 */
export function listenToRequests(target: EventTarget, handle: (event: Event) => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  const hear = (type: string) => target.addEventListener(type, handle, { signal });
  types.forEach(hear);
  hearers.add(hear);
  signal.addEventListener('abort', () => hearers.delete(hear));
}

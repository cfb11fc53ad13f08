import { msg } from '../locales/localization.ts';
import type { ConnectionState } from '../store/connection.ts';
import type { Store } from '../store/store.ts';

/** Why one is not in the room, in the reader's words. */
export interface ConnectionMessage {
  readonly title: string;
  readonly text?: string;
  /** What the one button says, where joining (again) may help. */
  readonly action?: string;
}

/** `undefined` while one is in the room or on the way into it. */
export function connectionMessage(store: Store): ConnectionMessage | undefined {
  const state: ConnectionState = store.connection.state.value;
  switch (state) {
    case 'idle':
    case 'connecting':
    case 'joined':
    case 'reconnecting':
      return undefined;
    case 'left':
      return { title: msg('You left'), action: msg('Join again') };
    case 'removed':
      return { title: msg('You were removed from the room') };
    case 'ended':
      return { title: msg('The show has ended'), text: msg('Thank you for being there.') };
    case 'denied':
      return deniedMessage(store);
    case 'failed':
      return failedMessage(store);
  }
}

function deniedMessage(store: Store): ConnectionMessage {
  if (store.connection.error.value?.code === 'tokenExpired')
    return {
      title: msg('Your invitation has run out'),
      text: msg('Load the page again for a new one.'),
      action: msg('Join again'),
    };
  return {
    title: msg('This invitation is not valid'),
    text: msg('Ask the host for a new one.'),
    action: msg('Try again'),
  };
}

function failedMessage(store: Store): ConnectionMessage {
  switch (store.connection.error.value?.code) {
    case 'joinedElsewhere':
      return { title: msg('You joined from another window'), action: msg('Join here') };
    case 'roomLocked':
      return { title: msg('The room is locked'), text: msg('Nobody else can join now.'), action: msg('Try again') };
    case 'roomFull':
      return {
        title: msg('The room is full'),
        text: msg('Somebody may leave. Try again in a while.'),
        action: msg('Try again'),
      };
    case 'versionUnsupported':
      return { title: msg('This page is out of date'), text: msg('Load it again.') };
    default:
      return {
        title: msg('The room cannot be reached'),
        text: msg('Check your connection.'),
        action: msg('Try again'),
      };
  }
}

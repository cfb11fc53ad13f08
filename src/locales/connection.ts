import { msg } from '@lit/localize';
import type { ConnectionState } from '../store/connection.ts';

/** Where the connection stands, in a few words. */
export function describeConnection(state: ConnectionState): string {
  switch (state) {
    case 'idle':
      return msg('Not joined yet');
    case 'connecting':
      return msg('Joining…');
    case 'joined':
      return msg('Joined');
    case 'reconnecting':
      return msg('Reconnecting…');
    case 'left':
      return msg('You left the room');
    case 'removed':
      return msg('You were removed from the room');
    case 'ended':
      return msg('The room has ended');
    case 'denied':
      return msg('You cannot join this room');
    case 'failed':
      return msg('The connection failed');
  }
}

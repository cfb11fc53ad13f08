import { ProtocolError } from '../protocol/errors.ts';
import type { ActionParts } from './action-parts.ts';
import type { RoomActions } from './room-actions.ts';

type ConnectionActions = Pick<RoomActions, 'join' | 'leave' | 'endRoom'>;

export function createConnectionActions({ connection, request }: ActionParts): ConnectionActions {
  return {
    join: (options) => connection.join(options?.name),

    async leave() {
      connection.leave();
    },

    async endRoom() {
      try {
        await request('endRoom', {});
      } catch (error) {
        // The room's end may overtake the answer.
        if (!(error instanceof ProtocolError) || error.code !== 'roomEnded') throw error;
      }
    },
  };
}

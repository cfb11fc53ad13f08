import type { types } from 'mediasoup';
import type { ParticipantId, SentSource, StreamId } from '../../../../src/protocol/index.ts';
import type { RoomRouter } from './room-router.ts';

/** A stream that everyone of the room may subscribe to. */
export interface PublishedStream {
  readonly id: StreamId;
  readonly participantId: ParticipantId;
  readonly source: SentSource;
  readonly router: RoomRouter;
  readonly producer: types.Producer;
}

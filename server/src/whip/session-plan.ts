import type { TransportView } from '../../../src/protocol/index.ts';
import type { TransportOptions } from '../media/media.ts';
import type { Participant } from '../rooms/participant.ts';
import type { Room } from '../rooms/room.ts';
import type { Role } from '../rooms/templates.ts';
import type { Offer } from './sdp/offer.ts';

/** What a session is for: made from an offer before anybody has joined, carried out once they have. */
export interface SessionPlan {
  readonly direction: 'send' | 'receive';
  readonly offer: Offer;
  readonly transportOptions: TransportOptions;
  /** Whether somebody of that role may have such a session. */
  fits(role: Role): boolean;
  /** Sets the media up and gives the answer. */
  carryOut(room: Room, participant: Participant, transport: TransportView): Promise<string>;
  close(): void;
}

import type { ProtocolError } from '../../../src/protocol/index.ts';
import type { TransportState } from '../media/media.ts';
import type { Participant } from './participant.ts';
import type { Room } from './room.ts';

/** A participant's place, as a link holds it. */
export interface Seat {
  readonly room: Room;
  readonly participant: Participant;
}

/** The way to a participant's client, for as long as its socket is open. */
export interface Link {
  readonly isOpen: boolean;
  /** It reads no frames. */
  readonly isDeaf?: true;
  /** Writes the first frames, however many: what was missed does not count as read too slowly. */
  open(frames: readonly Buffer[]): void;
  /** Writes whole frames. Cuts a reader that is too slow off ([L5]). */
  write(frames: Buffer): void;
  /** Says `bye` and why, then closes. */
  end(error: ProtocolError): void;
  /** Closes without a word. */
  close(): void;
  /**
   * Goes on with a place in another room, that `join` gives it. For links that read frames. Throws what `join` throws, and
   * has the place that it had then.
   */
  moveTo?(join: (version: number) => Seat): void;
  /** The participant's role is another now. For links that read no frames. */
  handleRoleChanged?(): void;
  /** Packets of the participant pass, or no longer do. For links that live as long as their media. */
  handleTransport?(direction: 'send' | 'receive', state: TransportState): void;
}

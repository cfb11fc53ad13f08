import { ProtocolError, type ParticipantId, type RoomId, type StreamId } from '../../../src/protocol/index.ts';
import type { Media, RoomMedia, RoomMediaObserver } from '../media/media.ts';

/** A room's part of the SFU, opened by the first request that needs it. */
export class RoomMediaLink {
  readonly #media: Media;
  readonly #roomId: RoomId;
  readonly #observer: RoomMediaObserver;
  #opening: Promise<RoomMedia> | null = null;
  #open: RoomMedia | null = null;
  #closed = false;

  constructor(media: Media, roomId: RoomId, observer: RoomMediaObserver) {
    this.#media = media;
    this.#roomId = roomId;
    this.#observer = observer;
  }

  /** Throws `unavailable` while the SFU cannot take the room. */
  open(): Promise<RoomMedia> {
    if (this.#closed) return Promise.reject(new ProtocolError('unavailable', 'The room is closing.'));
    this.#opening ??= this.#create();
    return this.#opening;
  }

  /** MIME type of a stream in lower case; `null` where there is no such stream. */
  codecOf(streamId: StreamId): string | null {
    return this.#open?.codecOf(streamId) ?? null;
  }

  unpublish(streamId: StreamId): void {
    this.#open?.unpublish(streamId);
  }

  restrict(streamId: StreamId, mayReceive: (participantId: ParticipantId) => boolean): void {
    this.#open?.restrict(streamId, mayReceive);
  }

  closeParticipant(participantId: ParticipantId): void {
    this.#open?.closeParticipant(participantId);
  }

  close(): void {
    this.#closed = true;
    this.#open?.close();
    this.#open = null;
  }

  async #create(): Promise<RoomMedia> {
    try {
      const media = await this.#media.createRoom(this.#roomId, this.#observer);
      if (this.#closed) {
        media.close();
        throw new ProtocolError('unavailable', 'The room is closing.');
      }
      this.#open = media;
      return media;
    } catch (error) {
      this.#opening = null;
      throw error;
    }
  }
}

import type { RtpCapabilitiesView, StreamView, SubscriptionId, TransportId } from '../../../src/protocol/index.ts';
import { Lane } from '../rooms/lane.ts';
import type { Participant } from '../rooms/participant.ts';
import type { Room } from '../rooms/room.ts';
import { rankPictures, rankSounds } from './programme.ts';

export interface FollowerOptions {
  readonly room: Room;
  readonly participant: Participant;
  readonly transportId: TransportId;
  readonly rtpCapabilities: RtpCapabilitiesView;
  readonly kinds: ReadonlySet<'audio' | 'video'>;
}

interface Followed {
  readonly stream: StreamView;
  readonly subscriptionId: SubscriptionId;
}

/**
 * Keeps a player on the programme: one picture and one sound, exchanged on the same m-lines as the stage changes. The
 * stream that comes has another SSRC than the one that went, which no answer had named.
 */
export class Follower {
  readonly #options: FollowerOptions;
  /** One change after another. */
  readonly #changes = new Lane();
  readonly #stopWatching: () => void;
  #picture: Followed | null = null;
  #sound: Followed | null = null;
  #isDue = false;
  #closed = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#stopWatching = options.room.stage.watch(() => this.#schedule());
  }

  /** Settles when what is on the stage now is on its way. */
  follow(): Promise<void> {
    this.#schedule();
    return this.#changes.idle.then(() => undefined);
  }

  close(): void {
    this.#closed = true;
    this.#stopWatching();
  }

  #schedule(): void {
    if (this.#isDue || this.#closed) return;
    this.#isDue = true;
    void this.#changes.run(async () => {
      this.#isDue = false;
      const { stage } = this.#options.room;
      const { kinds } = this.#options;
      const shown = this.#picture?.stream ?? null;
      if (kinds.has('video')) this.#picture = await this.#exchange(this.#picture, rankPictures(stage, shown));
      const seen = this.#picture?.stream ?? rankPictures(stage, shown)[0] ?? null;
      const heard = this.#sound?.stream ?? null;
      if (kinds.has('audio')) this.#sound = await this.#exchange(this.#sound, rankSounds(stage, seen, heard));
    });
  }

  /** Goes on to the best that the player can decode, and stays where that is there already. */
  async #exchange(present: Followed | null, candidates: readonly StreamView[]): Promise<Followed | null> {
    for (const stream of candidates) {
      if (this.#closed) return null;
      if (stream.id === present?.stream.id) return present;
      const next = await this.#subscribe(stream);
      if (!next) continue;
      await this.#unsubscribe(present);
      await this.#resume(next);
      return next;
    }
    await this.#unsubscribe(present);
    return null;
  }

  async #subscribe(stream: StreamView): Promise<Followed | null> {
    const { room, participant, transportId, rtpCapabilities } = this.#options;
    try {
      const request = { transportId, streamId: stream.id, rtpCapabilities };
      const { subscriptionId } = await room.streams.subscribe(participant, request);
      return { stream, subscriptionId };
    } catch {
      // In a codec that the player has not, or gone meanwhile: the next one is tried.
      return null;
    }
  }

  async #unsubscribe(followed: Followed | null): Promise<void> {
    if (!followed) return;
    const { room, participant } = this.#options;
    try {
      const media = await room.streams.media();
      media.unsubscribe(participant.id, followed.subscriptionId);
    } catch {
      // It ended with its stream.
    }
  }

  async #resume({ subscriptionId }: Followed): Promise<void> {
    const { room, participant } = this.#options;
    try {
      const media = await room.streams.media();
      await media.setSubscription(participant.id, subscriptionId, { paused: false });
    } catch {
      // Gone meanwhile, which the stage tells.
    }
  }
}

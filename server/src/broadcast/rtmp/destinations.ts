import { randomUUID } from 'node:crypto';
import { ProtocolError, type RoomId } from '../../../../src/protocol/index.ts';
import type { Clock } from '../../rooms/clock.ts';
import type { Logger } from '../../rooms/logger.ts';
import type { DestinationRecord, DestinationStore } from '../../store/destination-store.ts';
import { RtmpDestination, type DestinationHealth } from './destination.ts';
import type { FanOut } from './fan-out.ts';

/** Of one room; each takes the whole rate of the broadcast once more. */
const MOST_DESTINATIONS = 8;
const IDLE: DestinationHealth = { state: 'stopped', bitrate: 0, droppedFrames: 0, failure: null, retryAt: null };

/** A destination as the site's back end sees it: all but its key. */
export interface DestinationView extends DestinationHealth {
  readonly id: string;
  readonly url: string;
  readonly createdAt: number;
}

interface OpenBroadcast {
  readonly fanOut: FanOut;
  readonly open: Map<string, RtmpDestination>;
}

export interface DestinationsOptions {
  readonly store: DestinationStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The program that relays. Default `ffmpeg`. */
  readonly ffmpeg?: string;
  /** A file of certificates (PEM) in place of the system's, by which servers of RTMPS are known. */
  readonly authorities?: string | undefined;
}

/** Where each room's broadcast goes beside our own playlists. */
export class Destinations {
  readonly #options: DestinationsOptions;
  readonly #broadcasts = new Map<RoomId, OpenBroadcast>();

  constructor(options: DestinationsOptions) {
    this.#options = options;
  }

  async list(roomId: RoomId): Promise<readonly DestinationView[]> {
    const records = await this.#options.store.listDestinations(roomId);
    return records.map((record) => this.#toView(record));
  }

  /** Added to a broadcast that is on, it begins there with the next key frame. Throws `conflict` where there are enough. */
  async add(roomId: RoomId, { url, key }: Pick<DestinationRecord, 'url' | 'key'>): Promise<DestinationView> {
    const { store, clock } = this.#options;
    if ((await store.listDestinations(roomId)).length >= MOST_DESTINATIONS) {
      throw new ProtocolError('conflict', `A room has ${MOST_DESTINATIONS} destinations at most.`);
    }
    const record = { id: randomUUID(), roomId, url, key, createdAt: clock.now() };
    await store.addDestination(record);
    const broadcast = this.#broadcasts.get(roomId);
    if (broadcast) this.#connect(broadcast, record);
    return this.#toView(record);
  }

  /** `false` where there is no such destination. */
  async remove(roomId: RoomId, id: string): Promise<boolean> {
    const removed = await this.#options.store.removeDestination(roomId, id);
    const broadcast = this.#broadcasts.get(roomId);
    const destination = broadcast?.open.get(id);
    if (broadcast && destination) {
      broadcast.open.delete(id);
      broadcast.fanOut.remove(destination);
      await destination.close();
    }
    return removed;
  }

  /** Sends what `fanOut` hands on to every destination of the room, until {@link stop}. */
  async start(roomId: RoomId, fanOut: FanOut): Promise<void> {
    const broadcast: OpenBroadcast = { fanOut, open: new Map() };
    this.#broadcasts.set(roomId, broadcast);
    const records = await this.#options.store.listDestinations(roomId);
    if (this.#broadcasts.get(roomId) !== broadcast) return;
    for (const record of records) if (!broadcast.open.has(record.id)) this.#connect(broadcast, record);
  }

  async stop(roomId: RoomId): Promise<void> {
    const broadcast = this.#broadcasts.get(roomId);
    this.#broadcasts.delete(roomId);
    await Promise.all(Array.from(broadcast?.open.values() ?? [], (destination) => destination.close()));
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#broadcasts.keys(), (roomId) => this.stop(roomId)));
  }

  #connect({ fanOut, open }: OpenBroadcast, { id, roomId, url, key }: DestinationRecord): void {
    const { clock, logger, ffmpeg, authorities } = this.#options;
    let last = '';
    const destination = new RtmpDestination({
      url,
      key,
      clock,
      authorities,
      ...(ffmpeg === undefined ? {} : { ffmpeg }),
      onHealth: ({ state, failure }) => {
        if (state === last) return;
        last = state;
        logger.info({ roomId, destination: id, state, failure }, 'broadcast destination');
      },
    });
    open.set(id, destination);
    fanOut.add(destination);
  }

  #toView({ id, roomId, url, createdAt }: DestinationRecord): DestinationView {
    const health = this.#broadcasts.get(roomId)?.open.get(id)?.health ?? IDLE;
    return { id, url, createdAt, ...health };
  }
}

import { BROADCAST_QUALITIES, DEFAULT_BROADCAST_OPTIONS } from '../../../src/protocol/index.ts';
import type { Clock } from '../rooms/clock.ts';
import type { Logger } from '../rooms/logger.ts';
import { noCaptions, type CaptionSource } from './captions/caption-source.ts';
import { BroadcastAddresses, type BroadcastUrls } from './delivery/broadcast-addresses.ts';
import { UrlSigner } from './delivery/url-signer.ts';
import { planRungs, type Ladder } from './ladder.ts';
import { Broadcast } from './packager/broadcast.ts';
import { noBroadcastMetrics, type BroadcastMetrics } from './packager/broadcast-metrics.ts';
import type { BroadcastOutputs, OutputOptions } from './packager/broadcast-output.ts';
import { LiveChannel } from './packager/live-channel.ts';
import { DEFAULT_PACKAGER_OPTIONS, type PackagerOptions } from './packager/packager-options.ts';
import { completeEnded, endRecording } from './packager/recording/end-recording.ts';
import { isRecordOnly } from './packager/recording/unfinished-mark.ts';
import { storageKeys, UNFINISHED } from './packager/storage-keys.ts';
import { noRecordingListener, type RecordingKey, type RecordingListener } from './recordings/recording-listener.ts';
import type { SegmentStorage } from './storage/segment-storage.ts';

/** Rooms that play nothing but the slate, at most. */
const MOST_IDLE_CHANNELS = 200;
const SWEEP_MS = 60_000;
/** How long a server that goes down waits for what is being made of recordings; a later one makes the rest. */
const COMPLETION_PATIENCE_MS = 5_000;
const RESERVED_ID = /^(live|signed|slate-.*)$/;
const IDENTIFIER = /^[A-Za-z0-9_.:-]{1,64}$/;

const AIRED: OutputOptions = { recordOnly: false };
const UNSEEN = { livestreamUrl: null, playbackHlsUrl: null };

export interface BroadcastsOptions {
  readonly storage: SegmentStorage;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics?: BroadcastMetrics;
  readonly packaging?: PackagerOptions;
  /** Sizes in which the picture is encoded, where it is composed; 1 unless told. */
  readonly renditions?: number;
  readonly recordings?: RecordingListener;
  readonly captions?: CaptionSource;
  /** What the addresses begin with where something stands in front: `https://cdn.example`. */
  readonly publicOrigin?: string;
  /** With it addresses are signed and good for so long, and others are refused. */
  readonly signing?: { readonly secret: string; readonly ttlMs: number };
}

interface RoomStreams {
  readonly channel: LiveChannel;
  /** Those in memory: the one on the air, and one before it that storage has not taken. */
  readonly broadcasts: Map<string, Broadcast>;
  current: Broadcast | null;
}

/** All broadcasts of a server, by room. */
export class Broadcasts implements BroadcastOutputs {
  readonly packaging: PackagerOptions;
  readonly metrics: BroadcastMetrics;
  readonly signer: UrlSigner | null;
  readonly addresses: BroadcastAddresses;
  readonly storage: SegmentStorage;
  readonly clock: Clock;
  readonly captions: CaptionSource;
  readonly #options: BroadcastsOptions;
  readonly #recordings: RecordingListener;
  readonly #rooms = new Map<string, RoomStreams>();
  /** Until all that is made of them is in the storage. */
  readonly #open = new Set<Broadcast>();
  /** As they are where nobody asks for another quality. */
  readonly #ladder: Ladder;
  readonly #stopSweeping: () => void;

  constructor(options: BroadcastsOptions) {
    const { clock, storage, packaging, metrics, signing, recordings, publicOrigin = '', renditions = 1 } = options;
    this.#options = options;
    this.clock = clock;
    this.storage = storage;
    this.captions = options.captions ?? noCaptions;
    this.packaging = packaging ?? DEFAULT_PACKAGER_OPTIONS;
    this.metrics = metrics ?? noBroadcastMetrics;
    this.signer = signing === undefined ? null : new UrlSigner(signing.secret);
    this.addresses = new BroadcastAddresses({ signer: this.signer, ttlMs: signing?.ttlMs ?? 0, publicOrigin, clock });
    const { width, height, videoBitrate: bitrate } = BROADCAST_QUALITIES[DEFAULT_BROADCAST_OPTIONS.quality];
    this.#ladder = { bitrate, rungs: planRungs(renditions, { width, height, bitrate }) };
    this.#recordings = recordings ?? noRecordingListener;
    this.#stopSweeping = clock.every(SWEEP_MS, () => this.#sweep());
  }

  async open(roomId: string, broadcastId: string, { recordOnly }: OutputOptions = AIRED): Promise<Broadcast> {
    if (!IDENTIFIER.test(broadcastId) || RESERVED_ID.test(broadcastId)) {
      throw new RangeError(`${broadcastId} is no id for a broadcast`);
    }
    const room = this.#openRoom(roomId);
    // A room has one broadcast; whoever opens the next one has let the last one go.
    await room.current?.finish();
    const { storage, logger } = this.#options;
    const { livestreamUrl, playbackHlsUrl } = recordOnly ? UNSEEN : this.urls(roomId);
    const broadcast = new Broadcast({
      roomId,
      broadcastId,
      livestreamUrl,
      playbackHlsUrl,
      channel: recordOnly ? null : room.channel,
      storage,
      packaging: this.packaging,
      clock: this.clock,
      logger,
      metrics: this.metrics,
      recordings: this.#recordings,
      captions: this.captions,
      handleFinish: (isStored) => {
        if (room.current === broadcast) room.current = null;
        if (!isStored) return;
        // What storage has, it serves from now on.
        room.broadcasts.delete(broadcastId);
        void broadcast.completion.then(() => this.#open.delete(broadcast));
      },
    });
    room.broadcasts.set(broadcastId, broadcast);
    room.current = broadcast;
    this.#open.add(broadcast);
    await broadcast.open();
    return broadcast;
  }

  /** Where a room's broadcasts are to be seen. */
  urls(roomId: string, ttlMs?: number): BroadcastUrls {
    return this.addresses.urls(roomId, ttlMs);
  }

  /** The room's live channel, made for whoever asks first; `null` where too many play nothing. */
  channel(roomId: string): LiveChannel | null {
    const known = this.#rooms.get(roomId)?.channel;
    if (known !== undefined) return known;
    const idle = [...this.#rooms.values()].filter(({ current }) => current === null).length;
    return idle >= MOST_IDLE_CHANNELS ? null : this.#openRoom(roomId).channel;
  }

  has(roomId: string): boolean {
    return this.#rooms.has(roomId);
  }

  /** What the room broadcasts now. */
  current(roomId: string): Broadcast | null {
    return unlessHidden(this.#rooms.get(roomId)?.current);
  }

  /** One that is shown from memory. */
  broadcast(roomId: string, broadcastId: string): Broadcast | null {
    return unlessHidden(this.#rooms.get(roomId)?.broadcasts.get(broadcastId));
  }

  statistics(): { readonly broadcasts: number; readonly readersWaiting: number } {
    const rooms = [...this.#rooms.values()];
    const waiting = ({ channel, broadcasts }: RoomStreams) =>
      channel.playlists.changes.waiting +
      [...broadcasts.values()].reduce((sum, { event }) => sum + event.changes.waiting, 0);
    return {
      broadcasts: rooms.filter(({ current }) => current !== null).length,
      readersWaiting: rooms.reduce((sum, room) => sum + waiting(room), 0),
    };
  }

  /** Ends the recordings that an earlier server did not live to end. */
  async recover(): Promise<void> {
    const { storage, logger } = this.#options;
    const marked = (await storage.list(UNFINISHED)).map((key) => {
      const [roomId = '', id = ''] = key.slice(UNFINISHED.length).split('/');
      return { roomId, id };
    });
    const known = await this.#recordings.unfinished();
    const unmarked = known.filter(({ id }) => !marked.some((each) => each.id === id));
    for (const recording of [...marked, ...unmarked]) {
      if ([...this.#open].some(({ broadcastId }) => broadcastId === recording.id)) continue;
      try {
        await this.#recover(recording);
        logger.info(recording, 'recording recovered');
      } catch (error) {
        logger.error({ ...recording, err: error }, 'recording not recovered');
      }
    }
  }

  async #recover({ roomId, id }: RecordingKey): Promise<void> {
    const { storage } = this.#options;
    const keys = storageKeys(roomId, id);
    const recordOnly = await isRecordOnly(storage, keys);
    const parts = { storage, keys, listener: this.#recordings, captions: this.captions, recordOnly };
    const stream = await endRecording(parts);
    if (stream !== null) await completeEnded(parts, stream);
  }

  /** A recording is to be erased: nothing of it is written from here on. */
  async forget({ roomId, id }: RecordingKey): Promise<void> {
    const room = this.#rooms.get(roomId);
    const broadcast = [...this.#open].find(({ broadcastId }) => broadcastId === id);
    broadcast?.close();
    await broadcast?.completion;
    room?.broadcasts.delete(id);
  }

  /** Ends every broadcast; recordings stay. */
  async close(): Promise<void> {
    this.#stopSweeping();
    const rooms = [...this.#rooms.values()];
    for (const { channel } of rooms) channel.close();
    await Promise.all(rooms.map(({ current }) => current?.finish()));
    for (const { broadcasts } of rooms) for (const { event } of broadcasts.values()) event.changes.close();
    const open = [...this.#open];
    for (const broadcast of open) broadcast.close();
    const patience = new Promise((resolve) => setTimeout(resolve, COMPLETION_PATIENCE_MS).unref());
    await Promise.race([Promise.allSettled(open.map(({ completion }) => completion)), patience]);
    this.#rooms.clear();
  }

  #openRoom(roomId: string): RoomStreams {
    const known = this.#rooms.get(roomId);
    if (known !== undefined) return known;
    const channel = new LiveChannel({ clock: this.clock, options: this.packaging, ladder: this.#ladder });
    const room: RoomStreams = { channel, broadcasts: new Map(), current: null };
    this.#rooms.set(roomId, room);
    return room;
  }

  #sweep(): void {
    for (const [roomId, { channel, broadcasts, current }] of this.#rooms) {
      if (current !== null || broadcasts.size > 0 || !channel.isIdle) continue;
      channel.close();
      this.#rooms.delete(roomId);
    }
  }
}

const unlessHidden = (broadcast: Broadcast | null | undefined): Broadcast | null =>
  broadcast === undefined || broadcast === null || broadcast.recordOnly ? null : broadcast;

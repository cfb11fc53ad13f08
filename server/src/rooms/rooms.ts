import {
  ProtocolError,
  type BroadcastView,
  type ParticipantId,
  type RoleName,
  type RoomId,
} from '../../../src/protocol/index.ts';
import type { Media } from '../media/media.ts';
import { NO_POLICY } from '../broadcast/audience-watch.ts';
import type { BroadcastParts } from '../broadcast/broadcast-run.ts';
import { viewOf, type RoomBroadcast } from '../broadcast/room-broadcast.ts';
import type { ExternalFilter } from '../filter/external-filter.ts';
import type { ExternalWallet } from '../wallet/external-wallet.ts';
import { noBroadcastStore, type BroadcastPolicy, type BroadcastStore } from '../store/broadcast-store.ts';
import type { RoomPageQuery, RoomRecord, RoomStore } from '../store/room-store.ts';
import { noAnnouncer, type Announcer } from './announcer.ts';
import { LATEST_MESSAGES } from './chat.ts';
import { systemClock, type Clock } from './clock.ts';
import { DEFAULT_LIMITS, type ServerLimits } from './limits.ts';
import { noLogger, type Logger } from './logger.ts';
import { noMetrics, type RoomMetrics } from './metrics.ts';
import { pageParticipants, type ParticipantPage, type ParticipantQuery } from './participant-page.ts';
import { Room } from './room.ts';
import { DEFAULT_TEMPLATE, openTemplate, type OpenTemplate, type Roles, type RoomTemplate } from './templates.ts';
import type { PreferredVideoCodec } from './video-codec.ts';

export interface RoomsOptions {
  readonly store: RoomStore;
  readonly media: Media;
  /** Beside `default`, which has the five built-in roles; one named `default` replaces it. */
  readonly templates?: readonly RoomTemplate[];
  /** Default `auto`. */
  readonly preferredVideoCodec?: PreferredVideoCodec;
  /** Whether joining a room that does not exist creates it. Default `true`. */
  readonly createOnJoin?: boolean;
  readonly limits?: Partial<ServerLimits>;
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly metrics?: RoomMetrics;
  readonly announcer?: Announcer;
  /** What broadcasts are made of; without it every start fails with that reason. */
  readonly broadcastParts?: BroadcastParts;
  /** What is known of the broadcasts; without it nothing outlives the process. */
  readonly broadcastStore?: BroadcastStore;
  /** The site's own wallets pay for gifts; without them those of the ledger. */
  readonly wallet?: ExternalWallet | undefined;
  /** The site's own filter of the chat. */
  readonly filter?: ExternalFilter | undefined;
}

export interface RoomCreateOptions {
  readonly id: RoomId;
  readonly title?: string | undefined;
  /** Name of a template. Default `default`. */
  readonly template?: string | undefined;
  /** When the broadcast starts and stops by itself. Default: as the template says. */
  readonly broadcast?: BroadcastPolicy | undefined;
}

/** What the site's back end may know of a room. */
export interface RoomView {
  readonly id: RoomId;
  readonly title: string;
  readonly template: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly endedAt: number | null;
  /** Participants now, by role. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface RoomPage {
  readonly rooms: readonly RoomView[];
  /** Give it as `after` for the next page; `null` on the last. */
  readonly next: string | null;
}

export interface RoomStatistics {
  /** Rooms in memory. */
  readonly rooms: number;
  readonly participants: number;
  /** Of them, those whose link is broken. */
  readonly lost: number;
  /** Streams that are live. */
  readonly streams: number;
}

/** All rooms of this server: those in memory, and behind them those in the store. */
export class Rooms {
  readonly clock: Clock;
  readonly limits: ServerLimits;
  readonly logger: Logger;
  readonly metrics: RoomMetrics;
  readonly #announcer: Announcer;
  readonly #broadcastParts: BroadcastParts | undefined;
  readonly #broadcastStore: BroadcastStore;
  readonly #policies: ReadonlyMap<string, BroadcastPolicy>;
  readonly #store: RoomStore;
  readonly #media: Media;
  readonly #wallet: ExternalWallet | undefined;
  readonly #filter: ExternalFilter | undefined;
  readonly #templates: ReadonlyMap<string, OpenTemplate>;
  readonly #createOnJoin: boolean;
  readonly #open = new Map<RoomId, Room>();
  /** Of rooms that have ended. */
  readonly #endingBroadcasts = new Set<RoomBroadcast>();
  readonly #opening = new Map<RoomId, Promise<Room>>();
  #closed = false;

  /** Throws a `ValiError` where a template's role is not valid. */
  constructor(options: RoomsOptions) {
    this.#store = options.store;
    this.#media = options.media;
    this.#wallet = options.wallet;
    this.#filter = options.filter;
    this.#createOnJoin = options.createOnJoin ?? true;
    this.clock = options.clock ?? systemClock;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.logger = options.logger ?? noLogger;
    this.metrics = options.metrics ?? noMetrics;
    this.#announcer = options.announcer ?? noAnnouncer;
    this.#broadcastParts = options.broadcastParts;
    this.#broadcastStore = options.broadcastStore ?? noBroadcastStore;
    this.#policies = new Map((options.templates ?? []).map(({ name, broadcast }) => [name, broadcast ?? NO_POLICY]));
    const templates = [DEFAULT_TEMPLATE, ...(options.templates ?? [])];
    this.#templates = new Map(
      templates.map((template) => [template.name, openTemplate(template, options.preferredVideoCodec ?? 'auto')]),
    );
  }

  /** Names of the templates. */
  get templates(): string[] {
    return [...this.#templates.keys()];
  }

  /** Throws `conflict` where the room exists or existed, `notFound` where there is no such template. */
  async create({ id, title, template = DEFAULT_TEMPLATE.name, broadcast }: RoomCreateOptions): Promise<RoomView> {
    if (!this.#templates.has(template)) throw new ProtocolError('notFound', 'There is no such template.');
    const room: RoomRecord = {
      id,
      title: title ?? id,
      template,
      createdAt: this.clock.now(),
      endedAt: null,
      spotlight: null,
    };
    await this.#store.createRoom(room);
    if (broadcast) await this.#broadcastStore.savePolicy(id, broadcast);
    this.#announcer.announce('room.created', id, { title: room.title, template });
    return this.#toView(room);
  }

  async get(id: RoomId): Promise<RoomView | null> {
    const room = await this.#store.findRoom(id);
    return room && this.#toView(room);
  }

  /** The room, made from the default template where there is none. */
  async getOrCreate(id: RoomId): Promise<RoomView> {
    const room = await this.get(id);
    if (room) return room;
    try {
      return await this.create({ id });
    } catch (error) {
      const created = await this.get(id);
      if (created) return created;
      throw error;
    }
  }

  /** A page of rooms by id; ended ones only where asked for. */
  async list({ after, limit = 50, includeEnded = false }: Partial<RoomPageQuery> = {}): Promise<RoomPage> {
    const records = await this.#store.listRooms({ after, limit: limit + 1, includeEnded });
    const rooms = records.slice(0, limit).map((room) => this.#toView(room));
    return { rooms, next: records.length > limit ? (rooms.at(-1)?.id ?? null) : null };
  }

  /** Ends a room until it is reopened; ending it again does nothing. Throws `notFound`. */
  async end(id: RoomId): Promise<void> {
    const { endedAt } = await this.#assertRecord(id);
    if (endedAt !== null) return;
    const room = await this.open(id);
    await room.end(null);
  }

  /** Lets people into an ended room again, with its history; one that lives is left alone. Throws `notFound`. */
  async reopen(id: RoomId): Promise<void> {
    const { endedAt } = await this.#assertRecord(id);
    await this.#store.reopenRoom(id);
    if (endedAt !== null) this.#announcer.announce('room.reopened', id, {});
  }

  /** The roles that tokens of the room may name. Throws `notFound`. */
  async roles(id: RoomId): Promise<Roles> {
    return this.#templateOf(await this.#assertRecord(id)).roles;
  }

  /** Throws `notFound`. */
  async listParticipants(id: RoomId, query: ParticipantQuery): Promise<ParticipantPage> {
    const room = this.#open.get(id);
    if (room) return room.roster.page(query, null);
    await this.#assertRecord(id);
    return pageParticipants([], query, null);
  }

  /** Takes up the broadcasts that were on when the server went down. */
  async resumeBroadcasts(): Promise<void> {
    const rooms = await this.#broadcastStore.listBroadcasting();
    const taken = await Promise.allSettled(rooms.map((id) => this.open(id)));
    for (const each of taken)
      if (each.status === 'rejected') this.logger.warn({ err: each.reason }, 'a broadcast is not taken up');
  }

  /** The broadcast of a room, which is taken into memory for it. Throws `notFound` or `roomEnded`. */
  async broadcast(id: RoomId): Promise<RoomBroadcast> {
    await this.#assertRecord(id);
    const room = await this.open(id);
    return room.broadcast;
  }

  /** Where a room's broadcast stands, also after its end. */
  async broadcastView(id: RoomId): Promise<BroadcastView | null> {
    const room = this.#open.get(id);
    if (room) return room.broadcast.view;
    const stored = await this.#broadcastStore.loadBroadcast(id);
    return stored && viewOf(stored);
  }

  /** Moves a participant at once, also one who is away. Throws `notFound` for the room or the role, or `roomEnded`. */
  async changeRole(id: RoomId, participantId: ParticipantId, role: RoleName): Promise<'changed' | 'unchanged'> {
    await this.#assertRecord(id);
    const room = await this.open(id);
    const { status } = await room.roles.changeRole(participantId, role, null);
    return status === 'unchanged' ? 'unchanged' : 'changed';
  }

  /** Removes a participant and shuts the door to tokens issued so far. Throws `notFound` for the room, or `roomEnded`. */
  async removeParticipant(id: RoomId, participantId: ParticipantId): Promise<void> {
    await this.#assertRecord(id);
    const room = await this.open(id);
    const name = room.roster.get(participantId)?.name ?? participantId;
    await room.remove(participantId, null);
    await room.features.moderation.log(null, { action: 'participantRemoved', target: { id: participantId, name } });
  }

  /**
   * The room in memory, taken up from the store or created where joining may do so.
   * Throws `roomEnded`, `notFound`, or `unavailable` while the server closes.
   */
  open(id: RoomId): Promise<Room> {
    const room = this.#open.get(id);
    if (room) return Promise.resolve(room);
    const opening = this.#opening.get(id) ?? this.#take(id).finally(() => this.#opening.delete(id));
    this.#opening.set(id, opening);
    return opening;
  }

  peek(id: RoomId): Room | undefined {
    return this.#open.get(id);
  }

  /** The room is not kept in memory for those who are in its own rooms any more. */
  letGo(id: RoomId): void {
    const room = this.#open.get(id);
    if (room?.roster.size === 0) void this.#release(room);
  }

  statistics(): RoomStatistics {
    let participants = 0;
    let lost = 0;
    let streams = 0;
    for (const room of this.#open.values()) {
      participants += room.roster.size;
      streams += room.stage.streams.length;
      for (const participant of room.roster) if (participant.lost) lost += 1;
    }
    return { rooms: this.#open.size, participants, lost, streams };
  }

  /** Lets everyone go; they come back when the server does. The store stays open. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#opening.values());
    const rooms = [...this.#open.values()];
    this.#open.clear();
    const broadcasts = [...rooms.map(({ broadcast }) => broadcast), ...this.#endingBroadcasts];
    const broadcastsClosed = broadcasts.map((broadcast) => broadcast.close());
    for (const room of rooms) room.close();
    await Promise.allSettled([...rooms.map((room) => room.settled), ...broadcastsClosed]);
  }

  async #take(id: RoomId): Promise<Room> {
    if (this.#closed) throw new ProtocolError('unavailable', 'The server is going down.');
    if (this.#createOnJoin) await this.getOrCreate(id);
    const stored = await this.#store.loadRoom(id, LATEST_MESSAGES);
    if (!stored) throw new ProtocolError('notFound', 'There is no such room.');
    if (stored.room.endedAt !== null) throw new ProtocolError('roomEnded', 'The room has ended.');
    const [storedBroadcast, policy, moderation, lobby, breakouts] = await Promise.all([
      this.#broadcastStore.loadBroadcast(id),
      this.#broadcastStore.loadPolicy(id),
      this.#store.features.moderation.load(id),
      this.#store.features.lobby.loadLobby(id),
      this.#store.features.breakouts.load(id),
    ]);
    // Where that has ended, this is a room by itself.
    const home = breakouts.homeId === null ? null : await this.open(breakouts.homeId).catch(() => null);
    if (this.#closed) throw new ProtocolError('unavailable', 'The server is going down.');
    const room = new Room({
      stored,
      moderation,
      lobby,
      breakouts,
      home: home?.features.breakouts ?? null,
      rooms: this,
      template: stored.room.template,
      ...this.#templateOf(stored.room),
      store: this.#store,
      media: this.#media,
      wallet: this.#wallet,
      filter: this.#filter,
      clock: this.clock,
      limits: this.limits,
      logger: this.logger,
      metrics: this.metrics,
      announcer: this.#announcer,
      broadcast: {
        parts: this.#broadcastParts,
        stored: storedBroadcast,
        save: (broadcast) => this.#broadcastStore.saveBroadcast(id, broadcast),
        policy: policy ?? this.#policies.get(stored.room.template) ?? NO_POLICY,
      },
      onEmpty: (empty) => void this.#release(empty),
      onEnded: (ended) => this.#handleEnded(ended),
    });
    this.#open.set(id, room);
    return room;
  }

  async #release(room: Room): Promise<void> {
    await room.settled;
    if (room.features.lobby.size > 0 && this.#open.get(room.id) === room) return room.watchEmptiness();
    const isKept = room.roster.size > 0 || room.broadcast.isOn || room.features.breakouts.isOpen;
    if (isKept || this.#open.get(room.id) !== room) return;
    this.#open.delete(room.id);
    room.close();
  }

  #handleEnded({ id, broadcast, features }: Room): void {
    this.#open.delete(id);
    features.breakouts.endRooms().catch((error: unknown) => {
      this.logger.warn({ err: error, roomId: id }, 'breakouts did not end with their room');
    });
    if (!broadcast.isOn) return;
    this.#endingBroadcasts.add(broadcast);
    void broadcast.over.then(() => this.#endingBroadcasts.delete(broadcast));
  }

  async #assertRecord(id: RoomId): Promise<RoomRecord> {
    const room = await this.#store.findRoom(id);
    if (!room) throw new ProtocolError('notFound', 'There is no such room.');
    return room;
  }

  #templateOf({ template: name }: RoomRecord): OpenTemplate {
    const template = this.#templates.get(name) ?? this.#templates.get(DEFAULT_TEMPLATE.name);
    if (!template) throw new ProtocolError('internal', 'The default template is missing.');
    return template;
  }

  #toView({ id, title, template, createdAt, endedAt }: RoomRecord): RoomView {
    return { id, title, template, createdAt, endedAt, counts: this.#open.get(id)?.roster.counts ?? {} };
  }
}

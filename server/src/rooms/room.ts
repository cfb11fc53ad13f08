import { ProtocolError, type ParticipantId, type RoomId } from '../../../src/protocol/index.ts';
import type { TokenClaims } from '../auth/token.ts';
import { AudienceWatch, countAudience } from '../broadcast/audience-watch.ts';
import { RoomBroadcast } from '../broadcast/room-broadcast.ts';
import type { RoomStore } from '../store/room-store.ts';
import type { RoomAnnounce } from './announcer.ts';
import { Channel } from './channel.ts';
import { Chat } from './chat.ts';
import type { Clock } from './clock.ts';
import { companyOf } from './company.ts';
import { chooseName } from './display-name.ts';
import { Door } from './door.ts';
import { eachFeature, openFeatures, type Feature, type Features } from './features.ts';
import { createOpening, type RoomFacts } from './opening.ts';
import { Lane } from './lane.ts';
import type { ServerLimits } from './limits.ts';
import type { Link } from './link.ts';
import type { Logger } from './logger.ts';
import { Participant } from './participant.ts';
import { RoleMoves } from './role-moves.ts';
import { RoleOffers } from './role-offers.ts';
import { RoomMediaLink } from './room-media-link.ts';
import type { JoinOptions, RoomOptions } from './room-options.ts';
import { RoomStreams } from './room-streams.ts';
import { Roster } from './roster.ts';
import { Stage } from './stage.ts';
import { COMPOSER_ROLE, type Role } from './templates.ts';
import { prefersH264 } from './video-codec.ts';

export type LeaveReason = 'left' | 'lost' | 'removed';

/** One live event: joins its parts and holds what concerns several of them. */
export class Room {
  readonly id: RoomId;
  readonly door: Door;
  readonly channel: Channel;
  readonly roster: Roster;
  readonly offers: RoleOffers;
  readonly roles: RoleMoves;
  readonly stage: Stage;
  readonly streams: RoomStreams;
  readonly chat: Chat;
  readonly broadcast: RoomBroadcast;
  readonly #audience: AudienceWatch;
  readonly features: Features;
  readonly #facts: RoomFacts;
  readonly #store: RoomStore;
  readonly #clock: Clock;
  readonly #limits: ServerLimits;
  readonly #logger: Logger;
  readonly #announce: RoomAnnounce;
  readonly #options: Pick<RoomOptions, 'onEmpty' | 'onEnded'>;
  /** Changes that are stored first take effect one after another. */
  readonly #changes = new Lane();
  #cancelEmpty: (() => void) | null = null;
  #closedBy: ProtocolError | null = null;

  constructor(options: RoomOptions) {
    const { stored, store, clock, limits, logger, metrics } = options;
    this.id = stored.room.id;
    this.door = new Door(options.roles, stored);
    this.#facts = { ...stored.room, roles: options.roles };
    this.#store = store;
    this.#clock = clock;
    this.#limits = limits;
    this.#logger = logger;
    this.#announce = (type, data) => options.announcer.announce(type, this.id, data);
    this.#options = options;
    const channel = new Channel({ clock, metrics, replayedEvents: limits.replayedEvents });
    this.channel = channel;
    this.roster = new Roster(channel, clock, this.#announce);
    this.offers = new RoleOffers(channel, clock, limits.roleOfferMs);
    this.stage = new Stage(channel, this.#announce, stored.room.spotlight);
    this.chat = new Chat({ roomId: this.id, store, channel, roster: this.roster, clock, stored: stored.chat });
    this.features = openFeatures({
      ...options,
      roomId: this.id,
      channel,
      roster: this.roster,
      stage: this.stage,
      announce: this.#announce,
      stores: store.features,
    });
    this.roles = new RoleMoves({
      roomId: this.id,
      store,
      door: this.door,
      roster: this.roster,
      offers: this.offers,
      backstage: this.features.backstage,
      change: (task) => this.#change(task),
      move: (participant, role, changedBy) => this.#moveTo(participant, role, changedBy),
    });
    this.streams = new RoomStreams({
      channel,
      roster: this.roster,
      stage: this.stage,
      ...this.features,
      prefersH264: () => prefersH264(options.videoCodec, options.broadcast.policy, this.broadcast),
      openMedia: (observer) => new RoomMediaLink(options.media, this.id, observer),
    });
    this.broadcast = new RoomBroadcast({
      ...options.broadcast,
      roomId: this.id,
      stage: this.streams,
      clock,
      logger,
      publish: (broadcast) => {
        this.channel.publish('broadcastChanged', { broadcast });
        this.#announce('broadcast.changed', broadcast);
      },
      handleOff: () => this.roster.size === 0 && this.watchEmptiness(),
    });
    this.#audience = new AudienceWatch({ ...options.broadcast, broadcast: this.broadcast, clock, logger });
    this.roster.watchCounts((counts) => this.#audience.changed(countAudience(counts, options.roles)));
    this.watchEmptiness();
  }

  /** When the changes under way are stored. */
  get settled(): Promise<unknown> {
    const features = eachFeature(this.features).map(({ settled }) => settled);
    return Promise.all([this.#changes.idle, this.broadcast.settled, ...features]);
  }

  /**
   * Gives a client its place: a new one, its own again, or that of an older client ([R1]–[R5]).
   * Throws `removed`, `tokenInvalid`, `roomFull`, `roomLocked` or why the room is closed. It may have to wait ([I1]).
   */
  join(options: JoinOptions): { participant: Participant; resumed: boolean } {
    const { claims, name, link, version, resume } = options;
    if (this.#closedBy) throw this.#closedBy;
    const role = this.door.admit(claims);
    const present = this.roster.get(claims.participantId);
    const resumed = present !== undefined && present.sessionKey === resume?.sessionKey;
    if (!present) this.features.moderation.assertAdmits(claims, role);
    const waiting = present ? null : this.features.lobby.receive(options, role, this.#facts);
    if (waiting) return { participant: waiting, resumed: false };
    const participant = present ?? this.#add(claims, role, name);
    if (present) {
      this.#takeOver(present, resumed ? null : chooseName(claims, name, this.roster.announced));
      this.#applyClaims(present, claims, role);
    }
    const opening = { facts: this.#facts, version, at: this.#clock.now(), lastSeq: resumed ? resume.lastSeq : null };
    this.channel.attach(link, createOpening(this, participant, opening));
    participant.link = link;
    if (resumed) this.#tellPermissions(participant);
    else this.#tellFeatures((feature) => feature.handleJoined?.(participant));
    this.streams.tellMissedReset(participant);
    return { participant, resumed };
  }

  /** The socket broke: the place is kept for a while ([R2]), save that of the composer, who comes back as another. */
  disconnect(participant: Participant, link: Link): void {
    this.channel.detach(link);
    if (participant.link !== link) return;
    participant.link = null;
    this.features.lobby.handleLost(participant);
    this.features.talkback.handleLost(participant);
    if (this.#closedBy || !this.roster.has(participant)) return;
    if (participant.isHidden) return this.leave(participant, 'lost');
    this.roster.markLost(participant, this.#limits.resumeGraceMs, () => this.leave(participant, 'lost'));
  }

  leave(participant: Participant, reason: LeaveReason): void {
    if (!this.roster.has(participant)) return;
    const { link } = participant;
    participant.cancelGrace?.();
    participant.cancelGrace = null;
    this.offers.endFor(participant);
    this.streams.endAll(participant, reason === 'removed' ? 'removed' : 'left');
    this.roster.remove(participant, reason);
    this.#tellFeatures((feature) => feature.handleLeft?.(participant));
    if (this.stage.spotlight === participant.id) this.#clearSpotlight(participant.id);
    if (link) {
      this.channel.afterTurn(() => link.close());
      this.channel.detach(link);
      participant.link = null;
    }
    if (this.roster.size === 0) this.watchEmptiness();
  }

  /** A fresh token for the same participant: its role and permissions count from now on ([T3]). */
  refreshClaims(participant: Participant, claims: TokenClaims): void {
    if (claims.roomId !== participant.tokenRoomId || claims.participantId !== participant.id) {
      throw new ProtocolError('tokenInvalid', 'The token is for another room or participant.');
    }
    this.#applyClaims(participant, claims, claims.roomId === this.id ? this.door.admit(claims) : participant.role);
  }

  /**
   * Removes a participant within reach ([P8]) and shuts the door to the tokens issued so far ([P6]); `null`, the site's
   * own back end, removes those who are away too.
   */
  remove(participantId: ParticipantId, removedBy: Participant | null): Promise<void> {
    return this.#change(async () => {
      removedBy?.assertReaches(this.roster.assertPresent(participantId));
      await this.shutDoor(participantId);
      await this.features.lobby.forget(participantId);
      const participant = this.roster.get(participantId);
      if (!participant) return;
      this.channel.flush();
      participant.link?.end(new ProtocolError('removed', 'You were removed from the room.'));
      this.leave(participant, 'removed');
    });
  }

  /** Tokens of theirs issued so far open the door no more ([P6]). */
  async shutDoor(participantId: ParticipantId): Promise<void> {
    const removedAt = this.#clock.now();
    await this.#store.saveRemoval(this.id, participantId, removedAt);
    this.door.shut(participantId, removedAt);
  }

  /** Puts one participant, or nobody, in the main place. */
  spotlight(participantId: ParticipantId | null): Promise<void> {
    return this.#change(async () => {
      const isPresent = () => participantId === null || this.roster.get(participantId)?.isHidden === false;
      if (!isPresent()) throw new ProtocolError('notFound', 'There is no such participant.');
      await this.#store.saveSpotlight(this.id, participantId);
      this.stage.setSpotlight(participantId);
      if (participantId !== null && !isPresent()) this.#clearSpotlight(participantId);
    });
  }

  /** Ends the room for everyone. */
  end(endedBy: ParticipantId | null): Promise<void> {
    return this.#change(async () => {
      await this.#store.endRoom(this.id, this.#clock.now());
      await this.broadcast.stop();
      this.channel.publish('roomEnded', { endedBy });
      this.#announce('room.ended', { endedBy });
      const ended = new ProtocolError('roomEnded', 'The room has ended.');
      this.#closedBy = ended;
      this.#options.onEnded(this);
      this.channel.afterTurn(() => this.#release(ended));
    });
  }

  /** Lets everyone go; the room itself goes on in the store. */
  close(): void {
    if (this.#closedBy) return;
    this.#closedBy = new ProtocolError('unavailable', 'The server is going down.');
    this.channel.flush();
    this.#release(this.#closedBy);
  }

  /** Asks after a while whether anybody is here. */
  watchEmptiness(): void {
    this.#cancelEmpty?.();
    this.#cancelEmpty = this.#clock.after(this.#limits.emptyRoomMs, () => this.#options.onEmpty(this));
  }

  #change<T>(task: () => T | Promise<T>): Promise<T> {
    return this.#changes.run(() => {
      if (this.#closedBy) throw this.#closedBy;
      return task();
    });
  }

  #release(reason: ProtocolError): void {
    this.#cancelEmpty?.();
    this.#audience.close();
    this.roster.close();
    this.chat.close();
    this.offers.close();
    this.#tellFeatures((feature) => feature.close?.());
    this.streams.close();
    for (const { link } of this.roster) link?.end(reason);
  }

  #add(claims: TokenClaims, role: Role, name: string | undefined): Participant {
    if (this.roster.size >= this.#limits.participantsPerRoom && role !== COMPOSER_ROLE) {
      throw new ProtocolError('roomFull', 'The room is full.');
    }
    const participant = new Participant({
      id: claims.participantId,
      name: chooseName(claims, name, this.roster.announced),
      role,
      extraPermissions: claims.permissions,
      company: companyOf(claims),
      joinedAt: this.#clock.now(),
      tokenExpiresAt: claims.expiresAt,
      tokenRoomId: claims.tokenRoomId ?? claims.roomId,
    });
    if (!participant.isHidden) {
      this.#cancelEmpty?.();
      this.#cancelEmpty = null;
    }
    this.roster.add(participant);
    return participant;
  }

  /** The older client lets go. One that does not show the place's key starts afresh: its media is closed ([R5]). */
  #takeOver(participant: Participant, newName: string | null): void {
    const { link } = participant;
    if (link) {
      this.channel.detach(link);
      participant.link = null;
      link.end(new ProtocolError('joinedElsewhere', 'The same participant joined from elsewhere.'));
    }
    if (newName !== null) {
      participant.renewSessionKey();
      participant.missedReset = [];
      this.streams.endAll(participant, 'left');
      this.roster.rename(participant, newName);
    }
    this.roster.markReturned(participant);
  }

  #applyClaims(participant: Participant, claims: TokenClaims, role: Role): void {
    participant.tokenExpiresAt = claims.expiresAt;
    participant.extraPermissions = claims.permissions;
    participant.company = companyOf(claims);
    if (!this.roster.has(participant)) return;
    if (participant.role !== role) return this.#moveTo(participant, role, null);
    this.#tellFeatures((feature) => feature.handleRoleChanged?.(participant));
    this.#tellPermissions(participant);
  }

  #moveTo(participant: Participant, role: Role, changedBy: ParticipantId | null): void {
    this.offers.endFor(participant);
    this.streams.endBeyond(participant, role);
    this.roster.changeRole(participant, role, changedBy);
    this.#tellFeatures((feature) => feature.handleRoleChanged?.(participant));
    this.#tellPermissions(participant);
    if (role.publish.length === 0 && this.stage.spotlight === participant.id) this.#clearSpotlight(participant.id);
    participant.link?.handleRoleChanged?.();
  }

  #tellFeatures(tell: (feature: Feature) => void): void {
    for (const feature of eachFeature(this.features)) tell(feature);
  }

  /** To them alone ([P9]). */
  #tellPermissions({ link, permissions }: Participant): void {
    if (link) this.channel.signalTo(link, 'permissionsChanged', { permissions });
  }

  #clearSpotlight(participantId: ParticipantId): void {
    this.#changes
      .run(async () => {
        if (this.#closedBy || this.stage.spotlight !== participantId) return;
        await this.#store.saveSpotlight(this.id, null);
        this.stage.setSpotlight(null);
      })
      .catch((error: unknown) => this.#logger.warn({ err: error, roomId: this.id }, 'spotlight not cleared'));
  }
}

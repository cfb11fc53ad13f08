import {
  ProtocolError,
  TALKBACK,
  type ParticipantId,
  type ReplyData,
  type RequestData,
  type RtpCapabilitiesView,
  type SentSource,
  type Source,
  type StreamId,
  type StreamView,
  type TransportView,
} from '../../../src/protocol/index.ts';
import type { BroadcastStage, LiveStream } from '../broadcast/broadcast-stage.ts';
import type { RoomMedia, RoomMediaObserver, StreamTap, TapListener, TransportOptions } from '../media/media.ts';
import type { Backstage } from './backstage.ts';
import type { Channel } from './channel.ts';
import { Lane } from './lane.ts';
import type { Overlays } from './overlays.ts';
import type { Participant } from './participant.ts';
import type { RoomMediaLink } from './room-media-link.ts';
import type { Roster } from './roster.ts';
import type { Stage, UnpublishReason } from './stage.ts';
import type { Talkback } from './talkback.ts';
import type { Role } from './templates.ts';
import { h264First } from './video-codec.ts';

export interface RoomStreamsOptions {
  readonly channel: Channel;
  readonly roster: Roster;
  readonly stage: Stage;
  readonly overlays: Pick<Overlays, 'isLive' | 'watch'>;
  readonly backstage: Backstage;
  readonly talkback: Talkback;
  readonly prefersH264: () => boolean;
  readonly openMedia: (observer: RoomMediaObserver) => RoomMediaLink;
}

/** Publishing and watching: decides who may, asks the SFU, and tells the room what became of it. */
export class RoomStreams implements BroadcastStage {
  readonly #channel: Channel;
  readonly #roster: Roster;
  readonly #stage: Stage;
  readonly #backstage: Backstage;
  readonly #talkback: Talkback;
  readonly #media: RoomMediaLink;
  readonly #overlays: RoomStreamsOptions['overlays'];
  readonly #prefersH264: () => boolean;
  /** Mutes of owner and host reach the SFU and the room in one order. */
  readonly #muting = new Lane();

  constructor(options: RoomStreamsOptions) {
    const { channel, roster, stage, overlays, backstage, talkback, prefersH264, openMedia } = options;
    this.#overlays = overlays;
    this.#prefersH264 = prefersH264;
    this.#channel = channel;
    this.#roster = roster;
    this.#stage = stage;
    this.#backstage = backstage;
    this.#talkback = talkback;
    this.#media = openMedia(this.#createObserver());
    backstage.watchHidden((streamIds) => this.#restrict(streamIds));
    talkback.watch({
      restricted: (streamId) => this.#restrict([streamId]),
      ended: (streamId) => this.#media.unpublish(streamId),
    });
  }

  /** What the SFU takes in and gives out, what publishers do best to send first. */
  async capabilities(): Promise<RtpCapabilitiesView> {
    const media = await this.media();
    return this.#prefersH264() ? h264First(media.capabilities()) : media.capabilities();
  }

  media(): Promise<RoomMedia> {
    return this.#media.open();
  }

  /** Throws `forbidden` where the role neither publishes nor watches that way. */
  async openTransport(
    participant: Participant,
    direction: 'send' | 'receive',
    options?: TransportOptions,
  ): Promise<TransportView> {
    if (direction === 'send' && participant.role.publish.length === 0 && !participant.may('hand.manage')) {
      throw new ProtocolError('forbidden', 'The role publishes nothing.');
    }
    if (direction === 'receive') assertWatchesByWebRtc(participant);
    const media = await this.media();
    const transport = await media.openTransport(participant.id, direction, options);
    if (!this.#roster.has(participant)) {
      media.closeParticipant(participant.id);
      throw new ProtocolError('disconnected', 'The participant has left.');
    }
    return transport;
  }

  /** Throws `forbidden` where the role does not publish the source, `conflict` where it is live already ([M2]). */
  async publish(participant: Participant, data: RequestData<'publish'>): Promise<StreamId> {
    const { transportId, source, rtpParameters, muted = false } = data;
    assertPublishes(participant, source);
    if (
      source === TALKBACK ? this.#talkback.isOpenFor(participant.id) : this.#stage.hasSource(participant.id, source)
    ) {
      throw new ProtocolError('conflict', 'The source is published already.');
    }
    const { sessionKey } = participant;
    await this.#backstage.open();
    const media = await this.media();
    const streamId = await media.publish(participant.id, transportId, { source, rtpParameters, muted });
    try {
      this.#assertStillThere(participant, sessionKey);
      assertPublishes(participant, source);
    } catch (error) {
      media.unpublish(streamId);
      throw error;
    }
    if (source === TALKBACK) this.#talkback.add(participant.id, streamId);
    else this.#stage.add(streamId, participant.id, source, muted, this.#backstage.has(participant.id));
    return streamId;
  }

  unpublish(participant: Participant, streamId: StreamId): void {
    if (this.#talkback.remove(participant.id, streamId)) return this.#media.unpublish(streamId);
    this.#assertOwn(participant, streamId);
    this.#media.unpublish(streamId);
    this.#stage.remove(streamId, 'ended');
  }

  /** Mutes or unmutes one's own stream, whoever muted it ([P5]). */
  setMuted(participant: Participant, streamId: StreamId, muted: boolean): Promise<void> {
    this.#assertOwn(participant, streamId);
    return this.#setMuted(streamId, muted ? 'self' : null).then(() => undefined);
  }

  /** Mutes another's streams and says how many. */
  async muteByHost(participantId: ParticipantId, source: Source | undefined): Promise<number> {
    const streams = this.#stage
      .streamsOf(participantId)
      .filter((stream) => source === undefined || stream.source === source);
    // Whoever talks to people backstage is muted by themselves meanwhile: that ends with it, and this does not ([Z6]).
    const talks = this.#talkback.hasTalked(participantId);
    const muted = await Promise.all(streams.map((stream) => this.#setMuted(stream.id, 'host', talks)));
    return muted.filter(Boolean).length;
  }

  async subscribe(participant: Participant, data: RequestData<'subscribe'>): Promise<ReplyData<'subscribe'>> {
    assertWatchesByWebRtc(participant);
    this.#assertVisible(participant, data.streamId);
    const media = await this.media();
    const { streamId, transportId, rtpCapabilities } = data;
    const subscription = await media.subscribe(participant.id, transportId, streamId, rtpCapabilities);
    // It may have gone behind the stage while the SFU worked.
    if (!this.#isVisible(participant, streamId)) this.#restrict([streamId]);
    this.#assertVisible(participant, streamId);
    return subscription;
  }

  /** Ends what `role` does not publish ([P4]). */
  endBeyond(participant: Participant, role: Role): void {
    for (const stream of this.#stage.streamsOf(participant.id)) {
      if (role.publish.includes(stream.source)) continue;
      this.#media.unpublish(stream.id);
      this.#stage.remove(stream.id, 'roleChanged');
    }
  }

  /** Ends everything of a participant: transports, streams, subscriptions. */
  endAll(participant: Participant, reason: UnpublishReason): void {
    this.#media.closeParticipant(participant.id);
    this.#talkback.end(participant.id);
    for (const stream of this.#stage.streamsOf(participant.id)) this.#stage.remove(stream.id, reason);
  }

  /** Tells of a reset that came while the link was broken. */
  tellMissedReset(participant: Participant): void {
    const { link, missedReset } = participant;
    if (!link || missedReset.length === 0) return;
    participant.missedReset = [];
    this.#channel.signalTo(link, 'mediaReset', { directions: [...missedReset] });
  }

  /** Those that are live, with the codec of each. */
  get streams(): readonly LiveStream[] {
    return this.#stage.streams.map((stream) => ({ ...stream, codec: this.#media.codecOf(stream.id) }));
  }

  get isOverlaid(): boolean {
    return this.#overlays.isLive;
  }

  watch(handle: () => void): () => void {
    const stops = [this.#stage.watch(handle), this.#overlays.watch(handle)];
    return () => stops.forEach((stop) => stop());
  }

  async tap(streamId: StreamId, listener: TapListener): Promise<StreamTap> {
    const media = await this.media();
    if (!this.#stage.get(streamId) || this.#stage.isHidden(streamId))
      throw new ProtocolError('notFound', 'There is no such stream.');
    // One that goes behind the stage is not in the programme from that moment on ([Z4]).
    const isShown = () => !this.#stage.isHidden(streamId);
    return media.tap(streamId, {
      packet: (bytes) => isShown() && listener.packet(bytes),
      report: (bytes) => isShown() && listener.report(bytes),
    });
  }

  close(): void {
    this.#media.close();
  }

  /** Whether anything changed. `overOwn`: also where the owner muted it before. */
  #setMuted(streamId: StreamId, mutedBy: 'self' | 'host' | null, overOwn = false): Promise<boolean> {
    return this.#muting.run(async () => {
      const stream = this.#stage.get(streamId);
      if (!stream || stream.mutedBy === mutedBy) return false;
      if (!overOwn && stream.muted === (mutedBy !== null)) return false;
      const media = await this.media();
      await media.setMuted(streamId, mutedBy !== null);
      this.#stage.setMuted(streamId, mutedBy);
      return true;
    });
  }

  #isVisible(participant: Participant | undefined, streamId: StreamId): boolean {
    const hearers = this.#talkback.hearersOf(streamId);
    if (hearers) return participant !== undefined && hearers.has(participant.id);
    return !this.#stage.isHidden(streamId) || participant?.may('hand.manage') === true;
  }

  /** Throws `notFound` for a stream that is not there, or is not for this participant ([Z4], [Z6]). */
  #assertVisible(participant: Participant, streamId: StreamId): void {
    if ((this.#stage.get(streamId) ?? this.#talkback.hearersOf(streamId)) && this.#isVisible(participant, streamId))
      return;
    throw new ProtocolError('notFound', 'There is no such stream.');
  }

  /** Ends what those receive who may not ([Z4]). */
  #restrict(streamIds: readonly StreamId[]): void {
    for (const streamId of streamIds) {
      this.#media.restrict(streamId, (participantId) => this.#isVisible(this.#roster.get(participantId), streamId));
    }
  }

  #assertOwn(participant: Participant, streamId: StreamId): StreamView {
    const stream = this.#stage.get(streamId);
    if (!stream) throw new ProtocolError('notFound', 'There is no such stream.');
    if (stream.participantId !== participant.id) {
      throw new ProtocolError('forbidden', "The stream is another participant's.");
    }
    return stream;
  }

  /** While the SFU worked, the participant may have left, or another client have taken the place over. */
  #assertStillThere(participant: Participant, sessionKey: string): void {
    if (this.#roster.has(participant) && participant.sessionKey === sessionKey) return;
    throw new ProtocolError('disconnected', 'The participant has left.');
  }

  #createObserver(): RoomMediaObserver {
    const channel = this.#channel;
    const stage = this.#stage;
    const isOnStage = (participantId: ParticipantId) => !this.#backstage.has(participantId);
    const onStage = (measured: readonly (readonly [ParticipantId, number])[]) =>
      measured.filter(([id]) => isOnStage(id)).map(([id, value]): [ParticipantId, number] => [id, value]);
    const linkOf = (participantId: ParticipantId) => this.#roster.get(participantId)?.link;
    return {
      streamLost: (streamId) => {
        this.#talkback.lose(streamId);
        stage.remove(streamId, 'mediaFailed');
      },
      activeSpeakerChanged: (participantId) => {
        if (participantId === null || isOnStage(participantId)) stage.setActiveSpeaker(participantId);
      },
      levelsMeasured: (levels) => channel.signal('levelsMeasured', { levels: onStage(levels) }),
      qualityMeasured: (qualities) => channel.signal('qualityMeasured', { qualities: onStage(qualities) }),
      subscriptionEnded(participantId, subscriptionId, streamId) {
        const link = linkOf(participantId);
        if (link) channel.signalTo(link, 'subscriptionEnded', { subscriptionId, streamId });
      },
      subscriptionLayerChanged(participantId, subscriptionId, streamId, spatialLayer) {
        const link = linkOf(participantId);
        if (link) channel.signalTo(link, 'subscriptionLayerChanged', { subscriptionId, streamId, spatialLayer });
      },
      transportChanged: (participantId, direction, state) => linkOf(participantId)?.handleTransport?.(direction, state),
      mediaReset: (participantId, directions) => {
        const participant = this.#roster.get(participantId);
        if (!participant) return;
        for (const direction of directions) participant.link?.handleTransport?.(direction, 'closed');
        participant.missedReset = [...new Set([...participant.missedReset, ...directions])];
        this.tellMissedReset(participant);
      },
    };
  }
}

function assertPublishes(participant: Participant, source: SentSource): void {
  if (source === TALKBACK ? participant.may('hand.manage') : participant.role.publish.includes(source)) return;
  throw new ProtocolError('forbidden', `The role does not publish ${source}.`);
}

function assertWatchesByWebRtc(participant: Participant): void {
  if (participant.role.watch === 'webrtc') return;
  throw new ProtocolError('forbidden', 'The role does not watch by WebRTC.');
}

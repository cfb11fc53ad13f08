import * as v from 'valibot';
import { ProtocolError, rtpCapabilities, streamId as streamIdSchema } from '../../../../src/protocol/index.ts';
import type {
  DtlsParametersView,
  IceParametersView,
  ParticipantId,
  RoomId,
  RtpCapabilitiesView,
  StreamId,
  SubscriptionId,
  TransportId,
  TransportView,
} from '../../../../src/protocol/index.ts';
import type {
  PublishedStream as PublishedStreamOptions,
  RoomMedia,
  RoomMediaObserver,
  StreamTap,
  Subscription,
  TapListener,
  TransportOptions,
} from '../media.ts';
import { createIceServers } from './ice-servers.ts';
import { askSfu } from './media-errors.ts';
import type { CompleteMediaOptions } from './media-options.ts';
import { ParticipantMedia } from './participant-media.ts';
import type { Direction, ParticipantTransport } from './participant-transport.ts';
import type { PublishedStream } from './published-stream.ts';
import { QualityMeter } from './quality-meter.ts';
import { RoomPlacement } from './room-placement.ts';
import type { RoomRouter } from './room-router.ts';
import { RoomSpeakers } from './room-speakers.ts';
import { routerCapabilities } from './router-codecs.ts';
import { acceptRtpCapabilities, acceptRtpParameters, kindOf } from './rtp-parameters.ts';
import { StreamSubscription } from './stream-subscription.ts';
import { openStreamTap } from './stream-tap.ts';
import type { WorkerPool } from './worker-pool.ts';

/**
 * Senders answer one request for a key frame in 300 ms and drop the others. Asking again no sooner than that gives
 * the second of two who join together a frame soon, where he would wait for the next retry, a second later.
 */
const KEY_FRAME_REQUEST_DELAY_MS = 350;

const capabilities = v.parse(rtpCapabilities, routerCapabilities);

export interface RoomMediaOptions {
  readonly id: RoomId;
  readonly pool: WorkerPool;
  readonly options: CompleteMediaOptions;
  readonly observer: RoomMediaObserver;
  readonly handleClosed: () => void;
}

/** The media of one room, on as many workers as it needs. */
export class MediasoupRoomMedia implements RoomMedia {
  readonly #id: RoomId;
  readonly #options: CompleteMediaOptions;
  readonly #observer: RoomMediaObserver;
  readonly #handleClosed: () => void;
  readonly #placement: RoomPlacement;
  readonly #speakers: RoomSpeakers;
  readonly #qualities: QualityMeter;
  readonly #participants = new Map<ParticipantId, ParticipantMedia>();
  readonly #streams = new Map<StreamId, PublishedStream>();
  #closed = false;

  constructor({ id, pool, options, observer, handleClosed }: RoomMediaOptions) {
    this.#id = id;
    this.#options = options;
    this.#observer = observer;
    this.#handleClosed = handleClosed;
    this.#speakers = new RoomSpeakers(observer);
    this.#qualities = new QualityMeter(
      () => this.#streams.values(),
      (qualities) => observer.qualityMeasured(qualities),
    );
    this.#placement = new RoomPlacement({
      pool,
      reports: this.#speakers,
      handleLost: (router) => this.#handleRouterLost(router),
    });
  }

  /** What there is now, for {@link Media.statistics}. */
  count() {
    const participants = [...this.#participants.values()];
    const { routers } = this.#placement;
    return {
      transports: participants.reduce((sum, { transportCount }) => sum + transportCount, 0),
      streams: this.#streams.size,
      subscriptions: participants.reduce((sum, { subscriptionCount }) => sum + subscriptionCount, 0),
      routers: routers.length,
      pipes: routers.reduce((sum, { pipes }) => sum + pipes.count, 0),
    };
  }

  capabilities(): RtpCapabilitiesView {
    return capabilities;
  }

  async openTransport(
    participantId: ParticipantId,
    direction: Direction,
    transportOptions: TransportOptions = {},
  ): Promise<TransportView> {
    if (this.#closed) throw new ProtocolError('unavailable', 'The room is closed');
    const participant =
      this.#participants.get(participantId) ?? new ParticipantMedia(participantId, this.#options, this.#placement);
    this.#participants.set(participantId, participant);
    const transport = await participant.openTransport(direction, transportOptions);
    transport.handleFarEnd((state) => this.#handleFarEnd(participant, transport, state));
    transport.handleConsent((state) => this.#observer.transportChanged(participantId, direction, state));
    const { listen, iceServers } = this.#options;
    return transport.view(createIceServers(iceServers, participantId), listen.announced ?? []);
  }

  async connectTransport(participantId: ParticipantId, transportId: TransportId, dtls: DtlsParametersView) {
    await this.#participant(participantId).transport(transportId).connect(dtls);
  }

  async restartTransport(participantId: ParticipantId, transportId: TransportId): Promise<IceParametersView> {
    return this.#participant(participantId).transport(transportId).restart();
  }

  async publish(
    participantId: ParticipantId,
    transportId: TransportId,
    { source, rtpParameters, muted }: PublishedStreamOptions,
  ): Promise<StreamId> {
    const participant = this.#participant(participantId);
    const transport = participant.transport(transportId, 'send');
    const accepted = acceptRtpParameters(participantId, source, rtpParameters);
    if (participant.sources.has(source)) throw new ProtocolError('conflict', `Another ${source} is published already`);
    participant.sources.add(source);
    try {
      const producer = await transport.produce({
        kind: kindOf(source),
        rtpParameters: accepted,
        paused: muted,
        keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS,
      });
      if (transport.closed || participant.closed) {
        producer.close();
        throw new ProtocolError('notFound', 'The transport was closed meanwhile');
      }
      const { router } = transport.seat;
      const stream = { id: v.parse(streamIdSchema, producer.id), participantId, source, router, producer };
      this.#addStream(participant, stream);
      return stream.id;
    } catch (error) {
      participant.sources.delete(source);
      throw error;
    }
  }

  unpublish(streamId: StreamId): void {
    const stream = this.#streams.get(streamId);
    // Forgotten first, so that its end is no loss.
    this.#streams.delete(streamId);
    stream?.producer.close();
  }

  async setMuted(streamId: StreamId, muted: boolean): Promise<void> {
    const { producer } = this.#stream(streamId);
    await askSfu(muted ? producer.pause() : producer.resume());
  }

  async subscribe(
    participantId: ParticipantId,
    transportId: TransportId,
    streamId: StreamId,
    offered: RtpCapabilitiesView,
  ): Promise<Subscription> {
    const participant = this.#participant(participantId);
    const transport = participant.transport(transportId, 'receive');
    const stream = this.#stream(streamId);
    const accepted = acceptRtpCapabilities(stream.producer.kind, offered);
    const { mimeType } = stream.producer.rtpParameters.codecs[0] ?? {};
    if (!accepted.codecs?.some((codec) => codec.mimeType === mimeType)) {
      throw new ProtocolError('badRequest', `The receiver does not take ${mimeType ?? 'the stream'}`);
    }
    if (participant.subscribed.has(streamId))
      throw new ProtocolError('conflict', 'The stream is subscribed to already');
    participant.subscribed.add(streamId);
    const { pipes } = transport.seat.router;
    let piped = false;
    const release = () => {
      participant.subscribed.delete(streamId);
      if (piped) pipes.release(streamId);
      piped = false;
    };
    try {
      const producerId = await askSfu(pipes.acquire({ id: streamId, router: stream.router.router }), 'unavailable');
      piped = true;
      const consumer = await transport.consume({ producerId, rtpCapabilities: accepted, paused: true });
      const subscription: StreamSubscription = new StreamSubscription(streamId, transport, consumer, {
        handleClosed: () => {
          participant.removeSubscription(subscription.id);
          release();
        },
        handleStreamEnded: () => this.#observer.subscriptionEnded(participantId, subscription.id, streamId),
        handleLayerChanged: (layer) =>
          this.#observer.subscriptionLayerChanged(participantId, subscription.id, streamId, layer),
      });
      participant.addSubscription(subscription);
      if (consumer.closed || transport.closed || !this.#streams.has(streamId)) {
        subscription.close();
        throw new ProtocolError('notFound', 'The stream or the transport was closed meanwhile');
      }
      return subscription.view();
    } catch (error) {
      release();
      throw error;
    }
  }

  async setSubscription(
    participantId: ParticipantId,
    subscriptionId: SubscriptionId,
    change: { paused?: boolean | undefined; spatialLayer?: number | undefined },
  ): Promise<void> {
    await this.#participant(participantId).subscription(subscriptionId).change(change);
  }

  unsubscribe(participantId: ParticipantId, subscriptionId: SubscriptionId): void {
    this.#participant(participantId).subscription(subscriptionId).close();
  }

  restrict(streamId: StreamId, mayReceive: (participantId: ParticipantId) => boolean): void {
    for (const participant of this.#participants.values()) {
      const subscription = participant.subscriptionTo(streamId);
      if (subscription === undefined || mayReceive(participant.id)) continue;
      subscription.close();
      this.#observer.subscriptionEnded(participant.id, subscription.id, streamId);
    }
  }

  codecOf(streamId: StreamId): string | null {
    return this.#streams.get(streamId)?.producer.rtpParameters.codecs[0]?.mimeType.toLowerCase() ?? null;
  }

  async tap(streamId: StreamId, listener: TapListener): Promise<StreamTap> {
    const { router } = this.#stream(streamId);
    return openStreamTap(router.router, streamId, listener);
  }

  closeParticipant(participantId: ParticipantId): void {
    const participant = this.#participants.get(participantId);
    this.#participants.delete(participantId);
    for (const stream of this.#streams.values()) {
      if (stream.participantId === participantId) this.unpublish(stream.id);
    }
    participant?.close();
    this.#qualities.forgetParticipant(participantId);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const participantId of this.#participants.keys()) this.closeParticipant(participantId);
    this.#placement.close();
    this.#speakers.close();
    this.#qualities.close();
    this.#handleClosed();
  }

  #participant(participantId: ParticipantId): ParticipantMedia {
    const participant = this.#participants.get(participantId);
    if (participant === undefined) throw new ProtocolError('notFound', 'No such transport');
    return participant;
  }

  #stream(streamId: StreamId): PublishedStream {
    const stream = this.#streams.get(streamId);
    if (stream === undefined) throw new ProtocolError('notFound', 'No such stream');
    return stream;
  }

  #addStream(participant: ParticipantMedia, stream: PublishedStream): void {
    const { id, participantId, source, producer, router } = stream;
    this.#streams.set(id, stream);
    producer.observer.once('close', () => {
      participant.sources.delete(source);
      if (source === 'microphone') this.#speakers.forgetParticipant(participantId);
      if (this.#streams.delete(id)) this.#observer.streamLost(id);
    });
    this.#qualities.watch(stream);
    if (source === 'microphone') router.speakers.listen(participantId, producer).catch(() => {});
  }

  #handleFarEnd(
    participant: ParticipantMedia,
    transport: ParticipantTransport,
    state: 'connected' | 'closed' | 'failed',
  ): void {
    if (state === 'connected') {
      this.#observer.transportChanged(participant.id, transport.direction, 'connected');
      return;
    }
    if (transport.closed) return;
    participant.closeTransport(transport.direction);
    this.#observer.transportChanged(participant.id, transport.direction, 'closed');
    // One that its owner closed is not missed.
    if (state === 'failed') this.#observer.mediaReset(participant.id, [transport.direction]);
  }

  #handleRouterLost(router: RoomRouter): void {
    this.#options.log.warn({ roomId: this.#id, workerPid: router.worker.pid }, 'a room lost a media worker');
    this.#speakers.forgetSource(router.speakers);
    for (const participant of this.#participants.values()) {
      const directions = participant.leaveLost(router);
      if (directions.length > 0) this.#observer.mediaReset(participant.id, directions);
    }
  }
}

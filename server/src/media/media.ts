import type {
  DtlsParametersView,
  IceParametersView,
  ParticipantId,
  RoomId,
  RtpCapabilitiesView,
  RtpParametersView,
  SentSource,
  StreamId,
  SubscriptionId,
  TransportId,
  TransportView,
} from '../../../src/protocol/index.ts';

/** The SFU as rooms see it. Implemented by `mediasoup/`; errors are `ProtocolError`s (`notFound`, `badRequest`, `conflict`, `unavailable`). */
export interface Media {
  createRoom(roomId: RoomId, observer: RoomMediaObserver): Promise<RoomMedia>;
  /** For `/metrics` and `/readyz`. */
  statistics(): MediaStatistics;
  close(): Promise<void>;
}

export interface MediaStatistics {
  readonly workers: number;
  readonly workerDeaths: number;
  readonly transports: number;
  readonly streams: number;
  readonly subscriptions: number;
}

/** The media of one room. Who may do what has been decided by the caller. */
export interface RoomMedia {
  capabilities(): RtpCapabilitiesView;
  openTransport(
    participantId: ParticipantId,
    direction: 'send' | 'receive',
    options?: TransportOptions,
  ): Promise<TransportView>;
  connectTransport(participantId: ParticipantId, transportId: TransportId, dtls: DtlsParametersView): Promise<void>;
  restartTransport(participantId: ParticipantId, transportId: TransportId): Promise<IceParametersView>;
  publish(participantId: ParticipantId, transportId: TransportId, stream: PublishedStream): Promise<StreamId>;
  unpublish(streamId: StreamId): void;
  setMuted(streamId: StreamId, muted: boolean): Promise<void>;
  subscribe(
    participantId: ParticipantId,
    transportId: TransportId,
    streamId: StreamId,
    rtpCapabilities: RtpCapabilitiesView,
  ): Promise<Subscription>;
  setSubscription(
    participantId: ParticipantId,
    subscriptionId: SubscriptionId,
    change: { paused?: boolean | undefined; spatialLayer?: number | undefined },
  ): Promise<void>;
  unsubscribe(participantId: ParticipantId, subscriptionId: SubscriptionId): void;
  /** MIME type of a stream in lower case; `null` where there is no such stream. */
  codecOf(streamId: StreamId): string | null;
  /** Hands the packets of a stream, of its largest layer, to this process. */
  tap(streamId: StreamId, listener: TapListener): Promise<StreamTap>;
  /** Ends the subscriptions to a stream of those who may not receive it; `subscriptionEnded` tells of each. */
  restrict(streamId: StreamId, mayReceive: (participantId: ParticipantId) => boolean): void;
  /** Closes everything of a participant. */
  closeParticipant(participantId: ParticipantId): void;
  close(): void;
}

export type PayloadTypes = Readonly<Record<string, number>>;

export interface TransportOptions {
  /** How long a far end may send nothing at all before it is `lost`. Seconds. Default: 30 without a check of ICE. */
  readonly silenceSeconds?: number | undefined;
  /** For a receiver that takes only what it has named itself: the payload type of each codec, by MIME type. */
  readonly payloadTypes?: PayloadTypes | undefined;
}

/** `lost`: the far end is silent and may come back; `closed`: it has gone for good, and so has the transport. */
export type TransportState = 'connected' | 'lost' | 'closed';

export interface PublishedStream {
  readonly source: SentSource;
  readonly rtpParameters: RtpParametersView;
  readonly muted: boolean;
}

export interface Subscription {
  readonly subscriptionId: SubscriptionId;
  readonly kind: 'audio' | 'video';
  readonly rtpParameters: RtpParametersView;
}

export interface TapListener {
  /** A packet of RTP. */
  packet(bytes: Buffer): void;
  /** A packet of RTCP, with the sender's reports. */
  report(bytes: Buffer): void;
}

export interface StreamTap {
  /** Id of the header extension that says how the picture is turned (urn:3gpp:video-orientation). */
  readonly orientationId: number | null;
  requestKeyFrame(): void;
  /** Any number of times, and needless once the stream has ended. */
  close(): void;
}

/** What the SFU tells the room. */
export interface RoomMediaObserver {
  /** The SFU lost a stream (never called for `unpublish`, `closeParticipant` or `close`). */
  streamLost(streamId: StreamId): void;
  activeSpeakerChanged(participantId: ParticipantId | null): void;
  levelsMeasured(levels: readonly (readonly [ParticipantId, number])[]): void;
  qualityMeasured(qualities: readonly (readonly [ParticipantId, number])[]): void;
  subscriptionEnded(participantId: ParticipantId, subscriptionId: SubscriptionId, streamId: StreamId): void;
  subscriptionLayerChanged(
    participantId: ParticipantId,
    subscriptionId: SubscriptionId,
    streamId: StreamId,
    spatialLayer: number | null,
  ): void;
  /** Whether packets pass between the SFU and the participant. */
  transportChanged(participantId: ParticipantId, direction: 'send' | 'receive', state: TransportState): void;
  /** The participant's transports in these directions are gone and must be opened again. */
  mediaReset(participantId: ParticipantId, directions: readonly ('send' | 'receive')[]): void;
}

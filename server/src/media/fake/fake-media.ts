import { randomUUID } from 'node:crypto';
import {
  ProtocolError,
  type IceParametersView,
  type IceServerView,
  type ParticipantId,
  type RtpCapabilitiesView,
  type StreamId,
  type SubscriptionId,
  type TransportId,
  type TransportView,
} from '../../../../src/protocol/index.ts';
import type {
  Media,
  MediaStatistics,
  PublishedStream,
  RoomMedia,
  RoomMediaObserver,
  StreamTap,
  Subscription,
  TapListener,
} from '../media.ts';

type Direction = 'send' | 'receive';

interface FakeTransport {
  readonly participantId: ParticipantId;
  readonly direction: Direction;
}

interface FakeStream extends PublishedStream {
  readonly id: StreamId;
  readonly participantId: ParticipantId;
  readonly transportId: TransportId;
  muted: boolean;
}

interface FakeSubscription {
  readonly participantId: ParticipantId;
  readonly streamId: StreamId;
  readonly transportId: TransportId;
  paused: boolean;
}

interface FakeTap {
  readonly streamId: StreamId;
  readonly listener: TapListener;
  keyFrameRequests: number;
}

/** An SFU in memory: keeps the books, moves no packets. For tests and for the headless server. */
export class FakeMedia implements Media {
  /** The rooms open now. */
  readonly rooms = new Map<string, FakeRoomMedia>();
  /** What every asynchronous call waits for; tests hold it back. */
  ready: Promise<void> = Promise.resolve();
  /** What `createRoom` fails with, if anything. */
  failure: ProtocolError | null = null;
  /** Handed out with every transport. */
  iceServers: IceServerView[] = [];

  async createRoom(roomId: string, observer: RoomMediaObserver): Promise<FakeRoomMedia> {
    await this.ready;
    if (this.failure) throw this.failure;
    const room = new FakeRoomMedia(this, observer, () => this.rooms.delete(roomId));
    this.rooms.set(roomId, room);
    return room;
  }

  statistics(): MediaStatistics {
    const rooms = [...this.rooms.values()];
    const sum = (size: (room: FakeRoomMedia) => number) => rooms.reduce((total, room) => total + size(room), 0);
    return {
      workers: 0,
      workerDeaths: 0,
      transports: sum((room) => room.transports.size),
      streams: sum((room) => room.streams.size),
      subscriptions: sum((room) => room.subscriptions.size),
    };
  }

  async close(): Promise<void> {
    for (const room of this.rooms.values()) room.close();
  }
}

export class FakeRoomMedia implements RoomMedia {
  readonly observer: RoomMediaObserver;
  readonly transports = new Map<TransportId, FakeTransport>();
  readonly streams = new Map<StreamId, FakeStream>();
  readonly subscriptions = new Map<SubscriptionId, FakeSubscription>();
  /** Those that are open. */
  readonly taps = new Set<FakeTap>();
  readonly #media: FakeMedia;
  readonly #onClosed: () => void;

  constructor(media: FakeMedia, observer: RoomMediaObserver, onClosed: () => void) {
    this.#media = media;
    this.observer = observer;
    this.#onClosed = onClosed;
  }

  capabilities(): RtpCapabilitiesView {
    const feedback = [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }];
    return {
      codecs: [
        { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
        { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, rtcpFeedback: feedback },
      ],
    };
  }

  async openTransport(participantId: ParticipantId, direction: Direction): Promise<TransportView> {
    await this.#media.ready;
    for (const [id, transport] of this.transports) {
      if (transport.participantId !== participantId || transport.direction !== direction) continue;
      const lost = [...this.streams.values()].filter((stream) => stream.transportId === id);
      this.#closeTransport(id);
      for (const stream of lost) this.observer.streamLost(stream.id);
    }
    const id = randomUUID() as TransportId;
    this.transports.set(id, { participantId, direction });
    return {
      id,
      iceParameters: iceParameters(),
      iceCandidates: [],
      dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: '00' }] },
      iceServers: this.#media.iceServers,
    };
  }

  async connectTransport(participantId: ParticipantId, transportId: TransportId): Promise<void> {
    await this.#media.ready;
    this.#assertTransport(participantId, transportId);
  }

  async restartTransport(participantId: ParticipantId, transportId: TransportId): Promise<IceParametersView> {
    await this.#media.ready;
    this.#assertTransport(participantId, transportId);
    return iceParameters();
  }

  async publish(participantId: ParticipantId, transportId: TransportId, stream: PublishedStream): Promise<StreamId> {
    await this.#media.ready;
    this.#assertTransport(participantId, transportId, 'send');
    const id = randomUUID() as StreamId;
    this.streams.set(id, { ...stream, id, participantId, transportId });
    return id;
  }

  unpublish(streamId: StreamId): void {
    this.streams.delete(streamId);
    for (const [id, subscription] of this.subscriptions) {
      if (subscription.streamId !== streamId) continue;
      this.subscriptions.delete(id);
      this.observer.subscriptionEnded(subscription.participantId, id, streamId);
    }
  }

  async setMuted(streamId: StreamId, muted: boolean): Promise<void> {
    await this.#media.ready;
    const stream = this.streams.get(streamId);
    if (!stream) throw new ProtocolError('notFound', 'There is no such stream.');
    stream.muted = muted;
  }

  async subscribe(participantId: ParticipantId, transportId: TransportId, streamId: StreamId): Promise<Subscription> {
    await this.#media.ready;
    this.#assertTransport(participantId, transportId, 'receive');
    const stream = this.streams.get(streamId);
    if (!stream) throw new ProtocolError('notFound', 'There is no such stream.');
    const subscriptionId = randomUUID() as SubscriptionId;
    this.subscriptions.set(subscriptionId, { participantId, streamId, transportId, paused: true });
    const kind = stream.source === 'camera' || stream.source === 'screen' ? 'video' : 'audio';
    return { subscriptionId, kind, rtpParameters: stream.rtpParameters };
  }

  async setSubscription(
    participantId: ParticipantId,
    subscriptionId: SubscriptionId,
    { paused }: { paused?: boolean | undefined },
  ): Promise<void> {
    await this.#media.ready;
    const subscription = this.#assertSubscription(participantId, subscriptionId);
    if (paused !== undefined) subscription.paused = paused;
  }

  unsubscribe(participantId: ParticipantId, subscriptionId: SubscriptionId): void {
    this.#assertSubscription(participantId, subscriptionId);
    this.subscriptions.delete(subscriptionId);
  }

  codecOf(streamId: StreamId): string | null {
    return this.streams.get(streamId)?.rtpParameters.codecs[0]?.mimeType.toLowerCase() ?? null;
  }

  async tap(streamId: StreamId, listener: TapListener): Promise<StreamTap> {
    await this.#media.ready;
    if (!this.streams.has(streamId)) throw new ProtocolError('notFound', 'There is no such stream.');
    const tap = { streamId, listener, keyFrameRequests: 0 };
    this.taps.add(tap);
    return {
      orientationId: null,
      requestKeyFrame: () => {
        tap.keyFrameRequests += 1;
      },
      close: () => this.taps.delete(tap),
    };
  }

  restrict(streamId: StreamId, mayReceive: (participantId: ParticipantId) => boolean): void {
    for (const [id, subscription] of this.subscriptions) {
      if (subscription.streamId !== streamId || mayReceive(subscription.participantId)) continue;
      this.subscriptions.delete(id);
      this.observer.subscriptionEnded(subscription.participantId, id, streamId);
    }
  }

  closeParticipant(participantId: ParticipantId): void {
    for (const [id, transport] of this.transports) {
      if (transport.participantId === participantId) this.#closeTransport(id);
    }
  }

  close(): void {
    this.transports.clear();
    this.streams.clear();
    this.subscriptions.clear();
    this.#onClosed();
  }

  /** What the SFU does when a worker dies. */
  lose(participantId: ParticipantId): void {
    const lost = [...this.streams.values()].filter((stream) => stream.participantId === participantId);
    this.closeParticipant(participantId);
    for (const { id } of lost) this.observer.streamLost(id);
    this.observer.mediaReset(participantId, ['send', 'receive']);
  }

  #closeTransport(transportId: TransportId): void {
    this.transports.delete(transportId);
    for (const stream of this.streams.values()) {
      if (stream.transportId === transportId) this.unpublish(stream.id);
    }
    for (const [id, subscription] of this.subscriptions) {
      if (subscription.transportId === transportId) this.subscriptions.delete(id);
    }
  }

  #assertTransport(participantId: ParticipantId, transportId: TransportId, direction?: Direction): void {
    const transport = this.transports.get(transportId);
    if (transport?.participantId !== participantId) throw new ProtocolError('notFound', 'There is no such transport.');
    if (direction && transport.direction !== direction) {
      throw new ProtocolError('badRequest', 'The transport is of the other direction.');
    }
  }

  #assertSubscription(participantId: ParticipantId, subscriptionId: SubscriptionId): FakeSubscription {
    const subscription = this.subscriptions.get(subscriptionId);
    if (subscription?.participantId === participantId) return subscription;
    throw new ProtocolError('notFound', 'There is no such subscription.');
  }
}

function iceParameters(): IceParametersView {
  return { usernameFragment: randomUUID(), password: randomUUID(), iceLite: true };
}

import type { ReplyData, RequestData, RequestName, SignalData, Source, StreamId } from '../protocol/index.ts';

/** What an engine may ask of the room; it knows neither socket nor store. */
export interface MediaSignaling {
  request<N extends RequestName>(name: N, data: RequestData<N>): Promise<ReplyData<N>>;
}

/** What an engine has to say; the room writes it into the store. */
export interface MediaObserver {
  /** One's own source went on the air or off it. */
  published(source: Source, published: boolean): void;
  /** How a remote stream arrives. */
  received(streamId: StreamId, reception: 'idle' | 'waiting' | 'playing' | 'starved'): void;
}

/**
 * Sends and receives the room's streams. Implementations: `mediasoup/`, `fake/`.
 * It is told what should be true and makes it so, again after every break: the same path for the first join, a rejoin, a promotion and a dead SFU worker.
 */
export interface MediaEngine {
  /** The sources that should be on the air now, each with its track. What is absent is taken off; muted ones stay, silent. */
  setOutgoing(sources: ReadonlyMap<Source, OutgoingSource>): void;
  /** Receives `streamId` until the returned handle is released. Any number of handles share one subscription. */
  receive(streamId: StreamId, kind: 'audio' | 'video'): Incoming;
  /** The stream is no more in the room. */
  forget(streamId: StreamId): void;
  /** The connection is (back) up. `kept`: the server still has our transports. */
  connected(kept: boolean): void;
  disconnected(): void;
  mediaReset(data: SignalData<'mediaReset'>): void;
  subscriptionEnded(data: SignalData<'subscriptionEnded'>): void;
  subscriptionLayerChanged(data: SignalData<'subscriptionLayerChanged'>): void;
  close(): void;
}

export interface OutgoingSource {
  readonly track: MediaStreamTrack | null;
  readonly muted: boolean;
}

export interface Incoming {
  /** The track as soon as there is one, again whenever it is replaced. Called at once if it is there already. */
  onTrack(listener: (track: MediaStreamTrack | null) => void): void;
  /** The width in device pixels at which it is shown; 0 for out of sight, which pauses it. */
  setWidth(pixels: number): void;
  release(): void;
}

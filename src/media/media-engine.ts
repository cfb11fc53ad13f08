import type { ReplyData, RequestData, RequestName, SignalData, SentSource, StreamId } from '../protocol/index.ts';

/** What an engine may ask of the room; it knows neither socket nor store. A refusal is a `ProtocolError`. */
export interface MediaSignaling {
  request<N extends RequestName>(name: N, data: RequestData<N>): Promise<ReplyData<N>>;
}

/** How a remote stream arrives. `idle`: nobody looks, or it is muted. `waiting`: no frame yet. `starved`: the link cannot carry it. */
export type Reception = 'idle' | 'waiting' | 'playing' | 'starved';

/** What an engine has to say; the room writes it into the store. */
export interface MediaObserver {
  /** One's own source went on the air or off it. */
  published(source: SentSource, published: boolean): void;
  /** How a remote stream arrives. */
  received(streamId: StreamId, reception: Reception): void;
}

/**
 * Sends and receives the room's streams. Implementations: `mediasoup/`, `fake/`.
 * It is told what should be true and makes it so, again after every break: the same path for the first join, a rejoin, a promotion and a dead SFU worker.
 */
export interface MediaEngine {
  /** The sources that should be on the air now, each with its track. What is absent is taken off; muted ones stay, silent. */
  setOutgoing(sources: ReadonlyMap<SentSource, OutgoingSource>): void;
  /** Whether streams may be received at all; true until told otherwise. */
  setWatching(watching: boolean): void;
  /** Receives `streamId` until the returned handle is released. Any number of handles share one subscription. */
  receive(streamId: StreamId, kind: 'audio' | 'video'): Incoming;
  /** The stream is no more in the room. One's own goes on the air again if it still should be there. */
  forget(streamId: StreamId): void;
  /** What the room says of a stream: a host may have muted one's own, and a muted one of another is not starved. */
  streamMuted(streamId: StreamId, muted: boolean): void;
  /** The connection is (back) up. `kept`: the server still has our transports. */
  connected(kept: boolean): void;
  disconnected(): void;
  /** The transports are gone on the server: open them again, now or with the next connection. */
  mediaReset(data: SignalData<'mediaReset'>): void;
  subscriptionEnded(data: SignalData<'subscriptionEnded'>): void;
  subscriptionLayerChanged(data: SignalData<'subscriptionLayerChanged'>): void;
  /** Ends everything it opened, but no track it was given. Any number of times. */
  close(): void;
}

export interface OutgoingSource {
  /** `null` while the device is released, which only a muted source may be. */
  readonly track: MediaStreamTrack | null;
  readonly muted: boolean;
}

/** One place where a remote stream is shown or heard. */
export interface Incoming {
  /** The track as soon as there is one, at once if it is there already; again when it is replaced, and when it flows anew after a mute. */
  onTrack(listener: (track: MediaStreamTrack | null) => void): void;
  /** The width in device pixels at which it is shown, for sound any; 0 for out of sight, which pauses it. 0 at first. */
  setWidth(pixels: number): void;
  /** A frame of the track, or its sound, has come out here since it last began to flow. */
  presented(): void;
  release(): void;
}

import type { ParticipantId, SignalData, Source, StreamId, StreamView, TalkbackStream } from '../protocol/index.ts';
import type { DeviceKind } from './devices.ts';
import type { LocalMediaObserver } from './local-media.ts';
import type { MediaEngine, MediaObserver, MediaSignaling } from './media-engine.ts';

/** A stream of the room, or a voice for those who are backstage. */
export type RoomStream = StreamView | TalkbackStream;

/** What the media of a room have to say; the room writes it into the store. Silent after `close`. */
export interface RoomMediaObserver extends MediaObserver, LocalMediaObserver {
  /** The first streams of a newcomer are being asked for: what takes long had better wait a moment. */
  arriving(arriving: boolean): void;
  /** The browser refuses to play until the page is touched. */
  playbackBlocked(blocked: boolean): void;
}

export interface RoomMediaOptions {
  readonly signaling: MediaSignaling;
  readonly observer: RoomMediaObserver;
  /** Called when media is first needed, again only if it failed. */
  readonly loadEngine: (signaling: MediaSignaling, observer: MediaObserver) => Promise<MediaEngine>;
  /** Written into the generated picture. */
  readonly name?: () => string;
}

/** All media of one room as seen from here: what comes in, what goes out, what is shown and heard. */
export interface RoomMedia {
  /** The browser has WebRTC. Where it has not, everything here does nothing. */
  readonly supported: boolean;
  /** Fetches the engine ahead of need, while the socket connects. */
  preload(): void;

  /** After every welcome, once the snapshot's streams and roles have been told. `kept`: the server still has our transports. */
  connected(kept: boolean): void;
  disconnected(): void;
  mediaReset(data: SignalData<'mediaReset'>): void;
  subscriptionEnded(data: SignalData<'subscriptionEnded'>): void;
  subscriptionLayerChanged(data: SignalData<'subscriptionLayerChanged'>): void;
  /** All streams of the room, on every change, before elements see it; one's own talkback is sent while it is among them. */
  setStreams(streams: ReadonlyMap<StreamId, RoomStream>, selfId: ParticipantId | null): void;
  /** What the role may publish, `null` outside the room. What is open and may not be sent any more is closed. */
  setPublishable(sources: readonly Source[] | null): void;
  /** Whether the role watches by WebRTC; true until told otherwise. */
  setWatching(watching: boolean): void;

  /** Rejects with `MediaFailure`. For the screen, call it within the user's gesture; its sound comes along. */
  startSource(source: Source): Promise<void>;
  stopSource(source: Source): void;
  setSourceMuted(source: Source, muted: boolean): Promise<void>;
  selectDevice(kind: DeviceKind, deviceId: string): Promise<void>;
  refreshDevices(): Promise<void>;
  useTestMedia(on: boolean): Promise<void>;
  /** Measures one's own microphone until the returned function has been called. */
  watchLevel(): () => void;

  attachStream(streamId: StreamId, element: HTMLVideoElement): () => void;
  attachSource(source: Source, element: HTMLVideoElement): () => void;
  listen(): () => void;
  resumePlayback(): Promise<void>;
  setPlaybackMuted(muted: boolean): void;
  /** 0 to 1. */
  setVolume(volume: number): void;
  /** How loud the stage is beside that, 0 to 1: a player that changes over to something else fades it out. */
  setStageGain(gain: number): void;
  /** Resolves once everyone on stage who should be heard is heard. */
  stageAudible(): Promise<void>;

  /** Ends everything. Any number of times, in any state. */
  close(): void;
}

import type { ParticipantId, SignalData, Source, StreamId, StreamView } from '../protocol/index.ts';
import type { DeviceKind } from './devices.ts';
import type { LocalMediaObserver } from './local-media.ts';
import type { MediaEngine, MediaObserver, MediaSignaling } from './media-engine.ts';
import { supportsWebRtc } from './support.ts';

/** What the media of a room have to say; the room writes it into the store. Silent after `close`. */
export interface RoomMediaObserver extends MediaObserver, LocalMediaObserver {
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
  /** All streams of the room, on every change, before elements see it. */
  setStreams(streams: ReadonlyMap<StreamId, StreamView>, selfId: ParticipantId | null): void;
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

export function createRoomMedia(options: RoomMediaOptions): RoomMedia {
  return new DeferredMedia(options);
}

/** How long to wait before fetching again what could not be fetched. */
const RETRY_MS = 2_000;

interface Hold {
  readonly take: (media: RoomMedia) => () => void;
  release: () => void;
}

/** Stands for the media of a room until there is something to do for them, and tells them then what was said meanwhile. */
class DeferredMedia implements RoomMedia {
  readonly supported = supportsWebRtc();
  readonly #options: RoomMediaOptions;
  /** The last word on each matter. */
  readonly #said = new Map<string, (media: RoomMedia) => void>();
  readonly #holds = new Set<Hold>();
  #live: RoomMedia | undefined;
  #loading: Promise<RoomMedia> | undefined;
  #engine: Promise<MediaEngine> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connected = false;
  #watching = true;
  #closed = false;

  constructor(options: RoomMediaOptions) {
    this.#options = options;
  }

  preload(): void {
    if (!this.supported || this.#closed) return;
    this.#need();
    // Side by side, though the one will ask for the other.
    this.#loadEngine().catch(() => {});
    this.#say('preload', (media) => media.preload());
  }

  connected(kept: boolean): void {
    this.#connected = true;
    if (this.#live) this.#live.connected(kept);
    else if (this.#watching) this.preload();
  }

  disconnected(): void {
    this.#connected = false;
    this.#live?.disconnected();
  }

  mediaReset(data: SignalData<'mediaReset'>): void {
    this.#live?.mediaReset(data);
  }

  subscriptionEnded(data: SignalData<'subscriptionEnded'>): void {
    this.#live?.subscriptionEnded(data);
  }

  subscriptionLayerChanged(data: SignalData<'subscriptionLayerChanged'>): void {
    this.#live?.subscriptionLayerChanged(data);
  }

  setStreams(streams: ReadonlyMap<StreamId, StreamView>, selfId: ParticipantId | null): void {
    this.#say('streams', (media) => media.setStreams(streams, selfId));
  }

  setPublishable(sources: readonly Source[] | null): void {
    this.#say('publishable', (media) => media.setPublishable(sources));
    if (sources && sources.length > 0) this.#need();
  }

  setWatching(watching: boolean): void {
    this.#watching = watching;
    this.#say('watching', (media) => media.setWatching(watching));
    if (watching && this.#connected) this.preload();
  }

  startSource(source: Source): Promise<void> {
    return this.#with((media) => media.startSource(source));
  }

  stopSource(source: Source): void {
    this.#live?.stopSource(source);
  }

  setSourceMuted(source: Source, muted: boolean): Promise<void> {
    return this.#live?.setSourceMuted(source, muted) ?? Promise.resolve();
  }

  selectDevice(kind: DeviceKind, deviceId: string): Promise<void> {
    return this.#with((media) => media.selectDevice(kind, deviceId));
  }

  refreshDevices(): Promise<void> {
    return this.#with((media) => media.refreshDevices());
  }

  useTestMedia(on: boolean): Promise<void> {
    return this.#with((media) => media.useTestMedia(on));
  }

  watchLevel(): () => void {
    this.#need();
    return this.#hold((media) => media.watchLevel());
  }

  attachStream(streamId: StreamId, element: HTMLVideoElement): () => void {
    return this.#hold((media) => media.attachStream(streamId, element));
  }

  attachSource(source: Source, element: HTMLVideoElement): () => void {
    this.#need();
    return this.#hold((media) => media.attachSource(source, element));
  }

  listen(): () => void {
    return this.#hold((media) => media.listen());
  }

  resumePlayback(): Promise<void> {
    return this.#live?.resumePlayback() ?? Promise.resolve();
  }

  setPlaybackMuted(muted: boolean): void {
    this.#say('muted', (media) => media.setPlaybackMuted(muted));
  }

  setVolume(volume: number): void {
    this.#say('volume', (media) => media.setVolume(volume));
  }

  setStageGain(gain: number): void {
    this.#say('gain', (media) => media.setStageGain(gain));
  }

  stageAudible(): Promise<void> {
    return this.#live?.stageAudible() ?? Promise.resolve();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#said.clear();
    this.#holds.clear();
    this.#live?.close();
    this.#engine?.then(
      (engine) => engine.close(),
      () => {},
    );
  }

  #say(matter: string, word: (media: RoomMedia) => void): void {
    if (this.#live) word(this.#live);
    else if (!this.#closed) this.#said.set(matter, word);
  }

  #hold(take: Hold['take']): () => void {
    if (this.#live) return take(this.#live);
    if (this.#closed) return () => {};
    const hold: Hold = { take, release: () => this.#holds.delete(hold) };
    this.#holds.add(hold);
    return () => hold.release();
  }

  /** At once if they are there, so that the user's gesture still counts. */
  async #with(run: (media: RoomMedia) => Promise<void>): Promise<void> {
    if (!this.#closed) await run(this.#live ?? (await this.#load()));
  }

  #need(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#load().catch(() => {
      if (!this.#closed) this.#timer = setTimeout(() => this.#need(), RETRY_MS);
    });
  }

  #load(): Promise<RoomMedia> {
    this.#loading ??= import('./live-media.ts').then(
      ({ LiveMedia }) => this.#begin(new LiveMedia({ ...this.#options, loadEngine: () => this.#loadEngine() })),
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }

  #begin(media: RoomMedia): RoomMedia {
    if (this.#closed) {
      media.close();
      return media;
    }
    this.#live = media;
    for (const word of this.#said.values()) word(media);
    if (this.#connected) media.connected(false);
    for (const hold of this.#holds) hold.release = hold.take(media);
    this.#said.clear();
    this.#holds.clear();
    return media;
  }

  #loadEngine(): Promise<MediaEngine> {
    const { loadEngine, signaling, observer } = this.#options;
    this.#engine ??= loadEngine(signaling, observer).catch((error: unknown) => {
      this.#engine = undefined;
      throw error;
    });
    return this.#engine;
  }
}

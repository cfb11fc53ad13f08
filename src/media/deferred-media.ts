import type { ParticipantId, SignalData, Source, StreamId } from '../protocol/index.ts';
import type { DeviceKind } from './devices.ts';
import type { MediaEngine } from './media-engine.ts';
import type { RoomMedia, RoomMediaOptions, RoomStream } from './room-media.ts';
import { supportsWebRtc } from './support.ts';

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

  setStreams(streams: ReadonlyMap<StreamId, RoomStream>, selfId: ParticipantId | null): void {
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

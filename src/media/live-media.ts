import type { ParticipantId, SentSource, SignalData, Source, StreamId, StreamView } from '../protocol/index.ts';
import { attachIncoming, clearTrack, showTrack } from './attachment.ts';
import { AudioOutput } from './audio-output.ts';
import { AutoplayGate } from './autoplay-gate.ts';
import { DeferredEngine } from './deferred-engine.ts';
import { recallChoices, type DeviceKind } from './devices.ts';
import type { LocalMedia } from './local-media.ts';
import type { Incoming, OutgoingSource } from './media-engine.ts';
import { MediaFailure } from './media-failure.ts';
import type { RoomMedia, RoomMediaOptions, RoomStream } from './room-media.ts';
import { supportsWebRtc } from './support.ts';
import type { Talkback } from './talkback.ts';

/** How many streams a newcomer subscribes to before anybody shows them: a few people, seen and heard. */
const AHEAD_STREAMS = 8;
/** How long the page may take to show them. */
const AHEAD_MS = 2_000;
/** How long everything else may wait for the first of them to be on its way. */
const ARRIVAL_MS = 500;
/** How long a page that joins may look as it did before: a quick join goes from one picture to the next at once. */
const JOIN_MS = 150;
/** What a picture that nobody has drawn yet is asked for at most. Device pixels. */
const AHEAD_WIDTH = 640;

/** The media of a room themselves; {@link RoomMedia} says what each verb does. */
export class LiveMedia implements RoomMedia {
  readonly supported = supportsWebRtc();
  readonly #options: RoomMediaOptions;
  readonly #engine: DeferredEngine;
  readonly #gate: AutoplayGate;
  readonly #audio: AudioOutput;
  #local: LocalMedia | undefined;
  #loadingLocal: Promise<LocalMedia> | undefined;
  #streams: ReadonlyMap<StreamId, RoomStream> = new Map();
  #outgoing: ReadonlyMap<Source, OutgoingSource> = new Map();
  #talkback: Talkback | undefined;
  #talks = false;
  #selfId: ParticipantId | null = null;
  #publishable: readonly Source[] | null = null;
  #speakerRecalled = false;
  readonly #ahead = new Map<StreamId, Incoming>();
  #aheadTimer: ReturnType<typeof setTimeout> | undefined;
  #arrivalTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: RoomMediaOptions) {
    this.#options = options;
    const { signaling, observer, loadEngine } = options;
    this.#engine = new DeferredEngine(() => loadEngine(signaling, observer));
    this.#gate = new AutoplayGate((blocked) => observer.playbackBlocked(blocked));
    this.#audio = new AudioOutput((streamId) => this.#engine.receive(streamId, 'audio'), this.#gate);
    // Without WebRTC there is nothing to fetch an engine for.
    if (!this.supported) this.#engine.close();
  }

  preload(): void {
    if (this.#engine.ready && this.#publishable === null) this.#awaitArrival(JOIN_MS);
    this.#engine.preload();
    this.#recallSpeaker();
  }

  connected(kept: boolean): void {
    this.#engine.connected(kept);
    if (!kept) this.#receiveAhead();
  }

  disconnected(): void {
    this.#endArrival();
    this.#engine.disconnected();
    // Out of the room for good: the server keeps nothing of ours.
    if (this.#publishable === null) this.#engine.mediaReset({ directions: ['send', 'receive'] });
  }

  mediaReset(data: SignalData<'mediaReset'>): void {
    this.#engine.mediaReset(data);
  }

  subscriptionEnded(data: SignalData<'subscriptionEnded'>): void {
    this.#engine.subscriptionEnded(data);
  }

  subscriptionLayerChanged(data: SignalData<'subscriptionLayerChanged'>): void {
    this.#engine.subscriptionLayerChanged(data);
  }

  setStreams(streams: ReadonlyMap<StreamId, RoomStream>, selfId: ParticipantId | null): void {
    const before = this.#streams;
    this.#streams = streams;
    this.#selfId = selfId;
    const audible = new Set<StreamId>();
    const spoken = new Set<StreamId>();
    let talks = false;
    for (const stream of streams.values()) {
      const wasMuted = before.get(stream.id)?.muted ?? false;
      if (stream.participantId === selfId) {
        if (stream.source === 'talkback') talks = true;
        else if (before.get(stream.id)?.mutedBy !== 'host') this.#takeOverMute(stream);
        continue;
      }
      if (stream.source === 'talkback') spoken.add(stream.id);
      else if (stream.kind === 'audio') audible.add(stream.id);
      if (stream.muted !== wasMuted) this.#engine.streamMuted(stream.id, stream.muted);
    }
    for (const id of before.keys()) if (!streams.has(id)) this.#engine.forget(id);
    if (this.supported) this.#audio.setStreams(audible, spoken);
    if (this.supported && talks !== this.#talks) this.#setTalking(talks);
  }

  setPublishable(sources: readonly Source[] | null): void {
    const left = sources === null && this.#publishable !== null;
    this.#publishable = sources;
    if (left) {
      // Out of the room nothing is sent or received, however long the page holds on to it.
      this.#engine.disconnected();
      this.#engine.mediaReset({ directions: ['send', 'receive'] });
    }
    this.#local?.setPublishable(sources);
    // Fetched by the time it is asked for: a screen must be asked for within the gesture itself.
    if (sources && sources.length > 0) void this.#loadLocal().catch(() => {});
  }

  setWatching(watching: boolean): void {
    this.#engine.setWatching(watching);
  }

  startSource(source: Source): Promise<void> {
    // Whoever opens a device is about to be on the air.
    this.#engine.preload();
    return this.#withLocal((local) => local.start(source), source);
  }

  stopSource(source: Source): void {
    this.#local?.stop(source);
  }

  setSourceMuted(source: Source, muted: boolean): Promise<void> {
    return this.#local?.setMuted(source, muted) ?? Promise.resolve();
  }

  async selectDevice(kind: DeviceKind, deviceId: string): Promise<void> {
    if (kind === 'speaker') this.#speakerRecalled = true;
    if (kind === 'speaker') await this.#audio.setSpeaker(deviceId);
    await this.#withLocal((local) => local.selectDevice(kind, deviceId));
  }

  refreshDevices(): Promise<void> {
    return this.#withLocal((local) => local.refreshDevices());
  }

  useTestMedia(on: boolean): Promise<void> {
    return this.#withLocal((local) => local.useTestMedia(on));
  }

  watchLevel(): () => void {
    return this.#whenLocal((local) => local.watchLevel());
  }

  attachStream(streamId: StreamId, element: HTMLVideoElement): () => void {
    if (!this.supported || this.#closed) return () => {};
    const stream = this.#streams.get(streamId);
    if (stream && stream.participantId === this.#selfId && stream.source !== 'talkback')
      return this.attachSource(stream.source, element);
    const incoming = this.#engine.receive(streamId, 'video');
    // From now on the size of the picture counts.
    this.#ahead.get(streamId)?.release();
    this.#ahead.delete(streamId);
    return attachIncoming(incoming, element, this.#gate);
  }

  attachSource(source: Source, element: HTMLVideoElement): () => void {
    return this.#whenLocal((local) => {
      let shown: MediaStream | null = null;
      const stopWatching = local.watchTrack(source, (track) => {
        if (!track) clearTrack(element, shown, this.#gate);
        shown = track && showTrack(element, track, this.#gate);
      });
      return () => {
        stopWatching();
        clearTrack(element, shown, this.#gate);
      };
    });
  }

  listen(): () => void {
    this.#recallSpeaker();
    return this.#audio.listen();
  }

  resumePlayback(): Promise<void> {
    return this.#gate.resume();
  }

  setPlaybackMuted(muted: boolean): void {
    this.#audio.setMuted(muted);
  }

  setVolume(volume: number): void {
    this.#audio.setVolume(volume);
  }

  setStageGain(gain: number): void {
    this.#audio.setGain(gain);
  }

  stageAudible(): Promise<void> {
    return this.#audio.audible((streamId) => this.#streams.get(streamId)?.muted !== true);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#endAhead();
    this.#endArrival();
    this.#audio.close();
    this.#gate.close();
    this.#talkback?.close();
    this.#local?.close();
    this.#engine.close();
  }

  /** Whoever joins is about to see and hear who is on: they flow already while the page draws the places. */
  #receiveAhead(): void {
    this.#endAhead();
    const others = [...this.#streams.values()].filter(({ participantId }) => participantId !== this.#selfId);
    const pictures = others.filter(({ kind }) => kind === 'video').length;
    const width = Math.min(AHEAD_WIDTH, (innerWidth * devicePixelRatio) / Math.ceil(Math.sqrt(pictures)));
    for (const { id, kind } of others.slice(0, AHEAD_STREAMS)) {
      const incoming = this.#engine.receive(id, kind);
      incoming.setWidth(kind === 'video' ? width : 1);
      this.#ahead.set(id, incoming);
    }
    this.#aheadTimer = setTimeout(() => this.#endAhead(), AHEAD_MS);
    if (this.#ahead.size > 0 && this.#engine.ready) this.#awaitArrival(ARRIVAL_MS);
    else this.#endArrival();
  }

  /** Until the path of the first stream is being looked for, the page shall not keep this thread busy. */
  #awaitArrival(limitMs: number): void {
    if (this.#arrivalTimer === undefined) this.#options.observer.arriving(true);
    clearTimeout(this.#arrivalTimer);
    this.#arrivalTimer = setTimeout(() => this.#endArrival(), limitMs);
    for (const incoming of this.#ahead.values()) incoming.onTrack((track) => track && this.#endArrival());
  }

  #endAhead(): void {
    clearTimeout(this.#aheadTimer);
    for (const incoming of this.#ahead.values()) incoming.release();
    this.#ahead.clear();
  }

  #endArrival(): void {
    if (this.#arrivalTimer === undefined) return;
    clearTimeout(this.#arrivalTimer);
    this.#arrivalTimer = undefined;
    this.#options.observer.arriving(false);
  }

  #recallSpeaker(): void {
    if (this.#speakerRecalled) return;
    this.#speakerRecalled = true;
    const { speaker } = recallChoices();
    if (speaker !== null) void this.#audio.setSpeaker(speaker);
  }

  /** A host muted one's own stream: what is open here follows. */
  #takeOverMute({ id, source, muted, mutedBy }: StreamView): void {
    if (!muted || mutedBy !== 'host') return;
    this.#engine.streamMuted(id, true);
    void this.#local?.setMuted(source, true);
  }

  /** Whoever talks to a few is heard by nobody else meanwhile: their microphone is off the air before the voice goes on it. */
  #setTalking(talks: boolean): void {
    this.#talks = talks;
    this.#tellOutgoing();
    if (!talks) return this.#talkback?.close();
    this.#engine.preload();
    Promise.all([this.#loadLocal(), import('./talkback.ts')]).then(
      ([local, { Talkback: Voice }]) => {
        this.#talkback ??= new Voice({
          open: () => local.openVoice(),
          changed: (state) => this.#options.observer.sourceChanged('talkback', state),
          tellOutgoing: () => this.#tellOutgoing(),
        });
        if (this.#talks && !this.#closed) this.#talkback.open();
      },
      () => this.#options.observer.sourceChanged('talkback', { status: 'failed', error: 'failed', track: null }),
    );
  }

  #tellOutgoing(): void {
    const sources = new Map<SentSource, OutgoingSource>(this.#outgoing);
    const microphone = sources.get('microphone');
    if (this.#talks && microphone) sources.set('microphone', { ...microphone, muted: true });
    const voice = this.#talks ? this.#talkback?.track : null;
    if (voice) sources.set('talkback', { track: voice, muted: false });
    this.#engine.setOutgoing(sources);
  }

  #loadLocal(): Promise<LocalMedia> {
    this.#loadingLocal ??= import('./local-media.ts').then(
      ({ LocalMedia: Local }) => {
        if (this.#closed) throw new MediaFailure('failed', 'the room is closed');
        this.#local = new Local({
          observer: this.#options.observer,
          outgoing: (sources) => {
            this.#outgoing = sources;
            this.#tellOutgoing();
          },
          name: () => this.#options.name?.() ?? '',
        });
        this.#local.setPublishable(this.#publishable);
        return this.#local;
      },
      (error: unknown) => {
        this.#loadingLocal = undefined;
        throw error;
      },
    );
    return this.#loadingLocal;
  }

  /** At once if it is there, so that the user's gesture still counts. */
  async #withLocal(run: (local: LocalMedia) => Promise<void>, source?: Source): Promise<void> {
    if (this.#closed) return;
    if (!this.supported) {
      if (!source) return;
      this.#options.observer.sourceChanged(source, { status: 'failed', error: 'unsupported', track: null });
      throw new MediaFailure('unsupported', `${source}: this browser has no WebRTC`);
    }
    await run(this.#local ?? (await this.#loadLocal()));
  }

  /** Holds something of the local media, whenever that is there, until the returned function is called. */
  #whenLocal(hold: (local: LocalMedia) => () => void): () => void {
    if (!this.supported || this.#closed) return () => {};
    if (this.#local) return hold(this.#local);
    let released = false;
    let release = () => {};
    this.#loadLocal().then(
      (local) => {
        if (!released) release = hold(local);
      },
      () => {},
    );
    return () => {
      released = true;
      release();
    };
  }
}

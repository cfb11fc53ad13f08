import type { MediaErrorCode, SentSource, Source } from '../protocol/index.ts';
import { openDevices, openScreen, type CaptureKind, type CaptureResult } from './capture.ts';
import {
  listDevices,
  recallChoices,
  rememberChoices,
  type DeviceChoices,
  type DeviceKind,
  type DeviceLists,
} from './devices.ts';
import { measureLevel } from './level-meter.ts';
import type { OutgoingSource } from './media-engine.ts';
import { MediaFailure } from './media-failure.ts';

/** One source as it stands here, whether or not it is sent. */
export interface SourceState {
  readonly status: 'off' | 'starting' | 'live' | 'muted' | 'failed';
  readonly error: MediaErrorCode | null;
  readonly track: MediaStreamTrack | null;
}

/** What one's own devices have to say; the room writes it into the store. */
export interface LocalMediaObserver {
  sourceChanged(source: SentSource, state: SourceState): void;
  devicesChanged(devices: DeviceLists): void;
  selectedChanged(selected: DeviceChoices): void;
  /** 0 to 1. */
  levelMeasured(level: number): void;
}

export interface LocalMediaOptions {
  readonly observer: LocalMediaObserver;
  /** What should be on the air. */
  readonly outgoing: (sources: ReadonlyMap<Source, OutgoingSource>) => void;
  /** Written into the generated picture. */
  readonly name: () => string;
}

/** A track and what ends it. */
export interface Capture {
  readonly track: MediaStreamTrack;
  stop(): void;
}

const OFF: SourceState = { status: 'off', error: null, track: null };

/** One source: what is open for it and what was last asked of it. */
class Entry {
  state = OFF;
  capture: Capture | null = null;
  muted = false;
  /** It was on the air muted and is being opened again: it stays there, silent. */
  resuming = false;
  /** The opening under way; an older one that ends late finds another here. */
  attempt: object | null = null;
  /** What the opening under way comes to, for those who ask again meanwhile. */
  opening: Promise<void> = Promise.resolve();
}

/** One's own camera, microphone and screen. */
export class LocalMedia {
  readonly #options: LocalMediaOptions;
  readonly #scope = new AbortController();
  readonly #entries: Readonly<Record<Source, Entry>> = {
    camera: new Entry(),
    microphone: new Entry(),
    screen: new Entry(),
    screenAudio: new Entry(),
  };
  readonly #viewers = new Map<Source, Set<(track: MediaStreamTrack | null) => void>>();
  #choices = recallChoices();
  #batch: { request: Map<CaptureKind, string | null>; result: Promise<CaptureResult> } | undefined;
  #testMedia = false;
  #publishable: readonly Source[] | null = null;
  #levelWatchers = 0;
  #meter: { track: MediaStreamTrack; stop: () => void } | undefined;

  constructor(options: LocalMediaOptions) {
    this.#options = options;
    options.observer.selectedChanged(this.#choices);
    const { mediaDevices } = navigator;
    mediaDevices?.addEventListener?.('devicechange', () => void this.refreshDevices(), { signal: this.#scope.signal });
  }

  /** What may be sent; `null` outside a room. What is open and may not be sent any more is closed. */
  setPublishable(sources: readonly Source[] | null): void {
    const left = sources === null && this.#publishable !== null;
    this.#publishable = sources;
    for (const source of this.#sources()) if (left || (sources && !sources.includes(source))) this.stop(source);
    this.#tellOutgoing();
  }

  /** Rejects with `MediaFailure`. */
  start(source: Source): Promise<void> {
    // The sound of a screen is asked for with the screen.
    const entry = this.#entries[source === 'screenAudio' ? 'screen' : source];
    const { status } = entry.state;
    if (status === 'live') return Promise.resolve();
    if (status === 'muted') return this.setMuted(source, false);
    if (status !== 'starting')
      entry.opening = source === 'camera' || source === 'microphone' ? this.#startDevice(source) : this.#startScreen();
    return entry.opening;
  }

  stop(source: Source): void {
    const entry = this.#entries[source];
    this.#release(entry);
    entry.muted = false;
    this.#change(source, OFF);
    if (source === 'screen' && this.#entries.screenAudio.state !== OFF) this.stop('screenAudio');
  }

  async setMuted(source: Source, muted: boolean): Promise<void> {
    const entry = this.#entries[source];
    if (entry.state.status === 'off' || entry.state.status === 'failed' || entry.muted === muted) return;
    entry.muted = muted;
    if (entry.state.status === 'starting') {
      // Opening the camera again was for being seen.
      if (muted && entry.resuming) this.#silence(source, entry);
      return;
    }
    if (muted) return this.#silence(source, entry);
    if (entry.capture) return this.#change(source, { ...entry.state, status: 'live' });
    entry.resuming = true;
    if (source === 'camera' || source === 'microphone') return this.#startDevice(source);
  }

  /** Uses another device from now on and the next time; one that is open gives way at once. */
  async selectDevice(kind: DeviceKind, deviceId: string): Promise<void> {
    this.#choose(kind, deviceId);
    rememberChoices(this.#choices);
    if (kind !== 'speaker' && !this.#testMedia && this.#entries[kind].capture) await this.#replace(kind);
  }

  async refreshDevices(): Promise<void> {
    const devices = await listDevices();
    if (!this.#scope.signal.aborted) this.#options.observer.devicesChanged(devices);
  }

  /** Generated picture and tone from now on. What is open changes over; what has failed is tried again. */
  async useTestMedia(on: boolean): Promise<void> {
    if (this.#testMedia === on) return;
    this.#testMedia = on;
    const kinds = (['camera', 'microphone'] as const).map(async (kind) => {
      const entry = this.#entries[kind];
      if (entry.capture) await this.#replace(kind);
      else if (entry.state.status === 'failed') await this.#startDevice(kind);
    });
    await Promise.all(kinds);
  }

  /** The track of a source as long as the returned function has not been called. */
  watchTrack(source: Source, listener: (track: MediaStreamTrack | null) => void): () => void {
    const viewers = this.#viewers.get(source) ?? new Set();
    this.#viewers.set(source, viewers.add(listener));
    listener(this.#entries[source].state.track);
    return () => viewers.delete(listener);
  }

  /** The microphone's sound for other ears: a copy of what is open, else opened for it. Rejects with `MediaFailure`. */
  async openVoice(): Promise<Capture> {
    const { track } = this.#entries.microphone.state;
    if (track?.readyState === 'live') {
      const copy = track.clone();
      return { track: copy, stop: () => copy.stop() };
    }
    const opened = await this.#open('microphone');
    if (opened instanceof MediaFailure) throw opened;
    return opened;
  }

  /** Measures the microphone until the returned function has been called. */
  watchLevel(): () => void {
    this.#levelWatchers += 1;
    this.#updateMeter();
    let watching = true;
    return () => {
      if (!watching) return;
      watching = false;
      this.#levelWatchers -= 1;
      this.#updateMeter();
    };
  }

  close(): void {
    if (this.#scope.signal.aborted) return;
    this.#scope.abort();
    for (const source of this.#sources()) this.#release(this.#entries[source]);
    this.#levelWatchers = 0;
    this.#updateMeter();
    this.#viewers.clear();
  }

  #sources(): readonly Source[] {
    return ['camera', 'microphone', 'screen', 'screenAudio'];
  }

  async #startDevice(kind: CaptureKind): Promise<void> {
    const entry = this.#entries[kind];
    const attempt = {};
    entry.attempt = attempt;
    this.#change(kind, { status: 'starting', error: null, track: null });
    const opened = await this.#open(kind);
    if (entry.attempt !== attempt) {
      if (!(opened instanceof MediaFailure)) opened.stop();
      return;
    }
    if (opened instanceof MediaFailure) throw this.#fail(kind, opened);
    this.#adopt(kind, opened);
    void this.refreshDevices();
  }

  async #startScreen(): Promise<void> {
    const { screen: entry } = this.#entries;
    const attempt = {};
    entry.attempt = attempt;
    // First of all: a browser shows its picker only within the user's gesture.
    const opening = openScreen();
    this.#change('screen', { status: 'starting', error: null, track: null });
    let opened;
    try {
      opened = await opening;
    } catch (error) {
      const failure = error instanceof MediaFailure ? error : new MediaFailure('failed', String(error));
      if (entry.attempt === attempt) this.#fail('screen', failure);
      throw failure;
    }
    const { screen, screenAudio } = opened;
    if (entry.attempt !== attempt) {
      screen.stop();
      screenAudio?.stop();
      return;
    }
    this.#adopt('screen', { track: screen, stop: () => screen.stop() });
    if (screenAudio) this.#adopt('screenAudio', { track: screenAudio, stop: () => screenAudio.stop() });
  }

  /** Opens another device, or the generated source, in place of the open one. */
  async #replace(kind: CaptureKind): Promise<void> {
    const entry = this.#entries[kind];
    const attempt = {};
    entry.attempt = attempt;
    let opened = await this.#open(kind);
    if (opened instanceof MediaFailure && opened.code === 'inUse' && entry.attempt === attempt) {
      // Phones open one camera at a time.
      entry.capture?.stop();
      opened = await this.#open(kind);
    }
    if (entry.attempt !== attempt) {
      if (!(opened instanceof MediaFailure)) opened.stop();
      return;
    }
    if (opened instanceof MediaFailure) {
      const { capture } = entry;
      if (capture?.track.readyState === 'live') {
        entry.attempt = null;
        this.#chooseAsOpened(kind, capture.track);
        throw opened;
      }
      throw this.#fail(kind, opened);
    }
    this.#adopt(kind, opened);
  }

  async #open(kind: CaptureKind): Promise<Capture | MediaFailure> {
    if (this.#testMedia) return this.#generate(kind);
    const track = (await this.#openSoon(kind)).get(kind);
    if (track instanceof MediaFailure) return track;
    return track ? { track, stop: () => track.stop() } : new MediaFailure('failed', `${kind}: nothing was opened`);
  }

  /** Few ever want it, so it is loaded by then. */
  async #generate(kind: CaptureKind): Promise<Capture | MediaFailure> {
    try {
      const { createTestPicture, createTestTone } = await import('./test-media.ts');
      return kind === 'camera' ? createTestPicture({ name: this.#options.name() }) : createTestTone();
    } catch (error) {
      return new MediaFailure('failed', `${kind}: nothing can be generated`, { cause: error });
    }
  }

  /** Those asked for in one task are one question to the user. */
  #openSoon(kind: CaptureKind): Promise<CaptureResult> {
    if (!this.#batch || this.#batch.request.has(kind)) {
      const request = new Map<CaptureKind, string | null>();
      const result = Promise.resolve().then(() => {
        if (this.#batch?.request === request) this.#batch = undefined;
        return openDevices(request);
      });
      this.#batch = { request, result };
    }
    this.#batch.request.set(kind, this.#choices[kind]);
    return this.#batch.result;
  }

  #adopt(source: Source, capture: Capture): void {
    const entry = this.#entries[source];
    entry.capture?.stop();
    entry.capture = capture;
    entry.attempt = null;
    entry.resuming = false;
    const { track } = capture;
    track.addEventListener('ended', () => this.#handleEnded(source, capture), { signal: this.#scope.signal });
    if (source === 'camera' || source === 'microphone') this.#chooseAsOpened(source, track);
    if (entry.muted) this.#silence(source, entry);
    else this.#change(source, { status: 'live', error: null, track });
  }

  /** Muted: a camera is released, so that its light goes out; all else stays open and is not sent. */
  #silence(source: Source, entry: Entry): void {
    entry.attempt = null;
    entry.resuming = false;
    if (source === 'camera') {
      entry.capture?.stop();
      entry.capture = null;
    }
    this.#change(source, { status: 'muted', error: null, track: entry.capture?.track ?? null });
  }

  /** Unplugged, taken away, or ended by the browser's own "stop sharing". */
  #handleEnded(source: Source, capture: Capture): void {
    const entry = this.#entries[source];
    if (entry.capture !== capture) return;
    if (source === 'screen' || source === 'screenAudio') {
      this.stop(source);
      return;
    }
    entry.capture = null;
    entry.resuming = true;
    this.#choices = { ...this.#choices, [source]: null };
    // Another device may take its place; only if there is none it has ended.
    this.#startDevice(source).catch(() => this.#change(source, { status: 'failed', error: 'ended', track: null }));
  }

  #fail(source: Source, failure: MediaFailure): MediaFailure {
    this.#release(this.#entries[source]);
    this.#change(source, { status: 'failed', error: failure.code, track: null });
    return failure;
  }

  #release(entry: Entry): void {
    entry.capture?.stop();
    entry.capture = null;
    entry.attempt = null;
    entry.resuming = false;
  }

  #chooseAsOpened(kind: CaptureKind, track: MediaStreamTrack): void {
    const { deviceId } = track.getSettings();
    if (deviceId !== undefined && !this.#testMedia) this.#choose(kind, deviceId);
  }

  #choose(kind: DeviceKind, deviceId: string): void {
    if (this.#choices[kind] === deviceId) return;
    this.#choices = { ...this.#choices, [kind]: deviceId };
    this.#options.observer.selectedChanged(this.#choices);
  }

  #change(source: Source, state: SourceState): void {
    const entry = this.#entries[source];
    if (this.#scope.signal.aborted || (state === OFF && entry.state === OFF)) return;
    const { track: before } = entry.state;
    entry.state = state;
    this.#tellOutgoing();
    this.#options.observer.sourceChanged(source, state);
    if (before !== state.track) for (const listener of this.#viewers.get(source) ?? []) listener(state.track);
    if (source === 'microphone') this.#updateMeter();
  }

  #tellOutgoing(): void {
    const outgoing = new Map<Source, OutgoingSource>();
    for (const source of this.#publishable ?? []) {
      const { state, resuming } = this.#entries[source];
      if (state.status === 'live') outgoing.set(source, { track: state.track, muted: false });
      else if (state.status === 'muted') outgoing.set(source, { track: state.track, muted: true });
      else if (state.status === 'starting' && resuming) outgoing.set(source, { track: null, muted: true });
    }
    this.#options.outgoing(outgoing);
  }

  #updateMeter(): void {
    const track = this.#levelWatchers > 0 ? this.#entries.microphone.state.track : null;
    if (this.#meter?.track === track) return;
    this.#meter?.stop();
    this.#meter = track
      ? { track, stop: measureLevel(track, (level) => this.#options.observer.levelMeasured(level)) }
      : undefined;
  }
}

import type { ProgramFailure, ProgramState, ProgramTimeline, ProgramTracks } from '../../store/playback.ts';
import type { AutoplayGate } from '../autoplay-gate.ts';
import { onPresentedFrame } from '../attachment.ts';
import type { LoadPlaybackEngine, PlaybackEngine, PlaybackRequest } from '../playback-engine.ts';

const RETRY_MS = 2_000;
const NO_TRACKS: ProgramTracks = { levels: [], level: null, playing: null, captions: [], caption: null };

export interface ProgramAttachmentOptions {
  readonly element: HTMLVideoElement;
  readonly request: PlaybackRequest;
  readonly loadEngine: LoadPlaybackEngine;
  readonly gate: AutoplayGate;
  /** Something of {@link ProgramAttachment.state} or {@link ProgramAttachment.tracks} is other than before. */
  readonly changed: () => void;
}

/** The programme in one element: its engine, what the element tells, and how loud it is. */
export class ProgramAttachment {
  readonly element: HTMLVideoElement;
  readonly rewinding: boolean;
  readonly #options: ProgramAttachmentOptions;
  readonly #scope = new AbortController();
  #engine: PlaybackEngine | undefined;
  #tracks: ProgramTracks = NO_TRACKS;
  #failure: ProgramFailure | null = null;
  #absent = false;
  #stalled = false;
  #hasFrame = false;
  /** Paused by the reader, the browser's own controls or a key on their desk. */
  #held = false;
  #gain = 1;
  #volume = 1;
  #muted = false;

  constructor(options: ProgramAttachmentOptions, rewinding: boolean) {
    this.#options = options;
    this.element = options.element;
    this.rewinding = rewinding;
    const { element } = this;
    element.playsInline = true;
    element.autoplay = false;
    this.#listen(element);
    void this.#load();
  }

  get state(): ProgramState {
    if (this.#failure !== null) return 'failed';
    if (!this.#hasFrame) return this.#absent ? 'waiting' : 'loading';
    if (this.element.ended) return 'ended';
    if (this.#held) return 'paused';
    return this.#stalled ? 'buffering' : 'playing';
  }

  get failure(): ProgramFailure | null {
    return this.#failure;
  }

  get tracks(): ProgramTracks {
    return this.#tracks;
  }

  /** 0 to 1, beside the volume. */
  get gain(): number {
    return this.#gain;
  }

  get engine(): PlaybackEngine | undefined {
    return this.#engine;
  }

  timeline(): ProgramTimeline | null {
    return this.#engine?.timeline() ?? null;
  }

  setGain(gain: number): void {
    this.#gain = gain;
    this.#applySound();
  }

  setSound(volume: number, muted: boolean): void {
    this.#volume = volume;
    this.#muted = muted;
    this.#applySound();
  }

  /** What the gate refused plays in silence, until it may be heard. */
  gateChanged(): void {
    this.#applySound();
  }

  play(): void {
    this.#held = false;
    this.#engine?.setHeld(false);
    if (this.element.ended) this.#engine?.seek(0);
    void this.#play();
  }

  pause(): void {
    this.element.pause();
  }

  release(): void {
    if (this.#scope.signal.aborted) return;
    this.#scope.abort();
    this.#options.gate.forget(this.element);
    this.#engine?.stop();
    this.#engine = undefined;
  }

  async #load(): Promise<void> {
    const { signal } = this.#scope;
    const { loadEngine, request } = this.#options;
    const observer = {
      waiting: () => this.#set(() => (this.#absent = true)),
      loading: () =>
        this.#set(() => {
          this.#absent = false;
          this.#failure = null;
        }),
      tracksChanged: (tracks: ProgramTracks) => this.#set(() => (this.#tracks = tracks)),
      failed: (failure: ProgramFailure) => this.#set(() => (this.#failure = failure)),
    };
    while (!signal.aborted && this.#engine === undefined) {
      const engine = await loadEngine(request, observer).catch(() => undefined);
      if (signal.aborted) return;
      if (engine === undefined) {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        continue;
      }
      this.#engine = engine;
      engine.start(this.element);
      void this.#play();
    }
  }

  #listen(element: HTMLVideoElement): void {
    const { signal } = this.#scope;
    const on = (type: keyof HTMLMediaElementEventMap, handle: () => void) =>
      element.addEventListener(type, () => this.#set(handle), { signal });
    on('waiting', () => (this.#stalled = true));
    on('playing', () => {
      this.#stalled = false;
      this.#held = false;
    });
    on('timeupdate', () => {
      if (element.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) this.#stalled = false;
    });
    on('play', () => {
      this.#held = false;
      this.#engine?.setHeld(false);
    });
    on('pause', () => {
      if (!this.#hasFrame || element.ended || signal.aborted) return;
      this.#held = true;
      this.#engine?.setHeld(true);
    });
    on('ended', () => undefined);
    on('loadeddata', () => {
      // Once there is something to play: what was asked for before may have been forgotten with the old source.
      if (!this.#held && element.paused) void this.#play();
    });
    const stopWaiting = onPresentedFrame(element, () => this.#set(() => (this.#hasFrame = true)));
    // Sound alone never presents a frame.
    on('playing', () => {
      if (element.videoWidth === 0) this.#hasFrame = true;
    });
    signal.addEventListener('abort', stopWaiting);
  }

  async #play(): Promise<void> {
    const { gate } = this.#options;
    await gate.play(this.element);
    if (this.#scope.signal.aborted || !gate.refuses(this.element)) return;
    this.#applySound();
    await this.element.play().catch(() => undefined);
  }

  #applySound(): void {
    const { element } = this;
    const muted = this.#muted || this.#options.gate.refuses(element);
    if (element.muted !== muted) element.muted = muted;
    const volume = Math.min(1, Math.max(0, this.#volume * this.#gain));
    if (element.volume !== volume) element.volume = volume;
  }

  #set(change: () => void): void {
    if (this.#scope.signal.aborted) return;
    change();
    this.#options.changed();
  }
}

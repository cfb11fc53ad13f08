import type { StreamId } from '../protocol/index.ts';
import type { AutoplayGate } from './autoplay-gate.ts';
import type { Incoming } from './media-engine.ts';

/** How loud the stage is while somebody talks to one alone: it is there, and no word is lost. */
const DUCKED_GAIN = 0.2;

interface Voice {
  /** Talks to oneself alone: whatever is muted or turned down, this is heard. */
  readonly isSpoken: boolean;
  readonly incoming: Incoming;
  readonly element: HTMLAudioElement;
  readonly scope: AbortController;
  /** Its first sound has come out. */
  readonly begun: Promise<void>;
}

/** The sound of the room, played once however many ask to listen. Its elements are in no document. */
export class AudioOutput {
  readonly #receive: (streamId: StreamId) => Incoming;
  readonly #gate: AutoplayGate;
  readonly #voices = new Map<StreamId, Voice>();
  #streams: ReadonlySet<StreamId> = new Set();
  #spoken: ReadonlySet<StreamId> = new Set();
  #listeners = 0;
  #muted = false;
  #volume = 1;
  #gain = 1;
  #speakerId: string | null = null;
  #closed = false;

  constructor(receive: (streamId: StreamId) => Incoming, gate: AutoplayGate) {
    this.#receive = receive;
    this.#gate = gate;
  }

  /** The streams to be heard, and those that are for oneself alone, before which the others step back; one's own are not among them. */
  setStreams(streams: ReadonlySet<StreamId>, spoken: ReadonlySet<StreamId> = new Set()): void {
    this.#streams = streams;
    this.#spoken = spoken;
    this.#update();
    this.#applyVolume();
  }

  /** Plays until the returned function, and every other's, has been called. */
  listen(): () => void {
    this.#listeners += 1;
    this.#update();
    let listening = true;
    return () => {
      if (!listening) return;
      listening = false;
      this.#listeners -= 1;
      this.#update();
    };
  }

  setMuted(muted: boolean): void {
    if (this.#muted === muted) return;
    this.#muted = muted;
    for (const { element, isSpoken } of this.#voices.values()) {
      if (isSpoken) continue;
      element.muted = muted;
      // A browser that lets silence play may stop it as soon as it is heard.
      if (!muted) void this.#gate.play(element);
    }
  }

  /** 0 to 1. Phones leave it to their own buttons. */
  setVolume(volume: number): void {
    this.#volume = Math.min(1, Math.max(0, volume));
    this.#applyVolume();
  }

  /** 0 to 1, beside the volume. */
  setGain(gain: number): void {
    this.#gain = gain;
    this.#applyVolume();
  }

  /** Resolves once all streams of those `wanted` have begun to be heard. */
  async audible(wanted: (streamId: StreamId) => boolean): Promise<void> {
    await Promise.all([...this.#voices].map(([streamId, { begun }]) => (wanted(streamId) ? begun : undefined)));
  }

  /** The speaker, by device id, where the browser lets the page choose. */
  async setSpeaker(deviceId: string | null): Promise<void> {
    this.#speakerId = deviceId;
    await Promise.all([...this.#voices.values()].map(({ element }) => this.#chooseSpeaker(element)));
  }

  close(): void {
    this.#closed = true;
    this.#update();
  }

  #update(): void {
    const stage = this.#listeners > 0 ? this.#streams : [];
    const heard = new Set<StreamId>(this.#closed ? [] : [...stage, ...this.#spoken]);
    for (const [streamId, voice] of this.#voices) {
      if (heard.has(streamId)) continue;
      this.#voices.delete(streamId);
      this.#end(voice);
    }
    for (const streamId of heard)
      if (!this.#voices.has(streamId)) this.#voices.set(streamId, this.#createVoice(streamId));
  }

  #createVoice(streamId: StreamId): Voice {
    const element = new Audio();
    const incoming = this.#receive(streamId);
    const scope = new AbortController();
    const isSpoken = this.#spoken.has(streamId);
    element.muted = this.#muted && !isSpoken;
    element.volume = this.#volumeOf(isSpoken);
    if (this.#speakerId !== null) void this.#chooseSpeaker(element);
    element.addEventListener('playing', () => incoming.presented(), { signal: scope.signal });
    const begun = new Promise<void>((resolve) => {
      element.addEventListener('timeupdate', () => element.currentTime > 0 && resolve(), { signal: scope.signal });
      scope.signal.addEventListener('abort', () => resolve());
    });
    incoming.onTrack((track) => {
      const { srcObject } = element;
      if (track && srcObject instanceof MediaStream && srcObject.getTracks().includes(track)) return;
      element.srcObject = track && new MediaStream([track]);
      if (track) void this.#gate.play(element);
      else this.#gate.forget(element);
    });
    incoming.setWidth(1);
    return { isSpoken, incoming, element, scope, begun };
  }

  #end({ incoming, element, scope }: Voice): void {
    scope.abort();
    incoming.release();
    element.pause();
    element.srcObject = null;
    this.#gate.forget(element);
  }

  #applyVolume(): void {
    for (const { element, isSpoken } of this.#voices.values()) element.volume = this.#volumeOf(isSpoken);
  }

  #volumeOf(isSpoken: boolean): number {
    if (isSpoken) return 1;
    return this.#volume * this.#gain * (this.#spoken.size > 0 ? DUCKED_GAIN : 1);
  }

  async #chooseSpeaker(element: HTMLAudioElement): Promise<void> {
    if (!('setSinkId' in element)) return;
    // A speaker that was unplugged leaves the sound where it is.
    await element.setSinkId(this.#speakerId ?? '').catch(() => {});
  }
}

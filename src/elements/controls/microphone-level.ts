import { effect } from '@preact/signals-core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';

export interface MicrophoneLevelOptions {
  readonly room: () => RoomContext | undefined;
  /** Follows the level by its `--_level`, 0 to 1. */
  readonly target: () => HTMLElement | null;
}

/** Louder than this is speech. */
const SPEECH_LEVEL = 0.25;
/** So many loud measures while muted are somebody who talks, not a cough. */
const SPEECH_MEASURES = 8;
const REMIND_MS = 5_000;

/** Shows the own microphone's level without drawing the host again, and notices speech into a muted microphone. */
export class MicrophoneLevelController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: MicrophoneLevelOptions;
  #watched: RoomContext | undefined;
  #stopWatching: (() => void) | undefined;
  #loudMeasures = 0;
  #remindTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, options: MicrophoneLevelOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Somebody has just spoken into the muted microphone. */
  get speaksMuted(): boolean {
    return this.#remindTimer !== undefined;
  }

  hostUpdated(): void {
    const room = this.#options.room();
    const status = room?.store.localMedia.sources.peek().microphone.status;
    const wanted = status === 'live' || status === 'muted' ? room : undefined;
    if (status !== 'muted') this.#forget();
    if (wanted === this.#watched) return;
    this.hostDisconnected();
    this.#watched = wanted;
    if (wanted === undefined) return;
    const { microphoneLevel, sources } = wanted.store.localMedia;
    this.#stopWatching = effect(() => {
      const level = microphoneLevel.value;
      const muted = sources.peek().microphone.status === 'muted';
      this.#options.target()?.style.setProperty('--_level', muted ? '0' : level.toFixed(2));
      if (muted) this.#listen(level);
    });
  }

  hostDisconnected(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#watched = undefined;
    this.#options.target()?.style.removeProperty('--_level');
    this.#forget();
  }

  #listen(level: number): void {
    this.#loudMeasures = Math.max(0, this.#loudMeasures + (level > SPEECH_LEVEL ? 1 : -1));
    if (this.#loudMeasures < SPEECH_MEASURES || this.#remindTimer !== undefined) return;
    this.#loudMeasures = 0;
    this.#remindTimer = setTimeout(() => {
      this.#remindTimer = undefined;
      this.#host.requestUpdate();
    }, REMIND_MS);
    this.#host.requestUpdate();
  }

  #forget(): void {
    clearTimeout(this.#remindTimer);
    this.#remindTimer = undefined;
    this.#loudMeasures = 0;
  }
}

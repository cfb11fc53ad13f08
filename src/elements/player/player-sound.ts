import {
  IlsPlaybackMuteRequestEvent,
  IlsResumePlaybackRequestEvent,
  IlsVolumeRequestEvent,
} from '../../events/media-requests.ts';
import type { Store } from '../../store/store.ts';

const STEP = 0.05;
/** What unmuting a slider at its lower end brings back. */
const HALF = 0.5;

/** Asks for sound as a player's button, slider and keys mean it. Call it from a gesture. */
export class PlayerSound {
  readonly #host: EventTarget;
  readonly #playback: () => Store['playback'] | undefined;

  constructor(host: EventTarget, playback: () => Store['playback'] | undefined) {
    this.#host = host;
    this.#playback = playback;
  }

  /** Lets begin what the browser held back. */
  resume(): void {
    if (this.#playback()?.blocked.peek() === true) this.#host.dispatchEvent(new IlsResumePlaybackRequestEvent());
  }

  toggleMute(): void {
    const playback = this.#playback();
    if (playback === undefined) return;
    const muted = playback.muted.peek();
    const blocked = playback.blocked.peek();
    this.resume();
    if (blocked && !muted) return;
    if (playback.volume.peek() === 0) this.setVolume(HALF);
    else this.#host.dispatchEvent(new IlsPlaybackMuteRequestEvent(!muted));
  }

  /** 0 to 1; beyond it stays there. */
  setVolume(volume: number): void {
    const wanted = Math.round(Math.min(1, Math.max(0, volume)) * 100) / 100;
    this.resume();
    if (this.#playback()?.muted.peek() === true && wanted > 0)
      this.#host.dispatchEvent(new IlsPlaybackMuteRequestEvent(false));
    this.#host.dispatchEvent(new IlsVolumeRequestEvent(wanted));
  }

  step(direction: 1 | -1): void {
    const playback = this.#playback();
    if (playback === undefined) return;
    this.setVolume((playback.muted.peek() ? 0 : playback.volume.peek()) + direction * STEP);
  }
}

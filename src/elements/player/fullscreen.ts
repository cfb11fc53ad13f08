import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** iPhones fill the screen with a video element alone. */
interface VideoOnPhone extends HTMLVideoElement {
  webkitEnterFullscreen?(): void;
}

interface FullscreenHost extends ReactiveControllerHost, HTMLElement {
  readonly video: HTMLVideoElement | null;
}

/** Lets the host fill the screen. */
export class Fullscreen implements ReactiveController {
  readonly #host: FullscreenHost;
  #scope: AbortController | undefined;

  constructor(host: FullscreenHost) {
    this.#host = host;
    host.addController(this);
  }

  get isOn(): boolean {
    return this.#host.matches(':fullscreen');
  }

  get isPossible(): boolean {
    return document.fullscreenEnabled || 'webkitEnterFullscreen' in HTMLVideoElement.prototype;
  }

  hostConnected(): void {
    this.#scope = new AbortController();
    this.#host.addEventListener('fullscreenchange', () => this.#host.requestUpdate(), { signal: this.#scope.signal });
  }

  hostDisconnected(): void {
    this.#scope?.abort();
  }

  async toggle(): Promise<void> {
    // The browser refuses outside of a gesture, and where the page that embeds this one does not permit it.
    if (this.isOn) await document.exitFullscreen().catch(() => undefined);
    else if (document.fullscreenEnabled) await this.#host.requestFullscreen().catch(() => undefined);
    else (this.#host.video as VideoOnPhone | null)?.webkitEnterFullscreen?.();
  }
}

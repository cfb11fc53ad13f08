import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Knows whether anybody has moved, touched or typed here lately. */
export class IdleTimer implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #afterMs: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #idle = false;

  constructor(host: ReactiveControllerHost & HTMLElement, afterMs: () => number) {
    this.#host = host;
    this.#afterMs = afterMs;
    host.addController(this);
  }

  get idle(): boolean {
    return this.#idle;
  }

  hostConnected(): void {
    this.touch();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** Somebody is here: idle again only after a while. */
  touch(): void {
    clearTimeout(this.#timer);
    this.#set(false);
    this.#timer = setTimeout(() => this.#set(true), this.#afterMs());
  }

  /** Nobody is here any more. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#set(true);
  }

  #set(idle: boolean): void {
    if (this.#idle === idle) return;
    this.#idle = idle;
    this.#host.requestUpdate();
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface ResizeOptions {
  /** What is watched: the host unless told. Asked after each update, so a part of the template will do. */
  readonly target?: () => Element | null | undefined;
  /** Called before the next paint. Without it, each change updates the host. */
  readonly handleResize?: (width: number, height: number) => void;
}

/** The size of the host or of one of its parts, in CSS pixels; 0 until it is known. */
export class ResizeController implements ReactiveController {
  width = 0;
  height = 0;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: ResizeOptions;
  #observer: ResizeObserver | undefined;
  #target: Element | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: ResizeOptions = {}) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = new ResizeObserver((entries) => {
      const box = entries.at(-1)?.contentBoxSize[0];
      if (box === undefined || (box.inlineSize === this.width && box.blockSize === this.height)) return;
      this.width = box.inlineSize;
      this.height = box.blockSize;
      if (this.#options.handleResize) this.#options.handleResize(this.width, this.height);
      else this.#host.requestUpdate();
    });
    this.#observe();
  }

  hostUpdated(): void {
    this.#observe();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#target = undefined;
  }

  #observe(): void {
    const target = this.#options.target ? this.#options.target() : this.#host;
    if (this.#observer === undefined || target === this.#target) return;
    if (this.#target !== undefined) this.#observer.unobserve(this.#target);
    this.#target = target ?? undefined;
    if (target) this.#observer.observe(target);
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { html, type TemplateResult } from 'lit';

/**
 * Speaks through a visually hidden live region, at most once in `everyMs`; what comes in between replaces what still waits.
 * Put `renderRegion()` once into the host's template.
 */
export class AnnouncerController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #everyMs: number;
  #spoken = '';
  #waiting: string | (() => string) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #spokeAt = Number.NEGATIVE_INFINITY;

  constructor(host: ReactiveControllerHost, everyMs = 1_000) {
    this.#host = host;
    this.#everyMs = everyMs;
    host.addController(this);
  }

  /** `words` may be put together at the moment of speaking; empty ones stay unsaid. */
  announce(words: string | (() => string)): void {
    this.#waiting = words;
    if (this.#timer !== undefined) return;
    const waitMs = Math.max(0, this.#spokeAt + this.#everyMs - performance.now());
    this.#timer = setTimeout(() => this.#speak(), waitMs);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = undefined;
  }

  renderRegion(): TemplateResult {
    return html`<div class="visually-hidden" aria-live="polite" aria-atomic="true">${this.#spoken}</div>`;
  }

  #speak(): void {
    this.#timer = undefined;
    const words = typeof this.#waiting === 'function' ? this.#waiting() : (this.#waiting ?? '');
    this.#waiting = undefined;
    if (words === '') return;
    // The same words twice in a row are a change only with another space at their end.
    this.#spoken = words === this.#spoken ? `${words}\u00a0` : words;
    this.#spokeAt = performance.now();
    this.#host.requestUpdate();
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { positionPopover, type Placement } from './popover-position.ts';

export type { Placement } from './popover-position.ts';

export interface PopoverOptions {
  readonly placement?: Placement;
  /** Pixels; 6 unless told. */
  readonly gapPx?: number;
  /** Called when it closed, by whatever cause: Escape, a press elsewhere, `hide()`. */
  readonly handleClosed?: () => void;
}

/**
 * One popover of a host at a time, beside what opened it. The popover is an element of the host's template with `popover="auto"`
 * (or `manual`): the browser closes it on Escape and on a press elsewhere. The focus goes back to what opened it.
 */
export class PopoverController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: PopoverOptions;
  #popover: HTMLElement | undefined;
  #anchor: HTMLElement | undefined;
  #scope: AbortController | undefined;

  constructor(host: ReactiveControllerHost, options: PopoverOptions = {}) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#popover !== undefined;
  }

  /** What it stands beside while it is open. */
  get anchor(): HTMLElement | undefined {
    return this.#anchor;
  }

  show(anchor: HTMLElement, popover: HTMLElement): void {
    if (this.#anchor === anchor && this.#popover === popover) return;
    this.hide();
    const scope = new AbortController();
    this.#scope = scope;
    this.#anchor = anchor;
    this.#popover = popover;
    const stop = positionPopover(anchor, popover, {
      placement: this.#options.placement ?? 'top',
      gapPx: this.#options.gapPx ?? 6,
    });
    scope.signal.addEventListener('abort', stop, { once: true });
    popover.addEventListener(
      'beforetoggle',
      (event) => {
        if (event.newState === 'closed') this.#forget(scope);
      },
      { signal: scope.signal },
    );
    popover.showPopover();
    this.#host.requestUpdate();
  }

  hide(): void {
    const popover = this.#popover;
    const scope = this.#scope;
    if (popover === undefined || scope === undefined) return;
    this.#forget(scope);
    if (popover.matches(':popover-open')) popover.hidePopover();
  }

  toggle(anchor: HTMLElement, popover: HTMLElement): void {
    if (this.#anchor === anchor) this.hide();
    else this.show(anchor, popover);
  }

  hostDisconnected(): void {
    this.hide();
  }

  #forget(scope: AbortController): void {
    if (this.#scope !== scope) return;
    // While it fades out it would keep the focus.
    if (this.#popover?.matches(':focus-within') === true) this.#anchor?.focus();
    this.#scope = undefined;
    this.#popover = undefined;
    this.#anchor = undefined;
    scope.abort();
    this.#host.requestUpdate();
    this.#options.handleClosed?.();
  }
}

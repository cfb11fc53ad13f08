import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { adoptStyles } from '../styles/adopt-styles.ts';
import type { Placement } from './popover-position.ts';

const DELAY_MS = 400;

/**
 * Shows the `data-tooltip` of whatever part of the host is under the pointer or has the keyboard's focus; Escape hides it.
 * It repeats what the part's accessible name says, so it is hidden from assistive technology. Put `render()` once into the host's template.
 */
export class TooltipController implements ReactiveController {
  readonly #host: LitElement;
  readonly #placement: Placement;
  #scope: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #anchor: HTMLElement | undefined;
  #stop: (() => void) | undefined;

  constructor(host: LitElement, placement: Placement = 'top') {
    this.#host = host;
    this.#placement = placement;
    host.addController(this);
  }

  hostConnected(): void {
    this.#scope = new AbortController();
    const { signal } = this.#scope;
    // Moves within a shadow root are not heard outside it.
    const root = this.#host.renderRoot;
    const listen = <K extends keyof HTMLElementEventMap>(type: K, listener: (event: HTMLElementEventMap[K]) => void) =>
      root.addEventListener(type, (event) => listener(event as HTMLElementEventMap[K]), { signal });
    listen('pointerover', this.#handlePointerover);
    listen('pointerdown', () => this.hide());
    listen('focusin', this.#handleFocusin);
    listen('focusout', () => this.hide());
    listen('keydown', this.#handleKeydown);
    this.#host.addEventListener('pointerleave', () => this.hide(), { signal });
  }

  hostDisconnected(): void {
    this.#scope?.abort();
    this.hide();
  }

  render(): TemplateResult {
    return html`<div class="tooltip" part="tooltip" popover="manual" aria-hidden="true"></div>`;
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#stop?.();
    this.#stop = undefined;
    this.#anchor = undefined;
    const bubble = this.#bubble;
    if (bubble?.matches(':popover-open') === true) bubble.hidePopover();
  }

  readonly #handlePointerover = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse') return;
    const anchor = this.#anchorOf(event);
    if (anchor === this.#anchor) return;
    const wasOpen = this.#stop !== undefined;
    this.hide();
    if (anchor) this.#showSoon(anchor, wasOpen ? 0 : DELAY_MS);
  };

  readonly #handleFocusin = (event: FocusEvent): void => {
    const anchor = this.#anchorOf(event);
    if (!anchor?.matches(':focus-visible')) return;
    this.hide();
    this.#showSoon(anchor, DELAY_MS);
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.#stop !== undefined) event.stopPropagation();
    this.hide();
  };

  #anchorOf(event: Event): HTMLElement | undefined {
    return event
      .composedPath()
      .find((target): target is HTMLElement => target instanceof HTMLElement && target.dataset.tooltip !== undefined);
  }

  get #bubble(): HTMLElement | null {
    return this.#host.renderRoot.querySelector('.tooltip');
  }

  #showSoon(anchor: HTMLElement, delayMs: number): void {
    this.#anchor = anchor;
    this.#timer = setTimeout(() => void this.#show(anchor), delayMs);
  }

  async #show(anchor: HTMLElement): Promise<void> {
    const [{ positionPopover }, { default: styles }] = await Promise.all([
      import('./popover-position.ts'),
      import('../styles/tooltip.styles.ts'),
    ]);
    const bubble = this.#bubble;
    const text = anchor.dataset.tooltip ?? '';
    const gone = this.#anchor !== anchor || this.#stop !== undefined || !anchor.isConnected;
    if (bubble === null || gone || text === '' || anchor.getAttribute('aria-expanded') === 'true') return;
    adoptStyles(this.#host.renderRoot as ShadowRoot, styles);
    bubble.textContent = text;
    this.#stop = positionPopover(anchor, bubble, { placement: this.#placement, gapPx: 6 });
    bubble.showPopover();
  }
}

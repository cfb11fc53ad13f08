import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import type { EndAnchoredListController } from '../../controllers/end-anchored-list.ts';
import { loadMenu } from '../../controllers/load-overlays.ts';
import type { MenuController } from '../../controllers/menu.ts';
import { icon } from '../../icons/icon.ts';
import { moreIcon } from '../../icons/more.ts';
import { msg, str } from '../../locales/localization.ts';
import { may } from '../../store/selectors.ts';
import type { ShownLog, ShownMessage } from './shown-log.ts';
import styles from './message-tools.styles.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import type { HandleWish } from './message-menu.ts';

export interface MessageToolsOptions {
  readonly scroller: () => HTMLElement | null;
  readonly list: EndAnchoredListController;
  readonly room: () => RoomContext | undefined;
  readonly log: () => ShownLog | undefined;
  readonly handleWish: HandleWish;
}

/** What one can do in the list by pointer and keyboard. Loaded with the first such event on the list. */
export class MessageTools implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: MessageToolsOptions;
  #menu: MenuController | undefined;
  #activeIndex: number | null = null;
  #hadFocus = false;

  constructor(host: LitElement, options: MessageToolsOptions) {
    this.#host = host;
    this.#options = options;
    if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, styles);
    host.addController(this);
  }

  /** The message under the pointer or the keyboard: it shows when it was sent, and its menu's button. */
  get activeIndex(): number | null {
    return this.#activeIndex;
  }

  hostDisconnected(): void {
    this.#activeIndex = null;
  }

  hostUpdate(): void {
    this.#hadFocus = this.#options.scroller()?.matches(':focus-within') === true;
  }

  hostUpdated(): void {
    const scroller = this.#options.scroller();
    const hasFocus = scroller?.matches(':focus-within') === true;
    // A message that is scrolled far away leaves the page; the focus stays in the list.
    if (this.#hadFocus && !hasFocus) scroller?.focus({ preventScroll: true });
    else if (!hasFocus && this.#menu?.isOpen !== true) this.#options.list.hold(false);
  }

  readonly renderOptions = (message: ShownMessage): TemplateResult =>
    html`<button
      type="button"
      class="icon-button small options"
      part="message-options-button"
      aria-label=${msg(str`Options for the message by ${message.author.name}`)}
      aria-haspopup="menu"
      aria-expanded=${String(this.#menu?.isOpen ?? false)}
    >
      ${icon(moreIcon)}
    </button>`;

  renderMenu(): unknown {
    return this.#menu?.render();
  }

  /** `target`: within the list; an event that is over does not know it any more. */
  handleEvent(event: Event, target: Element): void {
    const message = target.closest<HTMLElement>('.message[data-index]');
    const index = message === null ? null : Number(message.dataset.index);
    switch (event.type) {
      case 'pointerover':
      case 'pointerleave':
        if ((event as PointerEvent).pointerType === 'mouse')
          this.#activate(event.type === 'pointerover' ? index : null);
        break;
      case 'focusin':
        // A press of the mouse focuses a message too, and stops nothing.
        if (!target.matches(':focus-visible')) break;
        this.#options.list.hold(message !== null);
        this.#activate(index);
        break;
      case 'focusout':
        this.#leave(event as FocusEvent);
        break;
      case 'keydown':
        this.#press(event as KeyboardEvent, target, message);
        break;
      case 'click': {
        const button = target.closest<HTMLElement>('.options');
        if (button === null) this.#activate(index);
        else void this.#openMenu(button, index);
      }
    }
  }

  #activate(index: number | null): void {
    if (index === this.#activeIndex || this.#menu?.isOpen === true) return;
    this.#activeIndex = index;
    // While one scrolls, each frame brings another message under the pointer: drawn at once, it would force a layout.
    this.#options.list.updateSoon();
  }

  #leave({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && this.#options.scroller()?.contains(relatedTarget) === true) return;
    if (this.#menu?.isOpen === true) return;
    this.#options.list.hold(false);
    this.#activate(null);
  }

  #press(event: KeyboardEvent, target: Element, message: HTMLElement | null): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { list } = this.#options;
    if (event.key === 'End') list.scrollToEnd();
    else if (event.key === 'Home') list.scrollToStart();
    else if (event.key === 'ArrowUp') this.#move(message, -1);
    else if (event.key === 'ArrowDown') this.#move(message, 1);
    else if (target === message && (event.key === 'Enter' || event.key === 'ContextMenu')) {
      // Its button is drawn in the frame after it has the focus: who is faster than that is beside the message itself.
      void this.#openMenu(message.querySelector<HTMLElement>('.options') ?? message, Number(message.dataset.index));
    } else return;
    event.preventDefault();
  }

  /** To the message before or after; from the list itself to the last one in view. */
  #move(from: HTMLElement | null, step: -1 | 1): void {
    const scroller = this.#options.scroller();
    if (scroller === null) return;
    const messages = [...scroller.querySelectorAll<HTMLElement>('.message[data-index]')];
    if (from !== null) messages[messages.indexOf(from) + step]?.focus();
    else {
      const { bottom } = scroller.getBoundingClientRect();
      messages.findLast((message) => message.getBoundingClientRect().top < bottom)?.focus();
    }
  }

  async #openMenu(anchor: HTMLElement, index: number | null): Promise<void> {
    const room = this.#options.room();
    const message = index === null ? undefined : this.#options.log()?.at(index);
    if (room === undefined || message === undefined) return;
    if (may(room.store, 'chat.moderate')) room.use('moderation');
    const [menu, { messageMenuContent }] = await Promise.all([
      this.#menu ?? loadMenu(this.#host),
      import('./message-menu.ts'),
    ]);
    this.#menu ??= menu;
    const label = msg(str`Options for the message by ${message.author.name}`);
    await this.#menu.toggle(index, anchor, label, () =>
      messageMenuContent(this.#host, room.store, message, this.#options.handleWish),
    );
  }
}

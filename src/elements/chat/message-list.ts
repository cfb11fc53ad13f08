import { effect } from '@preact/signals-core';
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RoomContext } from '../../context/room-context.ts';
import { AnnouncerController } from '../../controllers/announcer.ts';
import { EndAnchoredListController } from '../../controllers/end-anchored-list.ts';
import type { MenuController } from '../../controllers/menu.ts';
import { RovingFocusController } from '../../controllers/roving-focus.ts';
import {
  IlsDiscardChatRequestEvent,
  IlsLoadChatRequestEvent,
  IlsRetryChatRequestEvent,
} from '../../events/chat-requests.ts';
import { icon } from '../../icons/icon.ts';
import { arrowDownIcon } from '../../icons/arrow-down.ts';
import { formatCount, languageOf, msg, str } from '../../locales/localization.ts';
import { self } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { describeNewMessages } from './announcements.ts';
import { renderPending, renderRow } from './message-row.ts';

export interface MessageListOptions {
  readonly room: () => RoomContext | undefined;
  /** An author's messages in a row name them once. */
  readonly grouped: () => boolean;
  /** New messages are not announced. */
  readonly quiet: () => boolean;
}

const ANNOUNCE_EVERY_MS = 5_000;
/** Before a hole in view is loaded, in case the reader only scrolls past. */
const LOAD_AFTER_MS = 100;

/** The messages: drawn once a frame however many come, loaded as they come into view, walked through by the arrow keys. */
export class MessageListController implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: MessageListOptions;
  readonly #scroller = createRef<HTMLElement>();
  readonly #content = createRef<HTMLElement>();
  readonly #announcer: AnnouncerController;
  readonly #list: EndAnchoredListController;
  readonly #focus: RovingFocusController;
  #menu: MenuController | undefined;
  #hadFocus = false;
  #activeIndex: number | null = null;
  #watched: RoomContext | undefined;
  #stopWatching: (() => void) | undefined;
  #frame = 0;
  #announcedTo = 0;
  #loadTimer: ReturnType<typeof setTimeout> | undefined;
  #asked: number | null = null;
  #historyFailed = false;

  constructor(host: LitElement, options: MessageListOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
    this.#announcer = new AnnouncerController(host, ANNOUNCE_EVERY_MS);
    this.#list = new EndAnchoredListController(host, {
      scroller: () => this.#scroller.value ?? null,
      content: () => this.#content.value ?? null,
      count: () => this.#store?.chat.log.total ?? 0,
      estimatePx: 44,
      minimumPx: 20,
    });
    this.#focus = new RovingFocusController(host, { items: () => this.#messages(), start: 'last' });
  }

  get following(): boolean {
    return this.#list.following;
  }

  /** A page of history did not come. */
  get historyFailed(): boolean {
    return this.#historyFailed;
  }

  scrollToEnd(): void {
    this.#list.scrollToEnd();
  }

  hostDisconnected(): void {
    this.#watch(undefined);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    clearTimeout(this.#loadTimer);
    this.#loadTimer = undefined;
    this.#activeIndex = null;
  }

  hostUpdate(): void {
    this.#hadFocus = this.#scroller.value?.matches(':focus-within') === true;
    if (!this.#hadFocus && this.#list.held && this.#menu?.isOpen !== true) this.#list.hold(false);
  }

  hostUpdated(): void {
    const scroller = this.#scroller.value;
    // A message that is scrolled far away leaves the page; the focus stays in the list.
    if (this.#hadFocus && scroller?.matches(':focus-within') === false) scroller.focus({ preventScroll: true });
    if (this.#options.room() !== this.#watched) this.#watch(this.#options.room());
    this.#loadSoon();
  }

  render(): TemplateResult {
    const store = this.#store;
    const context = {
      language: languageOf(this.#host),
      nowMs: Date.now(),
      selfId: store?.participants.selfId.value ?? null,
      selfName: store === undefined ? '' : (self(store)?.name ?? ''),
      roles: store?.connection.roles.value ?? {},
      grouped: this.#options.grouped(),
      activeIndex: this.#activeIndex,
      menuOpen: this.#menu?.isOpen ?? false,
      at: (index: number) => store?.chat.log.at(index),
    };
    const { first, last } = this.#list;
    const indices = Array.from({ length: last - first }, (_, place) => first + place);
    return html`<div
      ${ref(this.#scroller)}
      class="scroller"
      part="log"
      role="log"
      aria-live="off"
      aria-label=${msg('Chat messages')}
      tabindex="-1"
      @keydown=${this.#handleKeydown}
      @focusin=${this.#handleFocusin}
      @focusout=${this.#handleFocusout}
      @pointerover=${this.#handlePointerover}
      @pointerleave=${this.#handlePointerleave}
      @click=${this.#handleClick}
    >
      <div ${ref(this.#content)} class="content">
        <div data-spacer></div>
        ${repeat(
          indices,
          (index) => index,
          (index) => renderRow(index, context),
        )}
        <div data-spacer></div>
        <div data-tail>${store?.chat.pending.value.map((pending) => renderPending(pending, context))}</div>
      </div>
    </div>`;
  }

  /** The way back to the newest message, while one is away from it. */
  renderJumpButton(): TemplateResult | typeof nothing {
    if (this.#list.following) return nothing;
    const { unseen } = this.#list;
    const count = formatCount(unseen, languageOf(this.#host));
    const words = unseen === 1 ? msg('1 new message') : msg(str`${count} new messages`);
    return html`<button
      type="button"
      class="button jump tabular ${unseen > 0 ? 'primary' : ''}"
      part="jump-button"
      aria-label=${unseen > 0 ? nothing : msg('Jump to the newest message')}
      @click=${this.#handleJump}
    >
      <slot name="jump-icon">${icon(arrowDownIcon)}</slot>
      ${unseen > 0 ? words : nothing}
    </button>`;
  }

  /** The live region and the menu: once, anywhere in the host's template. */
  renderCompanions(): TemplateResult {
    return html`${this.#announcer.renderRegion()}${this.#menu?.render()}`;
  }

  /** Loads the page of history that failed, once more. */
  readonly handleLoadAgain = (): void => {
    this.#historyFailed = false;
    this.#asked = null;
    this.#host.requestUpdate();
  };

  get #store(): Store | undefined {
    return this.#options.room()?.store;
  }

  #messages(): HTMLElement[] {
    return [...(this.#content.value?.querySelectorAll<HTMLElement>(':scope > .message[data-index]') ?? [])];
  }

  #watch(room: RoomContext | undefined): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#watched = room;
    if (room === undefined) return;
    const { chat, notices } = room.store;
    this.#announcedTo = chat.log.total;
    const heard = notices.latest.peek()?.id;
    const stopLog = effect(() => {
      void chat.log.revision.value;
      this.#drawSoon();
    });
    const stopNotices = effect(() => {
      const notice = notices.latest.value;
      if (notice === null || notice.id === heard || notice.request !== 'loadChat') return;
      this.#historyFailed = true;
      this.#host.requestUpdate();
    });
    this.#stopWatching = () => {
      stopLog();
      stopNotices();
    };
  }

  /** Once a frame, however many messages came; in a hidden page not at all. */
  #drawSoon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#asked = null;
      this.#host.requestUpdate();
      this.#announce();
    });
  }

  #announce(): void {
    const store = this.#store;
    if (store === undefined) return;
    const { log } = store.chat;
    if (log.total <= this.#announcedTo || this.#options.quiet()) {
      this.#announcedTo = log.total;
      return;
    }
    this.#announcer.announce(() => {
      const from = this.#announcedTo;
      this.#announcedTo = log.total;
      return describeNewMessages(log, from, log.total, store.participants.selfId.peek());
    });
  }

  #loadSoon(): void {
    if (this.#loadTimer !== undefined || this.#historyFailed || this.#missing() === undefined) return;
    this.#loadTimer = setTimeout(() => {
      this.#loadTimer = undefined;
      const before = this.#missing();
      if (before === undefined || before === this.#asked || this.#store?.chat.loading.peek() === true) return;
      this.#asked = before;
      this.#host.dispatchEvent(new IlsLoadChatRequestEvent(before));
    }, LOAD_AFTER_MS);
  }

  /** The index before which a page is wanted: after the last hole among the rows drawn. */
  #missing(): number | undefined {
    const store = this.#store;
    if (store === undefined || store.connection.state.peek() !== 'joined') return undefined;
    // Read, so that the end of one page starts the next.
    void store.chat.loading.value;
    for (let index = this.#list.last - 1; index >= this.#list.first; index--) {
      if (store.chat.log.at(index) === undefined) return index + 1;
    }
    return undefined;
  }

  #indexOf(event: Event): number | null {
    const row = event
      .composedPath()
      .find((target): target is HTMLElement => target instanceof HTMLElement && target.dataset.index !== undefined);
    return row === undefined ? null : Number(row.dataset.index);
  }

  #activate(index: number | null): void {
    if (index === this.#activeIndex || this.#menu?.isOpen === true) return;
    this.#activeIndex = index;
    this.#host.requestUpdate();
  }

  readonly #handleJump = (): void => {
    this.#list.scrollToEnd();
    this.#scroller.value?.focus();
  };

  readonly #handlePointerover = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') this.#activate(this.#indexOf(event));
  };

  readonly #handlePointerleave = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') this.#activate(null);
  };

  readonly #handleFocusin = (event: FocusEvent): void => {
    this.#focus.handleFocusin(event);
    const target = event.composedPath()[0];
    // A press of the mouse focuses a message too, and stops nothing.
    if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
    this.#list.hold(target !== this.#scroller.value);
    this.#activate(this.#indexOf(event));
  };

  readonly #handleFocusout = (event: FocusEvent): void => {
    const next = event.relatedTarget;
    if (next instanceof Node && this.#scroller.value?.contains(next) === true) return;
    if (this.#menu?.isOpen === true) return;
    this.#list.hold(false);
    this.#activate(null);
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    const onMessage = target instanceof HTMLElement && target.classList.contains('message');
    if (event.key === 'End') this.#list.scrollToEnd();
    else if (event.key === 'Home') this.#list.scrollToStart();
    else if (onMessage && (event.key === 'Enter' || event.key === 'ContextMenu')) {
      target.querySelector<HTMLElement>('[data-options]')?.click();
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      this.#focus.handleKeydown(event);
      return;
    } else return;
    event.preventDefault();
  };

  readonly #handleClick = (event: Event): void => {
    const [target] = event.composedPath();
    if (!(target instanceof Element)) return;
    const button = target.closest<HTMLElement>('[data-retry], [data-discard], [data-options]');
    const { retry, discard, options } = button?.dataset ?? {};
    if (retry !== undefined) this.#host.dispatchEvent(new IlsRetryChatRequestEvent(retry));
    else if (discard !== undefined) this.#host.dispatchEvent(new IlsDiscardChatRequestEvent(discard));
    else if (options !== undefined && button !== null) void this.#openMenu(button, this.#indexOf(event));
    else this.#activate(this.#indexOf(event));
  };

  async #openMenu(button: HTMLElement, index: number | null): Promise<void> {
    const room = this.#options.room();
    const message = index === null ? undefined : room?.store.chat.log.at(index);
    if (room === undefined || message === undefined) return;
    const { createMessageMenu, messageMenuContent } = await import('./message-menu.ts');
    this.#menu ??= createMessageMenu(this.#host);
    const label = msg(str`Options for the message by ${message.author.name}`);
    await this.#menu.toggle(index, button, label, () => messageMenuContent(this.#host, room.store, message));
  }
}

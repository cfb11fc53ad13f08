import { effect } from '@preact/signals-core';
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RoomContext } from '../../context/room-context.ts';
import { EndAnchoredListController } from '../../controllers/end-anchored-list.ts';
import { IlsLoadChatRequestEvent } from '../../events/chat-requests.ts';
import { languageOf, msg } from '../../locales/localization.ts';
import type { PendingMessage } from '../../store/chat.ts';
import { self } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import type { HandleWish } from './message-menu.ts';
import { LazyPart } from '../lazy-part.ts';
import type { renderJumpButton } from './jump-button.ts';
import { renderRow, type RowContext } from './message-row.ts';
import type { MessageTools } from './message-tools.ts';
import type { RowExtras, ShownLog } from './shown-log.ts';

export interface MessageListOptions {
  readonly room: () => RoomContext | undefined;
  /** The history, as far as it is shown. */
  readonly log: () => ShownLog | undefined;
  /** An author's messages in a row name them once. */
  readonly grouped: () => boolean;
  readonly renderPending: (pending: PendingMessage, context: RowContext) => unknown;
  /** What else stands at the end. */
  readonly renderTail: () => unknown;
  readonly extras: () => RowExtras | undefined;
  readonly needExtras: () => void;
  readonly handleWish: HandleWish;
  /** The history has grown. */
  readonly handleGrown: () => void;
}

/** Before a hole in view is loaded, in case the reader only scrolls past. */
const LOAD_AFTER_MS = 100;

/** The messages: drawn once a frame however many come, and loaded as they come into view. */
export class MessageListController implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: MessageListOptions;
  readonly #list: EndAnchoredListController;
  readonly #tools: LazyPart<MessageTools>;
  readonly #jumpButton: LazyPart<typeof renderJumpButton>;
  /** What was done on the list before these were there. */
  #missed: [Event, Element][] = [];
  #watched: ShownLog | undefined;
  #stopWatching: (() => void) | undefined;
  #grown = false;
  #loadTimer: ReturnType<typeof setTimeout> | undefined;
  #asked: number | null = null;
  #historyFailed = false;
  /** The message that the reader is led to. */
  #sought: number | null = null;

  constructor(host: LitElement, options: MessageListOptions) {
    this.#host = host;
    this.#options = options;
    this.#list = new EndAnchoredListController(host, {
      scroller: () => this.scroller,
      content: () => this.scroller?.querySelector('.content') ?? null,
      count: () => this.#options.log()?.total ?? 0,
      estimatePx: 44,
      minimumPx: 20,
    });
    this.#tools = new LazyPart(
      async () => {
        const { MessageTools } = await import('./message-tools.ts');
        const { room, log, handleWish } = options;
        return new MessageTools(host, { scroller: () => this.scroller, list: this.#list, room, log, handleWish });
      },
      () => {
        for (const [event, target] of this.#missed.splice(0)) this.#tools.value?.handleEvent(event, target);
      },
    );
    this.#jumpButton = new LazyPart(
      async () => (await import('./jump-button.ts')).prepareJumpButton(host),
      () => host.requestUpdate(),
    );
    host.addController(this);
  }

  get scroller(): HTMLElement | null {
    return this.#host.renderRoot.querySelector('.scroller');
  }

  get list(): EndAnchoredListController {
    return this.#list;
  }

  /** A page of history did not come. */
  get historyFailed(): boolean {
    return this.#historyFailed;
  }

  hostDisconnected(): void {
    this.#watch(undefined);
    this.#grown = false;
    clearTimeout(this.#loadTimer);
    this.#loadTimer = undefined;
  }

  hostUpdated(): void {
    if (this.#options.log() !== this.#watched) this.#watch(this.#options.log());
    if (this.#grown) {
      this.#grown = false;
      this.#asked = null;
      this.#options.handleGrown();
    }
    this.#loadSoon();
    if (this.#sought !== null) this.#seek();
  }

  render(): TemplateResult {
    const store = this.#store;
    const log = this.#options.log();
    const context: RowContext = {
      language: languageOf(this.#host),
      nowMs: Date.now(),
      selfId: store?.participants.selfId.value ?? null,
      selfName: store === undefined ? '' : (self(store)?.name ?? ''),
      roles: store?.connection.roles.value ?? {},
      grouped: this.#options.grouped(),
      activeIndex: this.#tools.value?.activeIndex ?? null,
      renderOptions: (message) => this.#tools.value?.renderOptions(message),
      extras: this.#options.extras(),
      needExtras: this.#options.needExtras,
      // A message that is held came with a place before the first ([Y3]).
      at: (row) => (row < 0 ? undefined : log?.at(row)),
    };
    const { first, last } = this.#list;
    const indices = Array.from({ length: last - first }, (_, place) => first + place);
    return html`<div
      class="scroller"
      part="log"
      role="log"
      aria-live="off"
      aria-label=${msg('Chat messages')}
      tabindex="0"
      @pointerover=${this.#handleEvent}
      @pointerleave=${this.#handleEvent}
      @focusin=${this.#handleEvent}
      @focusout=${this.#handleEvent}
      @keydown=${this.#handleEvent}
      @click=${this.#handleEvent}
    >
      <div class="content">
        <div data-spacer></div>
        ${repeat(
          indices,
          (index) => index,
          (index) => renderRow(index, context),
        )}
        <div data-spacer></div>
        <div data-tail>
          ${store?.chat.pending.value.map((pending) => this.#options.renderPending(pending, context))}
          ${this.#options.renderTail()}
        </div>
      </div>
    </div>`;
  }

  /** The way back to the newest message, while one is away from it. */
  renderJumpButton(): TemplateResult | typeof nothing {
    if (this.#list.following) return nothing;
    this.#jumpButton.need();
    return this.#jumpButton.value?.(this.#host, this.#list.unseen, this.#handleJump) ?? nothing;
  }

  /** The menu of a message: once, outside the list. */
  renderMenu(): unknown {
    return this.#tools.value?.renderMenu();
  }

  /** Leads to a message of the room's chat, and marks it once it is drawn; what is not loaded loads on the way. */
  goTo(index: number): void {
    this.#sought = index;
    this.#seek();
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

  #watch(log: ShownLog | undefined): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#watched = log;
    const notices = this.#store?.notices;
    if (log === undefined || notices === undefined) return;
    const heard = notices.latest.peek()?.id;
    const stopLog = effect(() => {
      void log.revision.value;
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
    this.#grown = true;
    this.#list.updateSoon();
  }

  /** Rows that are drawn on the way have other heights than expected: the place is looked for until the message is there. */
  #seek(): void {
    const log = this.#options.log();
    if (this.#sought === null || log === undefined) return;
    const row = log.rowOf(this.#sought);
    const found = this.scroller?.querySelector<HTMLElement>(`.message[data-index="${row}"]`);
    if (found === null || found === undefined) {
      this.#list.scrollTo(row);
      return;
    }
    this.#sought = null;
    found.scrollIntoView({ block: 'center' });
    found.focus({ preventScroll: true });
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
    const log = this.#options.log();
    if (store === undefined || log === undefined || store.connection.state.peek() !== 'joined') return undefined;
    if (!this.#isLaidOut(store, log)) return undefined;
    // Read, so that the end of one page starts the next.
    void store.chat.loading.value;
    for (let index = this.#list.last - 1; index >= this.#list.first; index--) {
      if (log.at(index) === undefined) return log.indexOf(index) + 1;
    }
    return undefined;
  }

  /** Whether a gap of the history is one: what a crowd's sample left out is not loaded unasked. */
  #isLaidOut({ chat, features }: Store, log: ShownLog): boolean {
    if (!chat.isModerated.value) return true;
    const order = features.loaded.value.moderation;
    return order?.isReady.value === true && (order.sampled.value.length === 0 || log.layout !== undefined);
  }

  readonly #handleEvent = (event: Event): void => {
    const [target] = event.composedPath();
    if (!(target instanceof Element)) return;
    const tools = this.#tools.value;
    if (tools !== undefined) return tools.handleEvent(event, target);
    this.#missed.push([event, target]);
    this.#tools.retry();
  };

  readonly #handleJump = (): void => {
    this.#list.scrollToEnd();
    this.scroller?.focus();
  };
}

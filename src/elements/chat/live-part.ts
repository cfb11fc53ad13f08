import { html, nothing, type CSSResult, type LitElement, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import type { AnnouncerController } from '../../controllers/announcer.ts';
import type { Align } from '../../controllers/playhead.ts';
import { IlsSendChatRequestEvent } from '../../events/chat-requests.ts';
import { msg } from '../../locales/localization.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import { LazyPart } from '../lazy-part.ts';
import { AlignedLog } from './aligned-log.ts';
import type { describeNewMessages } from './announcements.ts';
import type { ChatExtras } from './chat-extras.ts';
import type { ChatStanding } from './chat-standing.ts';
import { ComposerController, type ComposerOptions } from './composer.ts';
import composerStyles from './composer.styles.ts';
import { renderCount, renderEmpty, renderNotice } from './live-standing.ts';
import { MessageListController } from './message-list.ts';
import messageStyles from './message.styles.ts';
import type { RenderPending } from './pending-row.ts';
import type { ShownLog } from './shown-log.ts';

export interface LivePartOptions extends Pick<ComposerOptions, 'maxlength' | 'draft' | 'handleDraft'> {
  /** Stands in the page from the start: a region that comes with its first words is often not heard. */
  readonly announcer: AnnouncerController;
  readonly room: () => RoomContext | undefined;
  /** May read signals. */
  readonly align: () => Align;
  /** An author's messages in a row name them once. */
  readonly grouped: () => boolean;
  /** New messages are not announced. */
  readonly quiet: () => boolean;
}

/** What a chat needs only in a room: messages, writing, and a voice for what is new. Loaded on the way in. */
export class LivePart {
  readonly messages: MessageListController;
  readonly composer: ComposerController;
  readonly #host: LitElement;
  readonly #options: LivePartOptions;
  readonly #extras: LazyPart<ChatExtras>;
  /** Styles of what lies over a picture. */
  readonly #overlay: LazyPart<void>;
  readonly #describe: LazyPart<typeof describeNewMessages>;
  /** What the extras are to do once they are there. */
  readonly #wanted: ((extras: ChatExtras) => void)[] = [];
  #announcedIn: RoomContext | undefined;
  #announcedTo = 0;
  #aligned: { readonly room: RoomContext; readonly log: AlignedLog } | undefined;

  constructor(host: LitElement, options: LivePartOptions) {
    this.#host = host;
    this.#options = options;
    this.#extras = new LazyPart(
      async () => {
        const { ChatExtras } = await import('./chat-extras.ts');
        const extras = new ChatExtras(host, { ...options, messages: this.messages, composer: this.composer });
        for (const use of this.#wanted.splice(0)) use(extras);
        return extras;
      },
      () => host.requestUpdate(),
    );
    this.#describe = new LazyPart(
      async () => (await import('./announcements.ts')).describeNewMessages,
      () => this.#handleGrown(),
    );
    const pendingRows = new LazyPart<RenderPending>(
      async () => (await import('./pending-row.ts')).createPendingRows(host),
      () => host.requestUpdate(),
    );
    this.#overlay = new LazyPart(
      async () => adopt(host, (await import('./overlay.styles.ts')).default),
      () => host.requestUpdate(),
    );
    adopt(host, messageStyles, composerStyles);
    this.messages = new MessageListController(host, {
      room: options.room,
      log: () => this.#log,
      grouped: options.grouped,
      renderPending: (pending, context) => {
        pendingRows.need();
        return pendingRows.value?.(pending, context);
      },
      renderTail: () => this.#extras.value?.renderPending(),
      extras: () => this.#extras.value?.rows,
      needExtras: () => this.#extras.need(),
      handleWish: (wish, message) => this.#withExtras((extras) => extras.grant(wish, message)),
      handleGrown: () => this.#handleGrown(),
    });
    this.composer = new ComposerController(host, {
      ...options,
      renderOver: () => {
        if (options.draft() !== '') pendingRows.need();
        return this.#extras.value?.renderOver();
      },
      limit: () => this.#extras.value?.limit,
      handleOptions: (button) => this.#withExtras((extras) => void extras.toggleOptions(button)),
      send: (text) => {
        const request = this.#extras.value?.createRequest(text) ?? new IlsSendChatRequestEvent(text);
        if (!host.dispatchEvent(request)) return false;
        this.#extras.value?.handleSent();
        this.messages.list.scrollToEnd();
        return true;
      },
    });
    this.#skip();
  }

  renderMessages({ state, isEmpty }: ChatStanding): TemplateResult {
    if (!this.#options.grouped()) this.#overlay.need();
    this.#needExtras();
    const extras = this.#extras.value;
    return html`${extras?.renderTop()}${this.messages.render()}${
      isEmpty && state === 'connecting' ? renderLoading() : nothing
    }
    ${this.messages.renderJumpButton()}${extras?.renderMention()}`;
  }

  /** What stands there where nothing has been said. */
  renderEmpty(standing: ChatStanding): TemplateResult | typeof nothing {
    const extras = this.#extras.value;
    if (extras?.isHolding) return nothing;
    return renderEmpty(standing, this.#host, extras?.limit?.isClosed ? undefined : () => this.#host.focus());
  }

  renderCount(): TemplateResult | typeof nothing {
    const room = this.#options.room();
    return room === undefined ? nothing : renderCount(room.store, this.#host);
  }

  renderNotice(standing: ChatStanding): TemplateResult | typeof nothing {
    return renderNotice(standing, this.messages);
  }

  /** The menus of messages and of the chat: once, anywhere in the host's template. */
  renderMenu(): unknown {
    return [this.messages.renderMenu(), this.#extras.value?.renderMenu()];
  }

  get #log(): ShownLog | undefined {
    const room = this.#options.room();
    if (room === undefined) return undefined;
    if (this.#aligned?.room !== room) this.#aligned = { room, log: new AlignedLog(room.store, this.#options.align) };
    return this.#extras.value?.logOver(this.#aligned.log) ?? this.#aligned.log;
  }

  #withExtras(use: (extras: ChatExtras) => void): void {
    const extras = this.#extras.value;
    if (extras !== undefined) return use(extras);
    this.#wanted.push(use);
    this.#extras.retry();
  }

  /** Loads them where there is something for them to show. */
  #needExtras(): void {
    const room = this.#options.room();
    if (room?.store.chat.isModerated.value === true) room.use('moderation');
    if (
      room?.store.features.loaded.value.moderation?.isShown.value === true ||
      this.#options.draft().includes('@') ||
      hidesSomebody()
    )
      this.#extras.need();
  }

  /** What came is announced, but not what was there when one came. */
  #handleGrown(): void {
    const room = this.#options.room();
    const log = this.#log;
    if (room === undefined || log === undefined) return;
    if (room !== this.#announcedIn || log.total <= this.#announcedTo) {
      this.#skip();
      return;
    }
    this.#extras.value?.noteNew(log);
    if (this.#options.quiet()) {
      this.#skip();
      return;
    }
    this.#describe.need();
    const describe = this.#describe.value;
    if (describe === undefined) return;
    this.#options.announcer.announce(() => {
      const from = this.#announcedTo;
      this.#skip();
      const words = describe(log, from, log.total, room.store.participants.selfId.peek());
      return this.#extras.value?.announce(words) ?? words;
    });
  }

  #skip(): void {
    this.#announcedIn = this.#options.room();
    this.#announcedTo = this.#log?.total ?? 0;
  }
}

function adopt({ renderRoot }: LitElement, ...styles: CSSResult[]): void {
  if (renderRoot instanceof ShadowRoot) adoptStyles(renderRoot, ...styles);
}

/** Where the reader's own choices are kept: `hidden-people.ts`. */
function hidesSomebody(): boolean {
  try {
    return localStorage.getItem('ils-chat-hidden') !== null;
  } catch {
    return false;
  }
}

function renderLoading(): TemplateResult {
  return html`<div class="state-box loading" part="state" role="status" aria-label=${msg('Loading the chat')}>
    ${[46, 78, 62, 90, 55].map(
      (width) =>
        html`<div class="row hole">
          <div class="skeleton head-skeleton"></div>
          <div class="skeleton text-skeleton width-${width}"></div>
        </div>`,
    )}
  </div>`;
}

import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import type { AnnouncerController } from '../../controllers/announcer.ts';
import type { Align } from '../../controllers/playhead.ts';
import { IlsSendChatRequestEvent } from '../../events/chat-requests.ts';
import { msg } from '../../locales/localization.ts';
import type { ChatMessage } from '../../protocol/index.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import { LazyPart } from '../lazy-part.ts';
import { AlignedLog } from './aligned-log.ts';
import { describeNewMessages } from './announcements.ts';
import type { ChatStanding } from './chat-standing.ts';
import { ComposerController, type ComposerOptions } from './composer.ts';
import composerStyles from './composer.styles.ts';
import { MessageListController } from './message-list.ts';
import messageStyles from './message.styles.ts';
import toolsStyles from './message-tools.styles.ts';
import { renderPending } from './pending-row.ts';
import type { Replies } from './replies.ts';

export interface LivePartOptions extends Omit<ComposerOptions, 'send' | 'renderOver'> {
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
  readonly #options: LivePartOptions;
  readonly #host: LitElement;
  readonly #replies: LazyPart<Replies>;
  /** The message that is being answered. */
  #replied: ChatMessage | undefined;
  #announcedIn: RoomContext | undefined;
  #announcedTo = 0;
  #aligned: { readonly room: RoomContext; readonly log: AlignedLog } | undefined;

  constructor(host: LitElement, options: LivePartOptions) {
    this.#options = options;
    this.#host = host;
    this.#replies = new LazyPart(
      async () => {
        const { Replies } = await import('./replies.ts');
        return new Replies(host, {
          at: (index) => options.room()?.store.chat.log.at(index),
          scrollTo: (index) => this.messages.list.scrollTo(index),
        });
      },
      () => host.requestUpdate(),
    );
    if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, messageStyles, toolsStyles, composerStyles);
    this.messages = new MessageListController(host, {
      room: options.room,
      log: () => this.#log,
      grouped: options.grouped,
      renderPending: (pending, context) => renderPending(host, pending, context),
      renderQuote: (replied) => {
        this.#replies.need();
        return this.#replies.value?.renderQuote(replied) ?? nothing;
      },
      handleReply: (message) => {
        this.#replies.need();
        this.#setReplied(message);
        this.composer.textarea?.focus();
      },
      handleGrown: () => this.#handleGrown(),
    });
    this.composer = new ComposerController(host, {
      ...options,
      renderOver: () => this.#renderReplied(),
      send: (text) => {
        if (!host.dispatchEvent(new IlsSendChatRequestEvent(text, this.#replied?.id))) return false;
        this.#setReplied(undefined);
        this.messages.list.scrollToEnd();
        return true;
      },
    });
    this.#skip();
  }

  renderMessages({ state, isEmpty }: ChatStanding): TemplateResult {
    return html`${this.messages.render()}${isEmpty && state === 'connecting' ? renderLoading() : nothing}
    ${this.messages.renderJumpButton()}`;
  }

  /** Whom one is about to answer. */
  #renderReplied(): unknown {
    if (this.#replied === undefined) return nothing;
    return this.#replies.value?.renderBanner(this.#replied, () => this.#setReplied(undefined)) ?? nothing;
  }

  /** The menu of a message: once, anywhere in the host's template. */
  renderMenu(): unknown {
    return this.messages.renderMenu();
  }

  #setReplied(message: ChatMessage | undefined): void {
    this.#replied = message;
    this.#host.requestUpdate();
  }

  get #log(): AlignedLog | undefined {
    const room = this.#options.room();
    if (room === undefined) return undefined;
    if (this.#aligned?.room !== room) this.#aligned = { room, log: new AlignedLog(room.store, this.#options.align) };
    return this.#aligned.log;
  }

  /** What came is announced, but not what was there when one came. */
  #handleGrown(): void {
    const room = this.#options.room();
    const log = this.#log;
    if (room === undefined || log === undefined) return;
    if (this.#options.quiet() || room !== this.#announcedIn || log.total <= this.#announcedTo) {
      this.#skip();
      return;
    }
    this.#options.announcer.announce(() => {
      const from = this.#announcedTo;
      this.#skip();
      return describeNewMessages(log, from, log.total, room.store.participants.selfId.peek());
    });
  }

  #skip(): void {
    this.#announcedIn = this.#options.room();
    this.#announcedTo = this.#log?.total ?? 0;
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

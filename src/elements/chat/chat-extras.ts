import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import type { MenuController } from '../../controllers/menu.ts';
import { loadMenu } from '../../controllers/load-overlays.ts';
import type { Align } from '../../controllers/playhead.ts';
import { IlsSendChatRequestEvent } from '../../events/chat-requests.ts';
import { IlsSendDirectChatRequestEvent } from '../../events/direct-chat-requests.ts';
import { IlsAnnounceRequestEvent } from '../../events/pin-requests.ts';
import type { IlsRequestEvent } from '../../events/request-event.ts';
import { msg } from '../../locales/localization.ts';
import { may } from '../../store/selectors.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import { LazyPart } from '../lazy-part.ts';
import type { ChatOrder } from './chat-order.ts';
import styles from './chat-extras.styles.ts';
import type { ComposerController, WriteLimit } from './composer.ts';
import { renderBanner, type Audience } from './composer-banner.ts';
import type { DirectPart } from './direct-part.ts';
import type { HeldRows } from './held-rows.ts';
import { HiddenPeople } from './hidden-people.ts';
import type { Mentions } from './mentions.ts';
import type { MessageListController } from './message-list.ts';
import type { MessageWish } from './message-menu.ts';
import type { Replies } from './replies.ts';
import type { SampledPart } from './sampled-part.ts';
import type { RowExtras, ShownLog, ShownMessage } from './shown-log.ts';

export interface ChatExtrasOptions {
  readonly room: () => RoomContext | undefined;
  readonly align: () => Align;
  readonly draft: () => string;
  readonly handleDraft: (draft: string) => void;
  readonly messages: MessageListController;
  readonly composer: ComposerController;
}

/** What many chats never show: each part of it loads when it is first needed. */
export class ChatExtras {
  readonly rows: RowExtras;
  readonly #host: LitElement;
  readonly #options: ChatExtrasOptions;
  readonly #replies: LazyPart<Replies>;
  readonly #order: LazyPart<ChatOrder>;
  readonly #direct: LazyPart<DirectPart>;
  readonly #mentions: LazyPart<Mentions>;
  readonly #held: LazyPart<HeldRows>;
  readonly #sampled: LazyPart<SampledPart>;
  #hidden: { readonly roomId: string; readonly people: HiddenPeople } | undefined;
  #optionsMenu: MenuController | undefined;
  /** Whom the next message is for. */
  #audience: Audience = { kind: 'everyone' };

  constructor(host: LitElement, options: ChatExtrasOptions) {
    this.#host = host;
    this.#options = options;
    if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, styles);
    const { messages, room, align } = options;
    const lazy = <T>(load: () => Promise<T>) => new LazyPart(load, () => host.requestUpdate());
    this.#replies = lazy(async () => {
      const { Replies } = await import('./replies.ts');
      return new Replies(host, {
        at: (index) => room()?.store.chat.log.at(index),
        goTo: (index) => this.#goTo(index),
      });
    });
    this.#order = lazy(async () => {
      const { ChatOrder } = await import('./chat-order.ts');
      return new ChatOrder(host, { room, align, goTo: (index) => this.#goTo(index) });
    });
    this.#direct = lazy(async () => {
      const { DirectPart } = await import('./direct-part.ts');
      return new DirectPart(host, { room, align, messages });
    });
    this.#mentions = lazy(async () => {
      const { Mentions } = await import('./mentions.ts');
      return new Mentions(host, { ...options, isHidden: (id) => this.#people?.has(id) === true });
    });
    this.#held = lazy(async () => (await import('./held-rows.ts')).createHeldRows(host, room));
    this.#sampled = lazy(async () => {
      const { SampledPart } = await import('./sampled-part.ts');
      return new SampledPart(host, { room, messages });
    });
    this.rows = {
      renderFold: (row, message) => this.#sampled.value?.renderFold(row, message),
      renderOver: (message) => {
        if (message.to !== undefined) return this.#direct.value?.renderTarget(message);
        if (message.replyTo === undefined) return nothing;
        this.#replies.need();
        return this.#replies.value?.renderQuote(message.replyTo);
      },
      describeTarget: (message) => this.#direct.value?.describe(message) ?? '',
      renderWords: (message) => {
        if (!message.text.includes('@')) return undefined;
        this.#mentions.need();
        return this.#mentions.value?.renderWords(message);
      },
      mentionsReader: (message) => this.#mentions.value?.mentionsReader(message) === true,
      isHidden: (id) => this.#people?.has(id) === true,
    };
  }

  /** Messages of one's own stand where nothing was said. */
  get isHolding(): boolean {
    return (this.#options.room()?.store.features.loaded.value.moderation?.held.value.length ?? 0) > 0;
  }

  /** What keeps from sending now. */
  get limit(): WriteLimit | undefined {
    return this.#order.value?.limit;
  }

  logOver(base: ShownLog): ShownLog {
    const { directChat, moderation } = this.#options.room()?.store.features.loaded.value ?? {};
    if (moderation !== undefined && moderation.sampled.value.length > 0) this.#sampled.need();
    const told = this.#sampled.value?.logOver(base) ?? base;
    if (moderation?.hasDirectChat.value === true || this.#audience.kind === 'some') this.#needDirect();
    return directChat === undefined ? told : (this.#direct.value?.logOver(told, directChat) ?? told);
  }

  renderTop(): unknown {
    const order = this.#options.room()?.store.features.loaded.value.moderation;
    if (order !== undefined) this.#order.need();
    return this.#order.value?.renderPins();
  }

  /** Over the field: what keeps from writing, names to choose from, and whom the message is for. */
  renderOver(): unknown {
    if (this.#options.draft().includes('@')) this.#mentions.need();
    return html`${this.#order.value?.renderLimit()}${this.#mentions.value?.renderChoice()}${this.#renderAudience()}`;
  }

  renderMention(): unknown {
    return this.#mentions.value?.renderPill();
  }

  renderPending(): unknown {
    const order = this.#options.room()?.store.features.loaded.value.moderation;
    if (order !== undefined && order.held.value.length > 0) this.#held.need();
    return [this.#held.value?.(), this.#direct.value?.renderPending()];
  }

  renderMenu(): unknown {
    return this.#optionsMenu?.render();
  }

  createRequest(text: string): IlsRequestEvent {
    const audience = this.#audience;
    switch (audience.kind) {
      case 'some':
        return new IlsSendDirectChatRequestEvent(text, audience.to);
      case 'announcement':
        return new IlsAnnounceRequestEvent(text, audience.expiresInMs);
      case 'reply':
        return new IlsSendChatRequestEvent(text, audience.message.id);
      case 'everyone':
        return new IlsSendChatRequestEvent(text);
    }
  }

  /** Who writes to some alone goes on with them; what else there was is done. */
  handleSent(): void {
    if (this.#audience.kind !== 'some') this.#setAudience({ kind: 'everyone' });
  }

  /** What a reader wants of a message. */
  grant(wish: MessageWish, message: ShownMessage): void {
    const { author } = message;
    if (wish === 'hide') {
      this.#people?.hide(author.id, author.name);
      return;
    }
    this.#setAudience(
      wish === 'reply'
        ? { kind: 'reply', message }
        : { kind: 'some', name: author.name, to: { kind: 'participant', participantId: author.id } },
    );
    this.#options.composer.textarea?.focus();
  }

  async toggleOptions(button: HTMLElement): Promise<void> {
    const room = this.#options.room();
    if (room === undefined) return;
    if (may(room.store, 'chat.moderate')) room.use('moderation');
    const [menu, { optionsContent }] = await Promise.all([
      this.#optionsMenu ?? loadMenu(this.#host, 'top-end'),
      import('./options-menu.ts'),
    ]);
    this.#optionsMenu ??= menu;
    await this.#optionsMenu.toggle('options', button, msg('Chat options'), () =>
      optionsContent(this.#host, room.store, {
        audience: this.#audience,
        hidden: this.#people,
        handleAudience: (audience) => {
          this.#setAudience(audience);
          this.#options.composer.textarea?.focus();
        },
      }),
    );
  }

  /** New messages are there, seen or not. */
  noteNew(log: ShownLog): void {
    this.#mentions.value?.search(log);
  }

  /** What is said of new messages, and first of those that speak to the reader. */
  announce(words: string): string {
    return this.#mentions.value?.announce(words) ?? words;
  }

  get #people(): HiddenPeople | undefined {
    const roomId = this.#options.room()?.store.connection.roomId.value;
    if (roomId === undefined || roomId === null) return undefined;
    if (this.#hidden?.roomId !== roomId) this.#hidden = { roomId, people: new HiddenPeople(roomId) };
    return this.#hidden.people;
  }

  #goTo(index: number): void {
    const sampled = this.#sampled.value;
    if (sampled === undefined) this.#options.messages.goTo(index);
    else void sampled.goTo(index);
  }

  #needDirect(): void {
    this.#options.room()?.use('directChat');
    this.#direct.need();
  }

  #setAudience(audience: Audience): void {
    if (audience.kind === 'some') this.#needDirect();
    if (audience.kind === 'reply') this.#replies.need();
    this.#audience = audience;
    this.#host.requestUpdate();
  }

  #renderAudience(): TemplateResult | typeof nothing {
    const audience = this.#audience;
    const quoted = audience.kind === 'reply' ? this.#replies.value?.wordsOf(audience.message.index) : undefined;
    return renderBanner(audience, quoted, () => this.#setAudience({ kind: 'everyone' }));
  }
}
